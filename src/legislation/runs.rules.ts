import type { Day } from '../dates.js';
import { firstDayOfWhen, lastDayOfWhen } from '../when.js';
import {
  inTimeOrder,
  stateOfMilestone,
  whenOfMilestone,
  type MilestoneFacts,
  type MilestoneState,
  type Steps,
} from './milestone.rules.js';
import { stageOf, type Course } from './procedures.js';

/** Milestones that follow each other at one stage in one state, and are called the same but for a number: the sittings of a committee. At least one. */
export type Run<M> = { milestones: [M, ...M[]]; state: MilestoneState };

/**
 * The milestones of a track in time order, those that follow each other at the same stage and stand alike together. What
 * should have happened stands alone: each of them is to be looked at. So does what is a matter of its own each time, such
 * as a commencement. @param today the calendar day where the reader is
 */
export function inRuns<M extends MilestoneFacts & { title: string }>(
  track: Steps<M>,
  today: string,
): Run<M>[] {
  const runs: Run<M>[] = [];
  for (const milestone of inTimeOrder(track.milestones)) {
    const state = stateOfMilestone(milestone, track, today);
    const before = runs.at(-1);
    const follows =
      before?.state === state &&
      before.milestones[0].stage === milestone.stage &&
      isCalledAlike(before.milestones[0].title, milestone.title) &&
      (state === 'happened' || state === 'expected') &&
      !stageOf(track, milestone.stage)?.apart;
    if (follows) before.milestones.push(milestone);
    else runs.push({ milestones: [milestone], state });
  }
  return runs;
}

/** Two titles that differ in their numbers only: sitting 3 of 17 and sitting 4 of 17. */
export const isCalledAlike = (one: string, other: string): boolean =>
  one.replaceAll(/\d+/g, '') === other.replaceAll(/\d+/g, '');

type Together<M> = Pick<Run<M>, 'milestones'>;

/** What a run is called: the milestone by its own title, several sittings by the stage they belong to. */
export function nameOfRun<M extends MilestoneFacts & { title: string }>(
  { milestones: [first, ...others] }: Together<M>,
  course: Course,
): string {
  return others.length === 0 ? first.title : (stageOf(course, first.stage)?.name ?? first.stage);
}

/** The first calendar day a run can begin on, and the last it can end on. */
export function spanOfRun<M extends MilestoneFacts>({ milestones }: Together<M>): { from: Day; to: Day } {
  const whens = milestones.map(whenOfMilestone);
  return { from: whens.map(firstDayOfWhen).sort()[0]!, to: whens.map(lastDayOfWhen).sort().at(-1)! };
}
