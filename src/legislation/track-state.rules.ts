import type { Day } from '../dates.js';
import { inTimeOrder, type MilestoneFacts, type Steps } from './milestone.rules.js';
import { stageOf, type Course } from './procedures.js';
import type { Effect } from './procedures/stage.js';

/** Where a law stands, from what has happened to it. */
export type TrackState = 'not begun' | 'in progress' | Effect;

export const trackStateNames: Record<TrackState, string> = {
  'not begun': 'Nothing has happened yet',
  'in progress': 'In progress',
  passed: 'Passed',
  'in force in part': 'In force in part',
  'in force': 'In force',
  lapsed: 'Lapsed or expired',
  withdrawn: 'Withdrawn',
};

/** How far a law has come: what stands later takes nothing back of what stands earlier. */
const order: readonly TrackState[] = ['not begun', 'in progress', 'passed', 'in force in part', 'in force'];

const hasEnded = (state: TrackState): boolean => state === 'lapsed' || state === 'withdrawn';

/**
 * The state of a track. Milestones that happened are walked in time order: each can take the law further, end it, or
 * begin it anew after an end. Past its sunset date a law has lapsed.
 * @param today the calendar day where the reader is
 */
export function stateOfTrack(track: Steps & { sunsetOn?: Day | null }, today: Day): TrackState {
  const happened = inTimeOrder(track.milestones.filter(({ happenedOn }) => happenedOn));
  const state = happened.reduce<TrackState>(
    (before, milestone) => afterMilestone(before, milestone, track),
    'not begun',
  );
  const sunset = track.sunsetOn && track.sunsetOn < today;
  return sunset && state !== 'withdrawn' && state !== 'not begun' ? 'lapsed' : state;
}

function afterMilestone(before: TrackState, { stage: id }: MilestoneFacts, course: Course): TrackState {
  const stage = stageOf(course, id);
  const to = stage?.effect ?? (stage?.parallel ? null : 'in progress');
  if (!to) return before === 'not begun' ? 'in progress' : before;
  if (hasEnded(to) || hasEnded(before)) return to;
  return order.indexOf(to) > order.indexOf(before) ? to : before;
}
