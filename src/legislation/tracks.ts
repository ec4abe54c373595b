import type { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import { createOnce, type FromForm } from '../stored-once.js';
import { stageOf, type Course } from './procedures.js';
import type { RelatedForm, TrackForm } from './track.form.js';
import { Track, type MilestoneRecord, type TrackRecord } from './track.model.js';
import { notRemoved } from '../removal.model.js';

/** Tracks are few, a handful of laws: all of them, by title. */
export const listTracks = (): Promise<TrackRecord[]> =>
  Track.find(notRemoved).sort({ title: 1 }).lean<TrackRecord[]>().exec();

/** @throws NotFound, also for one that was removed */
export async function findTrack(id: Types.ObjectId): Promise<TrackRecord> {
  const track = await findEvenRemoved(id);
  if (track.removed)
    throw new NotFound(
      `“${track.title}” was removed. Whoever looks for it under Legislation can read why, and put it back.`,
    );
  return track;
}

/** @throws NotFound */
export async function findEvenRemoved(id: Types.ObjectId): Promise<TrackRecord> {
  const track = await Track.findById(id).lean<TrackRecord>();
  if (!track) throw new NotFound('There is no such track.');
  return track;
}

export async function addTrack(form: TrackForm & FromForm, now: Date): Promise<Types.ObjectId> {
  const { _id } = await createOnce(Track, form, () => Track.create({ ...form, createdAt: now }));
  return _id;
}

/**
 * @param mayReplace asked of the track as it is then; a no leaves it so
 * @throws RuleBroken where a milestone stands at a stage that there would be no more
 */
export async function editTrack(
  id: Types.ObjectId,
  form: TrackForm,
  mayReplace: (track: TrackRecord) => boolean,
): Promise<void> {
  await changeTrack(id, (track) => {
    if (!mayReplace(track)) return null;
    const homeless = track.milestones.find(({ stage }) => !stageOf(form, stage));
    if (homeless) throw new RuleBroken(hasNoStage(homeless, track));
    return form;
  });
}

const hasNoStage = ({ title, stage }: MilestoneRecord, course: Course): string =>
  `“${title}” is at the stage “${stageOf(course, stage)?.name ?? stage}”, which there would be no more. Nothing was changed: give the milestone another stage first, or keep this one.`;

/** So often somebody else may come first before we give up. */
const ATTEMPTS = 8;

/**
 * Changes a track by what a function makes of it as it is now. Should somebody else, or a source, change it meanwhile, the
 * function is asked again: nobody undoes the other's work. Null leaves it as it is.
 * @throws NotFound, and whatever the function throws
 */
export async function changeTrack(
  id: Types.ObjectId,
  change: (track: TrackRecord) => Partial<TrackRecord> | null,
  find = findTrack,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const track = await find(id);
    const changes = change(track);
    if (!changes) return;
    const revision = track.revision ?? 0;
    const { matchedCount } = await Track.updateOne(
      { _id: id, revision },
      { $set: { ...changes, revision: revision + 1 } },
    );
    if (matchedCount > 0) return;
  }
  throw new RuleBroken('Others are changing this law at the same time. Nothing was changed: try again.');
}

/** @throws RuleBroken for the law itself, NotFound for one that is not there */
export async function relateTrack(
  id: Types.ObjectId,
  { track, as }: { track: Types.ObjectId; as: RelatedForm['as'] },
) {
  if (id.equals(track)) throw new RuleBroken('A law cannot be related to itself. Choose another one.');
  await findTrack(track);
  await changeTrack(id, ({ related }) => ({
    related: [...(related ?? []).filter((one) => !one.track.equals(track)), { track, as }],
  }));
}

export async function unrelateTrack(id: Types.ObjectId, track: Types.ObjectId): Promise<void> {
  await changeTrack(id, ({ related }) => ({
    related: (related ?? []).filter((one) => !one.track.equals(track)),
  }));
}

export function toTrackValues(track: TrackRecord) {
  const { title, shortTitle, jurisdiction, reference, summary, sourceLink, procedure, sunsetOn } = track;
  return {
    title,
    shortTitle,
    jurisdiction,
    reference,
    summary,
    sourceLink,
    procedure,
    sunsetOn,
    ownStages: (track.ownStages ?? []).join('\n'),
  };
}
