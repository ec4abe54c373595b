import type { Day } from '../dates.js';

/** The stages of a bill or a regulation, in the order a procedure passes them; the last three stand outside it. */
export const stages = [
  'proposed',
  'first reading',
  'committee',
  'second chamber',
  'negotiation',
  'final vote',
  'assent',
  'in force',
  'consultation',
  'report',
  'other',
] as const;
export type Stage = (typeof stages)[number];

export const stageNames: Record<Stage, string> = {
  proposed: 'Proposed or introduced',
  'first reading': 'First reading',
  committee: 'Committee',
  'second chamber': 'Second chamber',
  negotiation: 'Negotiation between chambers or institutions',
  'final vote': 'Final vote',
  assent: 'Assent or signature',
  'in force': 'In force',
  consultation: 'Consultation',
  report: 'Report or review',
  other: 'Other',
};

const outsideTheProcedure: readonly Stage[] = ['consultation', 'report', 'other'];

/** Days are calendar days, `2023-10-26`. At least one of the two is there. */
export type MilestoneFacts = { stage: Stage; expectedOn?: Day | null; happenedOn?: Day | null };

/**
 * `happened`; `expected`, today or later; `passed`: the expected day is over and nobody has said whether it happened;
 * `overtaken`: the same, but a later stage of the procedure happened, which it could not have without this one.
 */
export type MilestoneState = 'happened' | 'expected' | 'passed' | 'overtaken';

/** The day a milestone stands at: when it happened, or else when it is expected. */
export const dayOfMilestone = ({ happenedOn, expectedOn }: MilestoneFacts): Day =>
  happenedOn ?? expectedOn ?? '';

/** The milestones of one or several tracks in time order, the earliest first. */
export const inTimeOrder = <M extends MilestoneFacts>(milestones: readonly M[]): M[] =>
  milestones.toSorted((a, b) => dayOfMilestone(a).localeCompare(dayOfMilestone(b)));

/** Does the later of two stages presuppose the earlier one? */
const presupposes = (later: Stage, earlier: Stage): boolean =>
  !outsideTheProcedure.includes(later) &&
  !outsideTheProcedure.includes(earlier) &&
  stages.indexOf(later) > stages.indexOf(earlier);

/** The first milestone of the track that happened and presupposes this one, or null. */
export function overtakenBy<M extends MilestoneFacts>(
  milestone: MilestoneFacts,
  track: readonly M[],
): M | null {
  if (milestone.happenedOn) return null;
  return (
    inTimeOrder(track).find(({ happenedOn, stage }) => happenedOn && presupposes(stage, milestone.stage)) ??
    null
  );
}

/** Where a milestone stands. `track`: all milestones of its track. `today`: the calendar day where the reader is. */
export function stateOfMilestone(
  milestone: MilestoneFacts,
  track: readonly MilestoneFacts[],
  today: Day,
): MilestoneState {
  if (milestone.happenedOn) return 'happened';
  if (milestone.expectedOn && milestone.expectedOn >= today) return 'expected';
  return overtakenBy(milestone, track) ? 'overtaken' : 'passed';
}

/** The last milestone that happened, and the first that is still to come or to be asked about. */
export function latestAndNext<M extends MilestoneFacts>(
  track: readonly M[],
  today: Day,
): { latest: M | null; next: M | null } {
  const ordered = inTimeOrder(track);
  const open = ordered.filter((milestone) =>
    ['expected', 'passed'].includes(stateOfMilestone(milestone, track, today)),
  );
  return { latest: ordered.findLast(({ happenedOn }) => happenedOn) ?? null, next: open[0] ?? null };
}
