import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { byId } from '../group-by.js';
import { User } from '../users/user.model.js';
import { axisOfTracks } from './axis/axis-of-tracks.js';
import { describeMilestones, type DescribedMilestone } from './describe-milestones.js';
import { procedureNames, stagesOf } from './procedures.js';
import { listSources } from './import/sources.js';
import { latestPublications } from './publications.js';
import { axisTrack } from './read-axis.js';
import { relationNames } from './relation.rules.js';
import { inRuns, nameOfRun, spanOfRun } from './runs.rules.js';
import { stateOfTrack, trackStateNames } from './track-state.rules.js';
import { Track, type TrackRecord } from './track.model.js';
import { notRemoved } from '../removal.model.js';

type Named = { _id: Types.ObjectId; title: string };

/** What the page of one law says beside its own fields. `today`: the calendar day where the reader is. */
export async function readTrackPage(track: TrackRecord, today: Day) {
  const removed = (track.removedMilestones ?? []).toSorted(
    (a, b) => Number(b.removed!.at) - Number(a.removed!.at),
  );
  const authors = [
    ...track.milestones.flatMap(({ enteredBy }) => enteredBy ?? []),
    ...removed.map((one) => one.removed!.by),
  ];
  const [sources, publications, related, others, users] = await Promise.all([
    listSources(track._id),
    latestPublications(track._id),
    readRelated(track),
    Track.find({ _id: { $ne: track._id }, ...notRemoved }, { title: 1 })
      .sort({ title: 1 })
      .lean<Named[]>(),
    User.find({ _id: { $in: authors } }, { name: 1 }).lean<{ _id: Types.ObjectId; name: string }[]>(),
  ]);
  const state = stateOfTrack(track, today);
  return {
    track,
    state,
    stateName: trackStateNames[state],
    procedureName: procedureNames[track.procedure],
    stageNames: Object.fromEntries(stagesOf(track).map(({ id, name }) => [id, name])),
    runs: runsOf(track, today),
    axis: axisOfTracks([axisTrack(track, today)], today),
    nameOf: Object.fromEntries(users.map(({ _id, name }) => [String(_id), name])),
    sources,
    publications,
    removed,
    related,
    others,
  };
}

/** Sittings of one stage in a row stand together; `asks`: one of them has a question for the reader. */
function runsOf(track: TrackRecord, today: Day) {
  const milestones = describeMilestones(track, today);
  return inRuns({ ...track, milestones }, today).map((run) => ({
    milestones: run.milestones.map(withoutRepeating),
    name: nameOfRun(run, track),
    ...spanOfRun(run),
    asks: run.milestones.some(
      ({ differences, imported, before }) => differences.length > 0 || imported?.goneAt || before,
    ),
  }));
}

/** What comes before all sittings in a row is said at the first of them. */
const withoutRepeating = (
  milestone: DescribedMilestone,
  at: number,
  run: readonly DescribedMilestone[],
): DescribedMilestone =>
  milestone.before && milestone.before === run[at - 1]?.before ? { ...milestone, before: null } : milestone;

/** The laws this one says it is related to, and those that say so of this one. */
async function readRelated({ _id, related }: TrackRecord) {
  const own = related ?? [];
  const [named, there] = await Promise.all([
    Track.find({ _id: { $in: own.map(({ track }) => track) }, ...notRemoved }, { title: 1 }).lean<Named[]>(),
    Track.find({ 'related.track': _id, ...notRemoved }, { title: 1, related: 1 }).lean<
      (Named & Pick<TrackRecord, 'related'>)[]
    >(),
  ]);
  const titles = byId(named);
  return [
    ...own.flatMap(({ track, as }) => {
      const other = titles.get(String(track));
      return other ? [{ ...other, as: relationNames[as].here, ours: true }] : [];
    }),
    ...there.map(({ related: theirs, ...other }) => ({
      ...other,
      as: relationNames[theirs.find(({ track }) => track.equals(_id))!.as].there,
      ours: false,
    })),
  ];
}
