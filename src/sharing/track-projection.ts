import type { Day } from '../dates.js';
import { expectedBefore } from '../legislation/describe-milestones.js';
import type { MilestoneState } from '../legislation/milestone.rules.js';
import { stageOf, type Course } from '../legislation/procedures.js';
import { inRuns, nameOfRun, spanOfRun, type Run } from '../legislation/runs.rules.js';
import { stateOfTrack, trackStateNames } from '../legislation/track-state.rules.js';
import type { FormerRecord, MilestoneRecord, TrackRecord } from '../legislation/track.model.js';
import { isWhen, type When } from '../when.js';

type MilestoneSource = Pick<
  MilestoneRecord,
  'title' | 'stage' | 'expectedOn' | 'happenedOn' | 'sourceLink'
> & { formerly?: Pick<FormerRecord, 'field' | 'value'>[] };
export type TrackSource = Pick<
  TrackRecord,
  'title' | 'shortTitle' | 'jurisdiction' | 'reference' | 'procedure' | 'ownStages' | 'sunsetOn'
> & { milestones: MilestoneSource[] };
export const trackFields = {
  _id: 0,
  title: 1,
  shortTitle: 1,
  jurisdiction: 1,
  reference: 1,
  procedure: 1,
  ownStages: 1,
  sunsetOn: 1,
  'milestones.title': 1,
  'milestones.stage': 1,
  'milestones.expectedOn': 1,
  'milestones.happenedOn': 1,
  'milestones.sourceLink': 1,
  'milestones.formerly.field': 1,
  'milestones.formerly.value': 1,
} as const;

/** One milestone, or several sittings of one stage in a row. */
export type SharedMilestone = {
  title: string;
  stage: string;
  state: MilestoneState;
  /** of one milestone */
  expectedOn: When | null;
  happenedOn: When | null;
  /** when it was expected before, the oldest first: nothing but dates */
  expectedBefore: When[];
  sourceLink: string;
  /** of several: how many, from which day to which */
  sittings: { count: number; from: Day; to: Day } | null;
};

/** What partners may see of a law: where it stands, and its milestones with their public sources; summaries and notes stay with staff. */
export const sharedTrack = (track: TrackSource, today: Day) => ({
  title: track.title,
  shortTitle: track.shortTitle ?? '',
  jurisdiction: track.jurisdiction,
  reference: track.reference ?? '',
  state: trackStateNames[stateOfTrack(track, today)],
  milestones: inRuns(track, today).map((run) => sharedRun(run, track)),
});

export type SharedTrack = ReturnType<typeof sharedTrack>;

function sharedRun(run: Run<MilestoneSource>, track: Course): SharedMilestone {
  const [milestone, ...others] = run.milestones;
  const isAlone = others.length === 0;
  return {
    title: nameOfRun(run, track),
    stage: stageOf(track, milestone.stage)?.name ?? '',
    state: run.state,
    expectedOn: isAlone ? (milestone.expectedOn ?? null) : null,
    happenedOn: isAlone ? (milestone.happenedOn ?? null) : null,
    expectedBefore: isAlone ? expectedBefore(milestone).filter(isWhen) : [],
    sourceLink: isAlone ? (milestone.sourceLink ?? '') : '',
    sittings: isAlone ? null : sittingsOf(run),
  };
}

function sittingsOf(run: Run<MilestoneSource>) {
  const { from, to } = spanOfRun(run);
  return { count: run.milestones.length, from, to };
}
