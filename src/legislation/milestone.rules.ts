import type { Day } from '../dates.js';
import { presupposes, type Course } from './procedures.js';
import { firstDayOfWhen, lastDayOfWhen, type When } from '../when.js';

/** `stage` is the id of one of its track's procedure. At least one of the two is there. */
export type MilestoneFacts = { stage: string; expectedOn?: When | null; happenedOn?: When | null };

/** A law with the steps that are written down of it. */
export type Steps<M extends MilestoneFacts = MilestoneFacts> = Course & { milestones: readonly M[] };

/**
 * `happened`; `expected`, today or later; `passed`: the expected day is over and nobody has said whether it happened;
 * `overtaken`: the same, but a stage happened since which it could not have without this one.
 */
export type MilestoneState = 'happened' | 'expected' | 'passed' | 'overtaken';

/** When it happened, or else when it is expected. */
export const whenOfMilestone = ({ happenedOn, expectedOn }: MilestoneFacts): When =>
  happenedOn ?? expectedOn ?? '';

/** The calendar day a milestone stands at: the last one it can be, where only a month, a quarter or a year is known. */
export function dayOfMilestone(milestone: MilestoneFacts): Day {
  const when = whenOfMilestone(milestone);
  return when && lastDayOfWhen(when);
}

/** The milestones of one or several tracks in time order, the earliest first; what is known more exactly comes first. */
export const inTimeOrder = <M extends MilestoneFacts>(milestones: readonly M[]): M[] =>
  milestones
    .map((milestone) => ({ milestone, key: orderOf(milestone) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ milestone }) => milestone);

const orderOf = (milestone: MilestoneFacts): string => {
  const when = whenOfMilestone(milestone);
  return when && `${lastDayOfWhen(when)} ${firstDayOfWhen(when) === when ? '0' : '1'}`;
};

/** The first milestone of the track that happened since and could not have without this one, or null. */
export function overtakenBy<M extends MilestoneFacts>(milestone: MilestoneFacts, track: Steps<M>): M | null {
  const { happenedOn, expectedOn, stage } = milestone;
  if (happenedOn || !expectedOn) return null;
  const since = firstDayOfWhen(expectedOn);
  const later = track.milestones.filter(
    (other) =>
      other.happenedOn &&
      // a law that was sent back passes its stages once more
      lastDayOfWhen(other.happenedOn) >= since &&
      presupposes(track, other.stage, stage),
  );
  return inTimeOrder(later)[0] ?? null;
}

/** Where a milestone stands. `today`: the calendar day where the reader is. */
export function stateOfMilestone(milestone: MilestoneFacts, track: Steps, today: Day): MilestoneState {
  if (milestone.happenedOn) return 'happened';
  if (milestone.expectedOn && lastDayOfWhen(milestone.expectedOn) >= today) return 'expected';
  return overtakenBy(milestone, track) ? 'overtaken' : 'passed';
}

/** The last milestone that happened, and the first that is still to come or to be asked about. */
export function latestAndNext<M extends MilestoneFacts>(
  track: Steps<M>,
  today: Day,
): { latest: M | null; next: M | null } {
  const ordered = inTimeOrder(track.milestones);
  const next = ordered.find((milestone) =>
    ['expected', 'passed'].includes(stateOfMilestone(milestone, track, today)),
  );
  return { latest: ordered.findLast(({ happenedOn }) => happenedOn) ?? null, next: next ?? null };
}

/**
 * A milestone that happened after this one did, although this one could not have without it: the days deserve a look, and
 * nothing is refused, since laws are sent back. Null where there is none.
 */
export function shouldHaveComeBefore<M extends MilestoneFacts>(
  { stage, happenedOn }: MilestoneFacts,
  track: Steps<M>,
): M | null {
  if (!happenedOn) return null;
  const before = inTimeOrder(
    track.milestones.filter((other) => other.happenedOn && presupposes(track, stage, other.stage)),
  );
  const first = before.find(
    (other) => !before.some((same) => same.stage === other.stage && !isAfter(same.happenedOn!, happenedOn)),
  );
  return first ?? null;
}

/** Certainly later, as far as the two days are known. */
const isAfter = (one: When, other: When): boolean => firstDayOfWhen(one) > lastDayOfWhen(other);
