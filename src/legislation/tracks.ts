import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { NotFound, RuleBroken } from '../errors.js';
import type { MilestoneForm, TrackForm } from './track.form.js';
import { Track, type MilestoneRecord, type TrackRecord } from './track.model.js';

/** Tracks are few, a handful of laws: all of them, by title. */
export const listTracks = (): Promise<TrackRecord[]> =>
  Track.find().sort({ title: 1 }).lean<TrackRecord[]>().exec();

/** @throws NotFound */
export async function findTrack(id: Types.ObjectId): Promise<TrackRecord> {
  const track = await Track.findById(id).lean<TrackRecord>();
  if (!track) throw new NotFound('There is no such track.');
  return track;
}

/** @throws NotFound */
export async function findMilestone(
  id: Types.ObjectId,
  milestoneId: Types.ObjectId,
): Promise<{ track: TrackRecord; milestone: MilestoneRecord }> {
  const track = await findTrack(id);
  const milestone = track.milestones.find(({ _id }) => _id.equals(milestoneId));
  if (!milestone) throw new NotFound('There is no such milestone.');
  return { track, milestone };
}

export async function addTrack(form: TrackForm, now: Date): Promise<Types.ObjectId> {
  const { _id } = await Track.create({ ...form, createdAt: now });
  return _id;
}

export async function editTrack(id: Types.ObjectId, form: TrackForm): Promise<void> {
  await Track.updateOne({ _id: id }, { $set: form });
}

export async function addMilestone(track: Types.ObjectId, form: MilestoneForm): Promise<void> {
  await Track.updateOne({ _id: track }, { $push: { milestones: fieldsOf(form) } });
}

export async function editMilestone(
  track: Types.ObjectId,
  milestone: Types.ObjectId,
  form: MilestoneForm,
): Promise<void> {
  const changes = Object.entries(fieldsOf(form)).map(([name, value]) => [`milestones.$.${name}`, value]);
  await Track.updateOne({ _id: track, 'milestones._id': milestone }, { $set: Object.fromEntries(changes) });
}

/** Says that an expected milestone happened; the day it was expected stays. @throws RuleBroken when that was said already */
export async function markHappened(
  track: Types.ObjectId,
  milestone: Types.ObjectId,
  happenedOn: Day,
): Promise<void> {
  const { matchedCount } = await Track.updateOne(
    { _id: track, milestones: { $elemMatch: { _id: milestone, happenedOn: null } } },
    { $set: { 'milestones.$.happenedOn': happenedOn } },
  );
  if (matchedCount === 0)
    throw new RuleBroken('It is marked as happened already. Edit the milestone to change the day.');
}

export function toTrackValues({ title, jurisdiction, reference, summary, sourceLink }: TrackRecord) {
  return { title, jurisdiction, reference, summary, sourceLink };
}

export function toMilestoneValues({
  title,
  stage,
  expectedOn,
  happenedOn,
  sourceLink,
  note,
}: MilestoneRecord) {
  return { title, stage, expectedOn: expectedOn ?? '', happenedOn: happenedOn ?? '', sourceLink, note };
}

function fieldsOf({ title, stage, expectedOn, happenedOn, sourceLink, note }: MilestoneForm) {
  return { title, stage, expectedOn: expectedOn || null, happenedOn: happenedOn || null, sourceLink, note };
}
