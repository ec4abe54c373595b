import { dayOf } from '../dates.js';
import type { OnceRemovedRecord } from '../removal.model.js';
import { removedSince, timesRemoved } from '../legislation/removal.rules.js';
import { datedSlipsOf, timesDated } from '../legislation/slip.rules.js';
import type { MilestoneRecord } from '../legislation/track.model.js';
import type { When } from '../when.js';
import { known, SHARED } from './feed-projection.js';

type RemovedSource = Pick<MilestoneRecord, '_id' | 'expectedOn' | 'happenedOn' | 'formerly'> & Removed;
type Removed = { removed?: { at: Date } | null; onceRemoved?: Pick<OnceRemovedRecord, 'backAt'>[] | null };
export type RemovedTrackSource = Removed & {
  milestones: RemovedSource[];
  removedMilestones?: RemovedSource[] | null;
};
const removedFields = (list: 'milestones' | 'removedMilestones') =>
  ({
    [`${list}._id`]: 1,
    [`${list}.expectedOn`]: 1,
    [`${list}.happenedOn`]: 1,
    [`${list}.formerly.field`]: 1,
    [`${list}.formerly.value`]: 1,
    [`${list}.formerly.until`]: 1,
    [`${list}.removed.at`]: 1,
    [`${list}.onceRemoved.backAt`]: 1,
  }) as const;
export const removedTrackFields = {
  _id: 0,
  'removed.at': 1,
  'onceRemoved.backAt': 1,
  ...removedFields('milestones'),
  ...removedFields('removedMilestones'),
} as const;

export type SharedRemoval = {
  id: string;
  /** what it was is not told any more */
  name: '';
  expectedOn: When | null;
  happenedOn: When | null;
  slips: number[];
  times: number;
  at: Date;
  href: string;
};

/** The milestones that were removed after an instant: which of those that were told it is, to the day, and not why or by whom. */
export const sharedRemovals = (track: RemovedTrackSource, since: Date): SharedRemoval[] =>
  removedSince(track, since).map(({ milestone, at }) => ({
    id: known(milestone._id),
    name: '',
    expectedOn: milestone.expectedOn ?? null,
    happenedOn: milestone.happenedOn ?? null,
    slips: datedSlipsOf(milestone).map(({ n }) => n),
    times: timesDated(milestone) + timesRemoved(milestone) + timesRemoved(track),
    at: new Date(dayOf(at, 'UTC')),
    href: SHARED,
  }));
