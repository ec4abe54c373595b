import type { Day } from '../dates.js';
import type { When } from '../when.js';
import { differencesOf, type Difference } from './difference.rules.js';
import {
  inTimeOrder,
  overtakenBy,
  shouldHaveComeBefore,
  stateOfMilestone,
  type MilestoneState,
} from './milestone.rules.js';
import { stageOf } from './procedures.js';
import type { FormerRecord, MilestoneRecord, TrackRecord } from './track.model.js';

export type DescribedMilestone = MilestoneRecord & {
  state: MilestoneState;
  stageName: string;
  /** the later milestone that happened, where this one is overtaken */
  followedBy: MilestoneRecord | null;
  /** the milestone this one presupposes, although that is said to have happened later */
  before: MilestoneRecord | null;
  /** when it was expected before, the oldest first */
  slips: When[];
  /** where its source and a person disagree */
  differences: Difference[];
};

/** The milestones of one track as pages show them, in time order. */
export const describeMilestones = (track: TrackRecord, today: Day): DescribedMilestone[] =>
  inTimeOrder(track.milestones).map((milestone) => ({
    ...milestone,
    state: stateOfMilestone(milestone, track, today),
    stageName: stageOf(track, milestone.stage)?.name ?? milestone.stage,
    followedBy: overtakenBy(milestone, track),
    before: shouldHaveComeBefore(milestone, track),
    slips: slipsOf(milestone),
    differences: differencesOf(milestone, today),
  }));

type Slipped = Pick<MilestoneRecord, 'expectedOn' | 'happenedOn'> & {
  formerly?: readonly Pick<FormerRecord, 'field' | 'value'>[];
};

/** When a milestone was expected before it was expected when it is now, the oldest first. */
export const slipsOf = ({ formerly, expectedOn }: Slipped): When[] =>
  (formerly ?? [])
    .filter(({ field, value }) => field === 'expectedOn' && value && value !== expectedOn)
    .map(({ value }) => value ?? '');

/** The same, and for one that happened the last expected date too if it was another. */
export function expectedBefore(milestone: Slipped): When[] {
  const { expectedOn, happenedOn } = milestone;
  const last = happenedOn && expectedOn && expectedOn !== happenedOn ? [expectedOn] : [];
  return [...slipsOf(milestone), ...last];
}
