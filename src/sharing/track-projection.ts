import type { Day } from '../dates.js';
import {
  inTimeOrder,
  stageNames,
  stateOfMilestone,
  type MilestoneState,
} from '../legislation/milestone.rules.js';
import type { MilestoneRecord, TrackRecord } from '../legislation/track.model.js';

export type TrackSource = Pick<TrackRecord, 'title' | 'jurisdiction' | 'reference'> & {
  milestones: Pick<MilestoneRecord, 'title' | 'stage' | 'expectedOn' | 'happenedOn' | 'sourceLink'>[];
};
export const trackFields = {
  _id: 0,
  title: 1,
  jurisdiction: 1,
  reference: 1,
  'milestones.title': 1,
  'milestones.stage': 1,
  'milestones.expectedOn': 1,
  'milestones.happenedOn': 1,
  'milestones.sourceLink': 1,
} as const;

export type SharedMilestone = {
  title: string;
  stage: string;
  expectedOn: Day | null;
  happenedOn: Day | null;
  state: MilestoneState;
  sourceLink: string;
};

/** What partners may see of a law: its milestones with their public sources; summaries and notes stay with staff. */
export const sharedTrack = ({ title, jurisdiction, reference, milestones }: TrackSource, today: Day) => ({
  title,
  jurisdiction,
  reference: reference ?? '',
  milestones: inTimeOrder(milestones ?? []).map((milestone): SharedMilestone => ({
    title: milestone.title,
    stage: stageNames[milestone.stage],
    expectedOn: milestone.expectedOn ?? null,
    happenedOn: milestone.happenedOn ?? null,
    state: stateOfMilestone(milestone, milestones, today),
    sourceLink: milestone.sourceLink ?? '',
  })),
});

export type SharedTrack = ReturnType<typeof sharedTrack>;
