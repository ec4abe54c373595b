import { createHash } from 'node:crypto';
import type { Types } from 'mongoose';
import { dayOf, type Day } from '../dates.js';
import { stateOfMilestone, type MilestoneState } from '../legislation/milestone.rules.js';
import type { OnceRemovedRecord } from '../removal.model.js';
import { timesRemoved } from '../legislation/removal.rules.js';
import { datedSlipsOf, timesDated } from '../legislation/slip.rules.js';
import type { MilestoneRecord, TrackRecord } from '../legislation/track.model.js';
import type { When } from '../when.js';
import { sharedRecipient, type NextStepSource, type Reading, type RecipientSource } from './projections.js';

/*
 * What a partner's feeds may hold, by the rules of projections.ts: each function names every field it lets out.
 */

/** A thing is to be known again, and its own id says when it was written down: it is not told. */
export const known = (id: Types.ObjectId): string =>
  createHash('sha256').update(String(id)).digest('hex').slice(0, 24);

export type FeedTrackSource = Pick<TrackRecord, 'title' | 'procedure' | 'ownStages'> & {
  onceRemoved?: Pick<OnceRemovedRecord, 'backAt'>[] | null;
  milestones: (Pick<
    MilestoneRecord,
    '_id' | 'title' | 'stage' | 'expectedOn' | 'happenedOn' | 'sourceLink' | 'formerly'
  > & { onceRemoved?: Pick<OnceRemovedRecord, 'backAt'>[] | null })[];
};
export const feedTrackFields = {
  _id: 0,
  title: 1,
  procedure: 1,
  ownStages: 1,
  'milestones._id': 1,
  'milestones.title': 1,
  'milestones.stage': 1,
  'milestones.expectedOn': 1,
  'milestones.happenedOn': 1,
  'milestones.sourceLink': 1,
  'milestones.formerly.field': 1,
  'milestones.formerly.value': 1,
  'milestones.formerly.until': 1,
  'milestones.onceRemoved.backAt': 1,
  'onceRemoved.backAt': 1,
} as const;

export type SharedStep = {
  id: string;
  title: string;
  law: string;
  expectedOn: When | null;
  happenedOn: When | null;
  state: MilestoneState;
  times: number;
  /** when it was expected, and when then; `at`: the day on which we learned it, as an instant at its beginning in UTC */
  slips: { n: number; from: When; to: When | null; at: Date }[];
  /** its public source, or the page where it stands */
  href: string;
};

/** The milestones of a law. When one moved is known to partners to the day, and not who moved it. */
export const sharedSteps = (track: FeedTrackSource, today: Day): SharedStep[] =>
  track.milestones.map((milestone) => ({
    id: known(milestone._id),
    title: milestone.title,
    law: track.title,
    expectedOn: milestone.expectedOn ?? null,
    happenedOn: milestone.happenedOn ?? null,
    state: stateOfMilestone(milestone, track, today),
    times: timesDated(milestone) + timesRemoved(milestone) + timesRemoved(track),
    slips: datedSlipsOf(milestone).map(({ n, from, to, at }) => ({
      n,
      from,
      to,
      at: new Date(dayOf(at, 'UTC')),
    })),
    href: publicAddress(milestone.sourceLink) ?? SHARED,
  }));

export const SHARED = '/shared';

function publicAddress(link: string | null | undefined): string | null {
  if (!link || !URL.canParse(link)) return null;
  const url = new URL(link);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}

export type SharedPlan = { id: string; organisation: string; office: string; on: Day };

/** For which day the next follow-up to a recipient is planned; null where that day has passed, or where it waits for a person. */
export function sharedPlan(
  recipient: RecipientSource,
  next: NextStepSource,
  reading: Reading,
): SharedPlan | null {
  const { organisation, office, nextStep } = sharedRecipient(recipient, next, reading);
  return nextStep?.on ? { id: known(recipient._id), organisation, office, on: nextStep.on } : null;
}

export type SharedContact = { id: string; organisation: string; office: string; day: Day; by: boolean };

/** The days of contact that the page of a campaign tells of a recipient: the first and the last. */
export function sharedContacts(recipient: RecipientSource, reading: Reading): SharedContact[] {
  const { organisation, office, firstContact, lastContact } = sharedRecipient(recipient, null, reading);
  const days = [lastContact, firstContact].filter((contact) => contact !== null);
  return days
    .filter(({ day }, i) => days.findIndex((other) => other.day === day) === i)
    .map(({ day, by }) => ({ id: `${known(recipient._id)}-${day}`, organisation, office, day, by }));
}
