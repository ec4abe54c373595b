import type { Day } from '../dates.js';
import { firstDayOfWhen, lastDayOfWhen, type When } from '../when.js';
import { axisOfTracks, type TracksAxis } from './axis/axis-of-tracks.js';
import type { AxisDot, AxisTrack, Span } from './axis/axis-track.js';
import { expectedBefore } from './describe-milestones.js';
import { stageOf, type Course } from './procedures.js';
import { inRuns, nameOfRun, spanOfRun, type Run } from './runs.rules.js';
import { stateOfTrack, trackStateNames } from './track-state.rules.js';
import { stepFields, Track, type MilestoneRecord, type TrackRecord } from './track.model.js';
import { notRemoved } from '../removal.model.js';

const fields = {
  ...stepFields,
  shortTitle: 1,
  jurisdiction: 1,
  reference: 1,
  sunsetOn: 1,
  'milestones.formerly.field': 1,
  'milestones.formerly.value': 1,
} as const;

type Milestone = Pick<MilestoneRecord, '_id' | 'title' | 'stage' | 'expectedOn' | 'happenedOn' | 'formerly'>;
type Law = Pick<
  TrackRecord,
  '_id' | 'title' | 'shortTitle' | 'jurisdiction' | 'reference' | 'procedure' | 'ownStages' | 'sunsetOn'
> & { milestones: Milestone[] };

/** All laws on one time axis, by title; null while none is followed. `today`: the calendar day where the reader is. */
export async function readAxis(today: Day): Promise<TracksAxis | null> {
  const tracks = await Track.find(notRemoved, fields).sort({ title: 1 }).lean<Law[]>();
  return axisOfTracks(
    tracks.map((track) => axisTrack(track, today)),
    today,
  );
}

/** One law as its lane is drawn. */
export const axisTrack = (track: Law, today: Day): AxisTrack => ({
  id: String(track._id),
  title: track.shortTitle || track.title,
  href: `/tracks/${String(track._id)}`,
  state: trackStateNames[stateOfTrack(track, today)],
  about: [track.jurisdiction, track.reference].filter(Boolean).join(', '),
  milestones: inRuns(track, today).map((run) => dotOf(run, track)),
});

function dotOf(run: Run<Milestone>, track: Course & { _id: Law['_id'] }): AxisDot {
  const { milestones, state } = run;
  const [first] = milestones;
  const stage = stageOf(track, first.stage);
  return {
    id: String(first._id),
    title: nameOfRun(run, track),
    stageName: stage?.name ?? first.stage,
    href: `/tracks/${String(track._id)}#milestone-${String(first._id)}`,
    state,
    ...spanOfRun(run),
    formerly: milestones.length > 1 ? [] : expectedBefore(first).map(spanOf),
    count: milestones.length,
    parallel: stage?.parallel ?? true,
  };
}

const spanOf = (when: When): Span => ({ from: firstDayOfWhen(when), to: lastDayOfWhen(when) });
