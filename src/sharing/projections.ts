import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { dayOf, type Day } from '../dates.js';
import type { FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { nextTimeOf } from '../follow-ups/follow-up.rules.js';
import { zoneOfDay, type Precision } from '../history/entry.rules.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import { clockStateNames, clockStateOf } from '../recipients/clock-state.rules.js';
import {
  deliveryNames,
  engagementNames,
  isUntouched,
  type Delivery,
  type Engagement,
} from '../recipients/status.rules.js';
import type { TriggerRecord } from '../triggers/trigger.model.js';

/*
 * What partners may see. Each function names every field it lets out, and takes no more than the queries beside it ask
 * the database for: a field nobody named here is not visible, whatever a record grows later.
 */

/** When it is read, and where the days of a campaign are counted: `today` is the calendar day there. */
export type Reading = { timeZone: string; today: Day; now: Date };

export type CampaignSource = Pick<CampaignRecord, '_id' | 'title' | 'letter' | 'asks' | 'timeZone'>;
export const campaignFields = {
  title: 1,
  letter: 1,
  'asks._id': 1,
  'asks.title': 1,
  'asks.text': 1,
  timeZone: 1,
} as const;

/** The letter is an open one: its words and its asks are public. */
export const sharedCampaign = ({ _id, title, letter, asks }: CampaignSource) => ({
  id: String(_id),
  title,
  letter: letter ?? '',
  asks: (asks ?? []).map((ask) => ({ title: ask.title, text: ask.text })),
});

export type NoticeSource = Pick<TriggerRecord, 'text' | 'until'>;

/** What partners are told for a time: its words, and the last day they stand there. */
export const sharedNotice = ({ text, until }: NoticeSource) => ({ text: text ?? '', until: until ?? '' });

/** A day of contact; `by`: only known to have happened by then. */
export type ContactDay = { day: Day; by: boolean };

export type RecipientSource = Pick<
  RecipientRecord,
  | '_id'
  | 'organisationName'
  | 'officeTitle'
  | 'holderName'
  | 'delivery'
  | 'engagement'
  | 'clockStartedAt'
  | 'lateFrom'
  | 'veryLateFrom'
  | 'clockPausedFrom'
  | 'clockPausedUntil'
  | 'firstContactAt'
  | 'firstContactPrecision'
  | 'lastContactAt'
  | 'lastContactPrecision'
  | 'contactsOut'
  | 'contactsIn'
>;
export const recipientFields = {
  organisationName: 1,
  officeTitle: 1,
  holderName: 1,
  delivery: 1,
  engagement: 1,
  clockStartedAt: 1,
  lateFrom: 1,
  veryLateFrom: 1,
  clockPausedFrom: 1,
  clockPausedUntil: 1,
  firstContactAt: 1,
  firstContactPrecision: 1,
  lastContactAt: 1,
  lastContactPrecision: 1,
  contactsOut: 1,
  contactsIn: 1,
} as const;

export type NextStepSource = Pick<FollowUpRecord, 'dueAt' | 'nextAttemptAt' | 'state'>;

export type SharedRecipient = {
  organisation: string;
  office: string;
  holder: string;
  delivery: Delivery;
  engagement: Engagement;
  deliveryName: string;
  /** empty for whoever was not written to and has said nothing */
  engagementName: string;
  /** whether an answer is late, in words; empty where it is not */
  lateness: string;
  firstContact: ContactDay | null;
  lastContact: ContactDay | null;
  contactsOut: number;
  contactsIn: number;
  /** that a follow-up is planned, and for which day; no day where the planned one has passed, or where it waits for a person */
  nextStep: { on: Day | null; waits: boolean } | null;
};

export function sharedRecipient(
  recipient: RecipientSource,
  next: NextStepSource | null,
  { timeZone, today, now }: Reading,
): SharedRecipient {
  const clock = clockStateOf(recipient, now);
  const { firstContactAt, firstContactPrecision, lastContactAt, lastContactPrecision } = recipient;
  return {
    organisation: recipient.organisationName,
    office: recipient.officeTitle,
    holder: recipient.holderName,
    delivery: recipient.delivery,
    engagement: recipient.engagement,
    deliveryName: deliveryNames[recipient.delivery],
    engagementName: isUntouched(recipient) ? '' : engagementNames[recipient.engagement],
    lateness: clock === 'late' || clock === 'very late' ? clockStateNames[clock] : '',
    firstContact: contactDay(firstContactAt, firstContactPrecision, timeZone),
    lastContact: contactDay(lastContactAt, lastContactPrecision, timeZone),
    contactsOut: recipient.contactsOut ?? 0,
    contactsIn: recipient.contactsIn ?? 0,
    nextStep: next && nextStepOf(next, timeZone, today),
  };
}

/** One that is held does not leave on its day, and why is nobody's matter but the staff's. */
function nextStepOf(next: NextStepSource, timeZone: string, today: Day) {
  const waits = next.state === 'held';
  return { on: waits ? null : notPassed(dayOf(nextTimeOf(next), timeZone), today), waits };
}

const notPassed = (day: Day, today: Day): Day | null => (day >= today ? day : null);

const contactDay = (
  at: Date | null | undefined,
  precision: Precision | null | undefined,
  zone: string,
): ContactDay | null =>
  at ? { day: dayOf(at, zoneOfDay(precision, zone)), by: precision === 'by-day' } : null;
