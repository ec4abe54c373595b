import type { Day } from '../dates.js';
import {
  inTimeOrder,
  overtakenBy,
  stageNames,
  stateOfMilestone,
  type MilestoneState,
} from './milestone.rules.js';
import type { MilestoneRecord } from './track.model.js';

export type DescribedMilestone = MilestoneRecord & {
  state: MilestoneState;
  stageName: string;
  /** the later milestone that happened, where this one is overtaken */
  followedBy: MilestoneRecord | null;
};

/** The milestones of one track as pages show them, in time order. */
export const describeMilestones = (track: readonly MilestoneRecord[], today: Day): DescribedMilestone[] =>
  inTimeOrder(track).map((milestone) => ({
    ...milestone,
    state: stateOfMilestone(milestone, track, today),
    stageName: stageNames[milestone.stage],
    followedBy: overtakenBy(milestone, track),
  }));
