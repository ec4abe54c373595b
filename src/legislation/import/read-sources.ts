import type { Types } from 'mongoose';
import { dayOf } from '../../dates.js';
import type { Deps } from '../../deps.js';
import { NotFound } from '../../errors.js';
import { zoneOfProcedure } from '../procedures.js';
import { Track, type MilestoneRecord } from '../track.model.js';
import { changeTrack, findTrack } from '../tracks.js';
import { askSource, type Asked } from './ask-source.js';
import { backOff } from './fetch/back-off.rules.js';
import type { Found } from './found.js';
import { ImportSource, type ImportSourceRecord } from './import-source.model.js';
import { mergeAgain, mergeFound, type Merged } from './merge.rules.js';
import { storePublications } from './store-publications.js';

/** Who has been reading for so many milliseconds has died. */
const TAKEN_FOR_DEAD = 10 * 60_000;

const none = { added: 0, changed: 0, gone: 0, publications: 0 };
export type ReadOutcome = typeof none & { problem: string };

/** Reads every source whose turn has come, one after another, but those of laws that were removed. @returns how many, and what that came to */
export async function readDueSources(deps: Deps): Promise<{ read: number; failed: number; changes: number }> {
  const done = { read: 0, failed: 0, changes: 0 };
  const ofRemoved = await Track.find({ removed: { $ne: null } }, { _id: 1 }).lean();
  const due = await ImportSource.find(
    { readFrom: { $lte: deps.now() }, removedAt: null, track: { $nin: ofRemoved.map(({ _id }) => _id) } },
    { _id: 1 },
  )
    .sort({ readFrom: 1 })
    .lean();
  for (const { _id } of due) {
    if (deps.stopping?.aborted) break;
    const outcome = await readSource(_id, deps);
    if (!outcome) continue;
    done.read += 1;
    if (outcome.problem) done.failed += 1;
    done.changes += outcome.added + outcome.changed + outcome.gone + outcome.publications;
  }
  return done;
}

/**
 * Reads one source now and brings its track up to date. Null while somebody else reads it, or where it is no more. A
 * source that cannot be read changes nothing, and is asked again later.
 */
export async function readSource(id: Types.ObjectId, deps: Deps): Promise<ReadOutcome | null> {
  const source = await claim(id, deps.now());
  if (!source) return null;
  try {
    const asked = await askSource(source, await findTrack(source.track), deps);
    if (asked.kind === 'failed') return await noteFailure(source, asked, deps.now());
    const changes = await apply(source, asked.kind === 'found' ? asked.found : null, deps.now());
    if (asked.kind === 'found') await asked.keep();
    await noteReading(source, asked, deps.now());
    return { ...changes, problem: '' };
  } catch (error) {
    // somebody removed its law meanwhile
    if (error instanceof NotFound) return null;
    throw error;
  } finally {
    await ImportSource.updateOne({ _id: id }, { $set: { claimedAt: null } });
  }
}

const claim = (id: Types.ObjectId, now: Date): Promise<ImportSourceRecord | null> =>
  ImportSource.findOneAndUpdate(
    {
      _id: id,
      removedAt: null,
      $or: [{ claimedAt: null }, { claimedAt: { $lt: new Date(now.getTime() - TAKEN_FOR_DEAD) } }],
    },
    { $set: { claimedAt: now } },
  ).lean<ImportSourceRecord>();

/** Brings a track up to date with what a source says; with nothing new, days of its timetable may still have gone by. */
export async function apply(
  { _id: source, track: id }: Pick<ImportSourceRecord, '_id' | 'track'>,
  found: Found | null,
  now: Date,
): Promise<Omit<ReadOutcome, 'problem'>> {
  let merged: Merged | null = null;
  await changeTrack(id, (track) => {
    const reading = { source, now, today: dayOf(now, zoneOfProcedure(track.procedure)) };
    const before = [...track.milestones, ...(track.removedMilestones ?? [])];
    merged = found ? mergeFound(before, found, reading) : mergeAgain(before, reading);
    const { milestones } = merged;
    return milestones.some((one, i) => one !== before[i]) ? apart(milestones) : null;
  });
  const { added, changed, gone } = merged ?? none;
  const publications = found ? await storePublications({ source, track: id }, found.publications, now) : 0;
  return { added, changed, gone, publications };
}

const apart = (milestones: readonly MilestoneRecord[]) => ({
  milestones: milestones.filter(({ removed }) => !removed),
  removedMilestones: milestones.filter(({ removed }) => removed),
});

async function noteReading(source: ImportSourceRecord, asked: Asked, now: Date): Promise<void> {
  const news = asked.kind === 'found' ? { remarks: asked.found.remarks } : {};
  const read = { readAt: now, readFrom: backOff(0, now), failures: 0, problem: '', ...news };
  await ImportSource.updateOne({ _id: source._id }, { $set: read });
}

async function noteFailure(
  { _id, failures }: ImportSourceRecord,
  { why, retryAt }: Extract<Asked, { kind: 'failed' }>,
  now: Date,
): Promise<ReadOutcome> {
  const failed = { failures: failures + 1, problem: why, readFrom: backOff(failures + 1, now, retryAt) };
  await ImportSource.updateOne({ _id }, { $set: failed });
  return { ...none, problem: why };
}
