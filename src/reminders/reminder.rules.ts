import { DateTime } from 'luxon';
import { dayOf, type Day } from '../dates.js';
import { addWorkingDays } from '../sending-window.js';

/** Hours of the day on the reader's own clock: from the first, until just before the second. */
export const REMINDER_FROM = 8;
export const REMINDER_UNTIL = 18;

/**
 * Is it the time of day for a reminder? From 08:00 on the reader's clock, so that the morning's mail waits for them;
 * after an outage later the same day, but not after 18:00: then the next morning tells them.
 */
export function reminderDue({ timeZone }: { timeZone: string }, now: Date): boolean {
  const { hour } = DateTime.fromJSDate(now, { zone: timeZone });
  return hour >= REMINDER_FROM && hour < REMINDER_UNTIL;
}

/** What makes a reminder the only one of its day: the day is the reader's own. */
export const reminderKey = ({ _id, timeZone }: { _id: unknown; timeZone: string }, now: Date): string =>
  `reminder ${String(_id)} ${dayOf(now, timeZone)}`;

type Owned = { owner?: unknown };
export type Staff = { _id: unknown; role: string };

/**
 * Whose it is: whoever looks after the recipient, otherwise the owner of the campaign, otherwise every administrator, so
 * that nothing late goes unseen. `staff`: those who can be told; an owner who left is passed over.
 * @returns their ids
 */
export function whoIsTold(
  recipient: Owned | null,
  campaign: Owned | null,
  staff: readonly Staff[],
): string[] {
  const present = new Set(staff.map(({ _id }) => String(_id)));
  const owner = [recipient?.owner, campaign?.owner].map(String).find((id) => present.has(id));
  return owner ? [owner] : administrators(staff);
}

/** Those who are told of a law that all campaigns share: the owners of campaigns, or every administrator where none has one. */
export function whoIsToldOfLaw(campaigns: readonly Owned[], staff: readonly Staff[]): string[] {
  const owners = ownersOf(campaigns, staff);
  return owners.length > 0 ? owners : administrators(staff);
}

/** Those who are told of what may be anybody's: the owners of campaigns and every administrator. */
export const whoIsToldOfStrays = (campaigns: readonly Owned[], staff: readonly Staff[]): string[] => [
  ...new Set([...ownersOf(campaigns, staff), ...administrators(staff)]),
];

function ownersOf(campaigns: readonly Owned[], staff: readonly Staff[]): string[] {
  const present = new Set(staff.map(({ _id }) => String(_id)));
  return [...new Set(campaigns.map(({ owner }) => String(owner)).filter((id) => present.has(id)))];
}

const administrators = (staff: readonly Staff[]): string[] =>
  staff.filter(({ role }) => role === 'admin').map(({ _id }) => String(_id));

/** Has mail waited for a person for more than one working day, as that day is called in this time zone? Holidays count as well. */
export const waitsTooLong = (receivedAt: Date, timeZone: string, now: Date): boolean =>
  dayOf(now, timeZone) > addWorkingDays(dayOf(receivedAt, timeZone), 1, { timeZone });

/** Mail that waits for a person: `from` whom in words, null where nobody is known or suggested. */
export type WaitingMail = { id: string; from: string | null; cameOn: Day; toBe: 'read' | 'placed' };
/** An answer that did not come: `id` is the recipient, the day is its own. */
export type LateAnswer = { id: string; recipient: string; answerDueOn: Day; isVeryLate: boolean };
/** An acknowledgement that did not come: `id` is the recipient, the day is its own. */
export type MissingAcknowledgement = { id: string; recipient: string; expectedBy: Day };
/** A follow-up that waits for a person. */
export type WaitingFollowUp = {
  id: string;
  recipient: string;
  state: 'held' | 'failed' | 'uncertain' | 'planned';
  dueAt: Date;
};
/** A milestone whose expected day is over and of which nobody said whether it happened. */
export type PassedMilestone = { path: string; track: string; title: string; expectedOn: Day };

/** What is late or waits for one person. */
export type LateItems = {
  mail: WaitingMail[];
  answers: LateAnswer[];
  acknowledgements: MissingAcknowledgement[];
  followUps: WaitingFollowUp[];
  milestones: PassedMilestone[];
};

export const countItems = (items: LateItems): number =>
  Object.values(items).reduce((count, { length }) => count + length, 0);
