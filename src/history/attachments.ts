import { fileTypeFromBuffer } from 'file-type';
import mongoose, { type Types } from 'mongoose';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer as bytesOf } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { cleanName } from '../clean-text.js';
import { isDatabaseGone } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import type { Attachment } from './attachment.model.js';

export type Upload = { originalname: string; buffer: Buffer };

/** What may be attached, by content: documents, pictures, sound, mail, calendar entries and plain text. Nothing that runs. */
const accepted =
  /^(application\/(pdf|rtf|zip|msword|x-cfb|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\..+)|image\/(png|jpeg|gif|webp|tiff|heic)|audio\/.+|video\/(mp4|webm|quicktime)|text\/(plain|calendar))$/;

/**
 * The media type by content, whatever the name says. @throws RuleBroken for a kind of file that is not accepted
 */
async function typeByContent({ originalname, buffer }: Upload): Promise<string> {
  const known = (await fileTypeFromBuffer(buffer))?.mime;
  // of a calendar it sees the first letters only
  const found = known && known !== 'text/calendar' ? known : textType(buffer);
  if (accepted.test(found)) return found;
  throw new RuleBroken(
    `${cleanName(originalname)} is not a kind of file that can be attached. Documents, pictures, sound, mail, calendar entries and plain text can.`,
  );
}

function textType(buffer: Buffer): string {
  if (!isText(buffer)) return 'application/octet-stream';
  // RFC 5545, section 3.4; what programs write before it is a byte order mark
  const begins = /^(\u00ef\u00bb\u00bf)?BEGIN:VCALENDAR\s/i.test(buffer.toString('latin1', 0, 20));
  return begins ? 'text/calendar' : 'text/plain';
}

/**
 * Text in UTF-8, or in a set of Windows or ISO 8859, where each letter is one byte and any byte from 128 on may be one. What runs, and
 * what is packed, has control characters.
 */
const isText = (buffer: Buffer): boolean =>
  !buffer.includes(0) && (isUtf8(buffer) || !buffer.some(isControl));

const isControl = (byte: number): boolean =>
  (byte < 32 && !'\t\n\f\r'.includes(String.fromCharCode(byte))) || byte === 127;

const bucket = () => new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName: 'attachments' });

/** Checks every file first, then stores them: one that is refused leaves nothing behind. */
export async function storeAttachments(files: readonly Upload[]): Promise<Attachment[]> {
  if (files.some(({ buffer }) => buffer.length === 0))
    throw new RuleBroken('One of the files is empty. Choose it again.');
  const types = await Promise.all(files.map(typeByContent));
  const stored: Attachment[] = [];
  for (const [i, { originalname, buffer }] of files.entries()) {
    const name = cleanName(originalname);
    const upload = bucket().openUploadStream(name);
    await pipeline(Readable.from([buffer]), upload);
    stored.push({ file: upload.id, name, type: types[i]!, size: buffer.length, sha256: sha256Of(buffer) });
  }
  return stored;
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Files are stored before the record that names them: where a rule then refuses the record, they go again. */
export async function keptIfAllowed<T>(stored: readonly Attachment[], write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof RuleBroken) await deleteFiles(stored);
    throw error;
  }
}

/** Deletes the bytes for good; that they are gone already is no matter. */
export async function deleteFiles(attachments: readonly Attachment[]): Promise<void> {
  for (const { file } of attachments) {
    try {
      await bucket().delete(file);
    } catch (error) {
      if (!isNotThere(error)) throw error;
    }
  }
}

/** The ids of those that are not in the database, or not with as many bytes as they had. One read for all of them. */
export async function findMissing(attachments: readonly Attachment[]): Promise<Set<string>> {
  if (attachments.length === 0) return new Set();
  const ids = attachments.map(({ file }) => file);
  const found = await bucket()
    .find({ _id: { $in: ids } }, { projection: { length: 1 } })
    .toArray();
  const there = new Map(found.map(({ _id, length }) => [String(_id), length]));
  return new Set(
    attachments.filter(({ file, size }) => there.get(String(file)) !== size).map(({ file }) => String(file)),
  );
}

/** One of these, to be downloaded. @throws NotFound */
export async function openAttachment(attachments: readonly Attachment[], fileId: Types.ObjectId) {
  const attachment = attachments.find(({ file }) => file.equals(fileId));
  if (!attachment) throw new NotFound('There is no such attachment.');
  if ((await findMissing([attachment])).size > 0)
    throw new NotFound(`The file ${attachment.name} is missing from the database.`);
  return { attachment, stream: bucket().openDownloadStream(fileId) };
}

/** The bytes of each, exactly as they were stored, and the names of those that are missing or are not what they were. */
export async function readAttachments(attachments: readonly Attachment[]) {
  const read: { name: string; type: string; content: Buffer }[] = [];
  const missing: string[] = [];
  for (const { file, name, type, sha256 } of attachments) {
    const content = await readFile(file);
    if (content && sha256Of(content) === sha256) read.push({ name, type, content });
    else missing.push(name);
  }
  return { read, missing };
}

/** Null where the file, or a part of it, is not there. */
async function readFile(file: Types.ObjectId): Promise<Buffer | null> {
  try {
    return await bytesOf(bucket().openDownloadStream(file));
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

/** What the driver says of a file, or a part of one, that the database does not hold. */
const isNotThere = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoRuntimeError && !isDatabaseGone(error);
