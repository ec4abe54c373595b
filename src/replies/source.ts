import mongoose, { model, Schema, type Types } from 'mongoose';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NotFound } from '../errors.js';
import { piecesOf } from '../mail/read-message.js';

/** The source of an incoming message, byte for byte, apart from the record that lists read. */
const schema = new Schema(
  {
    bytes: { type: Buffer, required: true },
    size: { type: Number, required: true },
    receivedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ receivedAt: 1 });
export const IncomingSource = model('IncomingSource', schema, 'incomingsources');

/** Larger ones go into the file store, in pieces. */
const LARGE = 1_000_000;

const bucket = () => new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName: 'incoming' });

type Stored = { _id: Types.ObjectId; source: Buffer; receivedAt: Date };

/** Keeps the sources of messages under the messages' own ids. */
export async function storeSources(messages: readonly Stored[]): Promise<void> {
  const small = messages.filter(({ source }) => source.length <= LARGE);
  if (small.length > 0)
    await IncomingSource.collection.insertMany(
      small.map(({ _id, source, receivedAt }) => ({ _id, bytes: source, size: source.length, receivedAt })),
    );
  for (const { _id, source, receivedAt } of messages.filter((one) => !small.includes(one))) {
    const upload = bucket().openUploadStreamWithId(_id, 'message.eml', { metadata: { receivedAt } });
    await pipeline(Readable.from(piecesOf(source)), upload);
  }
}

/** How many bytes of it are kept: all of them, but of a message that was too large; null when it is not kept any more. */
export async function sizeOfSource(id: Types.ObjectId): Promise<number | null> {
  const small = await IncomingSource.findById(id, { size: 1 }).lean();
  if (small) return small.size;
  return (await inFileStore(id))?.length ?? null;
}

async function inFileStore(id: Types.ObjectId) {
  const [file] = await bucket().find({ _id: id }).limit(1).toArray();
  return file ?? null;
}

/** A stream of the source. @throws NotFound when it is not kept any more */
export async function openSource(id: Types.ObjectId): Promise<Readable> {
  const small = await IncomingSource.collection.findOne<{ bytes: { buffer: Buffer } }>({ _id: id });
  if (small) return Readable.from([Buffer.from(small.bytes.buffer)]);
  if (!(await inFileStore(id)))
    throw new NotFound('The source of this message is not kept any more; what it said is.');
  return bucket().openDownloadStream(id);
}

/** Deletes the sources of messages that were not stored after all. */
export async function dropSources(ids: readonly Types.ObjectId[]): Promise<void> {
  await IncomingSource.deleteMany({ _id: { $in: ids } });
  for (const id of ids) if (await inFileStore(id)) await bucket().delete(id);
}

/** Deletes the sources of what came in before this. @returns how many those were */
export async function forgetSources(before: Date): Promise<number> {
  const { deletedCount } = await IncomingSource.deleteMany({ receivedAt: { $lt: before } });
  const large = await bucket()
    .find({ 'metadata.receivedAt': { $lt: before } }, { projection: { _id: 1 } })
    .toArray();
  for (const { _id } of large) await bucket().delete(_id);
  return deletedCount + large.length;
}
