import type { Day } from '../dates.js';
import type { When } from '../when.js';
import { inTimeOrder, stateOfMilestone, type MilestoneState } from '../legislation/milestone.rules.js';
import { stageOf } from '../legislation/procedures.js';
import type { MilestoneRecord, TrackRecord } from '../legislation/track.model.js';

export type TrackSource = Pick<
  TrackRecord,
  'title' | 'jurisdiction' | 'reference' | 'procedure' | 'ownStages'
> & {
  milestones: Pick<MilestoneRecord, 'title' | 'stage' | 'expectedOn' | 'happenedOn' | 'sourceLink'>[];
};
export const trackFields = {
  _id: 0,
  title: 1,
  jurisdiction: 1,
  reference: 1,
  procedure: 1,
  ownStages: 1,
  'milestones.title': 1,
  'milestones.stage': 1,
  'milestones.expectedOn': 1,
  'milestones.happenedOn': 1,
  'milestones.sourceLink': 1,
} as const;

export type SharedMilestone = {
  title: string;
  stage: string;
  expectedOn: When | null;
  happenedOn: When | null;
  state: MilestoneState;
  sourceLink: string;
};

/** What partners may see of a law: its milestones with their public sources; summaries and notes stay with staff. */
export const sharedTrack = (track: TrackSource, today: Day) => ({
  title: track.title,
  jurisdiction: track.jurisdiction,
  reference: track.reference ?? '',
  milestones: inTimeOrder(track.milestones).map((milestone): SharedMilestone => ({
    title: milestone.title,
    stage: stageOf(track, milestone.stage)?.name ?? '',
    expectedOn: milestone.expectedOn ?? null,
    happenedOn: milestone.happenedOn ?? null,
    state: stateOfMilestone(milestone, track, today),
    sourceLink: milestone.sourceLink ?? '',
  })),
});

export type SharedTrack = ReturnType<typeof sharedTrack>;
