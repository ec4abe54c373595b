import type { Types } from 'mongoose';
import { cleanName } from '../../clean-text.js';
import type { Deps } from '../../deps.js';
import { NotFound, RuleBroken } from '../../errors.js';
import { createOnce, findCreated, type FromForm } from '../../stored-once.js';
import { stagesOf } from '../procedures.js';
import { Track, type TrackRecord } from '../track.model.js';
import { findTrack } from '../tracks.js';
import { readBillOf } from './ask-source.js';
import { backOff } from './fetch/back-off.rules.js';
import { ImportSource, type ImportKind, type ImportSourceRecord } from './import-source.model.js';
import { apply, type ReadOutcome } from './read-sources.js';
import { readSourceFile } from './files/read-source-file.js';

export type Adding = { by: Types.ObjectId; now: Date };

/** What a track is read from, the oldest first. */
export const listSources = (track: Types.ObjectId): Promise<ImportSourceRecord[]> =>
  ImportSource.find({ track, removedAt: null }).sort({ _id: 1 }).lean<ImportSourceRecord[]>().exec();

/** @throws NotFound */
export async function findSource(id: Types.ObjectId): Promise<ImportSourceRecord> {
  const source = await ImportSource.findOne({ _id: id, removedAt: null }).lean<ImportSourceRecord>();
  if (!source) throw new NotFound('There is no such source.');
  return source;
}

type Named = { track: Types.ObjectId; kind: ImportKind; name: string };

/**
 * Reads a track from one more source, at once. One that was taken away before is taken up again: what came from it is
 * known again.
 */
export async function addSource(
  { track, kind, name }: Named,
  { by, now }: Adding,
): Promise<ImportSourceRecord> {
  const anew = { readFrom: now, failures: 0, problem: '', removedAt: null };
  return await ImportSource.findOneAndUpdate(
    { track, kind, name },
    { $set: anew, $setOnInsert: { addedBy: by, addedAt: now } },
    { upsert: true, returnDocument: 'after' },
  ).lean<ImportSourceRecord>();
}

/** What came from it stays. */
export const removeSource = async ({ _id }: ImportSourceRecord, now: Date): Promise<void> => {
  await ImportSource.updateOne({ _id }, { $set: { removedAt: now } });
};

type File = { originalname: string; buffer: Buffer };

/**
 * Takes milestones and publications from a file; the same file once more changes nothing, and one of the same name is the
 * next version of it. @throws RuleBroken with everything that is wrong in it: then nothing is taken
 */
export async function readFile(
  trackId: Types.ObjectId,
  files: readonly File[],
  { by, now }: Adding,
): Promise<Omit<ReadOutcome, 'problem'> & { remarks: string[] }> {
  const [file] = files;
  if (!file || files.length > 1) throw new RuleBroken('Choose one file.');
  const track = await findTrack(trackId);
  const read = readSourceFile({ bytes: file.buffer, stages: stagesOf(track) });
  if (!read.ok) throw new RuleBroken(read.mistakes.join('\n'));
  const source = await addSource(
    { track: trackId, kind: 'file', name: cleanName(file.originalname) },
    { by, now },
  );
  const changes = await apply(source, read.found, now);
  const { remarks } = read.found;
  await ImportSource.updateOne(
    { _id: source._id },
    { $set: { readAt: now, readFrom: backOff(0, now), remarks } },
  );
  return { ...changes, remarks };
}

type FollowedAs = Pick<TrackRecord, 'title' | 'removed'>;

const followedInWords = (name: string, { title, removed }: FollowedAs): string =>
  removed
    ? `Bill ${name} was followed as “${title}”, which somebody removed. It stands among the removed laws at the end of Legislation: put it back there.`
    : `Bill ${name} is followed already, as “${title}”.`;

/** Follows a bill of the UK Parliament: a track with all that is known of it. @throws RuleBroken where it cannot be read, or is followed already */
export async function followBill(
  name: string,
  { by, now, fromForm }: Adding & FromForm,
  deps: Pick<Deps, 'now' | 'legislation'>,
): Promise<Types.ObjectId> {
  const before = await findCreated(Track, { fromForm });
  if (before) return before._id;
  const known = await ImportSource.findOne({
    kind: 'uk bill',
    name,
    removedAt: null,
  }).lean<ImportSourceRecord>();
  const followed = known && (await Track.findById(known.track, { title: 1, removed: 1 }).lean<FollowedAs>());
  if (followed) throw new RuleBroken(followedInWords(name, followed));
  const asked = await readBillOf(Number(name), deps);
  if ('why' in asked) throw new RuleBroken(asked.why);
  const { bill } = asked;
  const track = {
    title: bill.title,
    jurisdiction: 'United Kingdom',
    reference: `Bill ${bill.reference}`,
    summary: bill.longTitle,
    sourceLink: bill.sourceLink,
    procedure: bill.procedure,
    createdAt: now,
    ...(fromForm && { fromForm }),
  };
  const { _id, isFirst } = await createOnce(Track, { fromForm }, () => Track.create(track));
  if (!isFirst) return _id;
  const source = await addSource({ track: _id, kind: 'uk bill', name }, { by, now });
  await apply(source, bill, now);
  const read = { readAt: now, readFrom: backOff(0, now), remarks: bill.remarks };
  await ImportSource.updateOne({ _id: source._id }, { $set: read });
  return _id;
}
