import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { dayOf, type Day } from '../dates.js';
import type { Content } from '../follow-ups/follow-up.rules.js';
import { mergeValues, writtenFrom, type WrittenFrom } from '../follow-ups/merge-values.js';
import type { PreparedTemplate } from '../follow-ups/render-template.js';
import { zoneOfDay } from '../history/entry.rules.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { holderOn } from '../organisations/organisation.rules.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import type { Place } from '../working-days.js';
import type { After, GivenDay } from './cadence.rules.js';
import { timeOf } from './link-time.rules.js';

/** A step as it stands before its cadence is planned (anew). */
export type Link = {
  step: number;
  messageId: string;
  /** it never goes, and is no part of the thread; what follows it keeps its day */
  cancelled?: boolean;
  /** null: it is to be planned. Otherwise it is only counted from: it `went`, or stands as it is and goes then at the earliest */
  stands: { at: Date; subject: string; went: boolean } | null;
  /** in working days */
  gap: number;
  template: PreparedTemplate;
  senderName: string;
  /** the time somebody gave it by hand */
  setTo: Date | null;
  /** the day that a trigger gives the chain: the first link that has one leaves then */
  given?: GivenDay | null;
  /** when it was to leave so far; null for one that was not planned before */
  soFar: Date | null;
};

/** A step with its time and everything that will leave. */
export type PlannedLink = Omit<Content, 'to'> & {
  step: number;
  dueAt: Date;
  how: string;
  timeSetByHand: boolean;
  given?: GivenDay;
  to: Content['to'];
  holderName: string;
  writtenFrom: WrittenFrom;
  problems: string[];
};

export type Chain = {
  campaign: Pick<CampaignRecord, 'title' | 'asks'> & Partial<CampaignRecord>;
  office: Pick<OfficeRecord, 'title' | 'email' | 'holders'> & Place;
  recipient: Pick<RecipientRecord, 'organisationName' | 'lastContactAt' | 'lastContactPrecision'> &
    Partial<Pick<RecipientRecord, 'promisedFor'>>;
  /** the letter, where it went from here: the thread starts with it */
  letter: { messageId: string; subject: string } | null;
  /** in the order of steps */
  links: readonly Link[];
};

/**
 * Plans the steps that have not gone: each counted from the one before it, in one thread. Pure: the same chain and
 * instant give the same plan.
 */
export function planChain(chain: Chain, now: Date): PlannedLink[] {
  const planned: PlannedLink[] = [];
  let before = startOf(chain, now);
  for (const link of chain.links) {
    if (link.cancelled) {
      before = afterCancelled(link, before, chain);
      continue;
    }
    const one = link.stands ? null : planLink(link, before, chain, now);
    if (one) planned.push(one);
    before = afterLink(link, before, one, chain.office.timeZone);
  }
  return planned;
}

/** What a step follows: in time, in contact, and in its thread. */
export type Before = {
  /** the last one that goes, 0 for the last contact, and its day */
  step: number;
  day: Day;
  /** what its day is counted from: the same, or a step in between that was cancelled */
  after: After;
  contact: { at: Date; precision: RecipientRecord['lastContactPrecision'] };
  thread: { subject: string; ids: readonly string[] } | null;
  /** a link before had the day that was given */
  isGiven: boolean;
};

function startOf({ recipient, office, letter }: Chain, now: Date): Before {
  const contact = { at: recipient.lastContactAt ?? now, precision: recipient.lastContactPrecision };
  const day = dayOf(contact.at, zoneOfDay(contact.precision, office.timeZone));
  return {
    step: 0,
    day,
    after: { day, what: 'the last contact', planned: false },
    contact,
    thread: letter && { subject: letter.subject, ids: [letter.messageId] },
    isGiven: false,
  };
}

function planLink(link: Link, before: Before, chain: Chain, now: Date): PlannedLink {
  const { step, messageId, template, senderName } = link;
  const { contact, thread } = before;
  const { campaign, office, recipient } = chain;
  const time = timeOf(link, before, chain, now);
  const { dueAt } = time;
  const lastContact = { lastContactAt: contact.at, lastContactPrecision: contact.precision };
  const values = mergeValues({
    campaign,
    office,
    recipient: { ...recipient, ...lastContact },
    senderName,
    dueAt,
  });
  const holderName = holderOn(office.holders, dayOf(dueAt, office.timeZone))?.name ?? '';
  return {
    step,
    messageId,
    ...time,
    ...(link.given && { given: link.given }),
    ...template.render(values, thread ? `Re: ${thread.subject.replace(/^(?:re:\s*)+/i, '')}` : undefined),
    inReplyTo: thread?.ids.at(-1) ?? null,
    references: thread && [...thread.ids],
    to: { name: holderName, address: office.email },
    holderName,
    writtenFrom: writtenFrom(values, template.uses),
  };
}

function afterLink(
  { step, messageId, stands, given }: Link,
  { contact, thread, isGiven }: Before,
  planned: PlannedLink | null,
  timeZone: string,
): Before {
  const at = stands?.at ?? planned!.dueAt;
  const day = dayOf(at, timeZone);
  return {
    step,
    day,
    isGiven: isGiven || Boolean(given),
    after: { day, what: `step ${step}`, planned: !stands?.went },
    // somebody may have called them since it went
    contact: at < contact.at ? contact : { at, precision: 'time' },
    thread: {
      subject: thread?.subject ?? stands?.subject ?? planned!.subject,
      ids: [...(thread?.ids ?? []), messageId],
    },
  };
}

/** As if every time lay ahead: what never goes is not put off. */
const BEFORE_ALL = new Date(0);

/** The day it was to leave on still counts, or a later one where what it follows has moved on. */
function afterCancelled(link: Link, before: Before, chain: Chain): Before {
  const { step, soFar, given } = link;
  const { dueAt, timeSetByHand } = timeOf(link, before, chain, BEFORE_ALL);
  const at = soFar && soFar > dueAt && !timeSetByHand ? soFar : dueAt;
  const day = dayOf(at, chain.office.timeZone);
  return {
    ...before,
    isGiven: before.isGiven || Boolean(given),
    after: { day, what: `step ${step}`, planned: false, cancelled: true },
  };
}
