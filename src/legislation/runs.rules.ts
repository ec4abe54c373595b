import {
  inTimeOrder,
  stateOfMilestone,
  type MilestoneFacts,
  type MilestoneState,
  type Steps,
} from './milestone.rules.js';

/** Milestones that follow each other at one stage in one state: the sittings of a committee. At least one. */
export type Run<M> = { milestones: [M, ...M[]]; state: MilestoneState };

/**
 * The milestones of a track in time order, those that follow each other at the same stage and stand alike together. What
 * should have happened stands alone: each of them is to be looked at. @param today the calendar day where the reader is
 */
export function inRuns<M extends MilestoneFacts>(track: Steps<M>, today: string): Run<M>[] {
  const runs: Run<M>[] = [];
  for (const milestone of inTimeOrder(track.milestones)) {
    const state = stateOfMilestone(milestone, track, today);
    const before = runs.at(-1);
    const follows =
      before?.state === state &&
      before.milestones[0].stage === milestone.stage &&
      (state === 'happened' || state === 'expected') &&
      milestone.stage !== 'other';
    if (follows) before.milestones.push(milestone);
    else runs.push({ milestones: [milestone], state });
  }
  return runs;
}
