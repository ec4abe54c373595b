import { fileTypeFromBuffer } from 'file-type';
import mongoose, { type Types } from 'mongoose';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NotFound, RuleBroken } from '../errors.js';
import { Entry, type EntryRecord } from './entry.model.js';

export type StoredAttachment = { file: Types.ObjectId; name: string; type: string; size: number };
export type Upload = { originalname: string; buffer: Buffer };

/** What may be attached, by content: documents, pictures, sound, mail and plain text. Nothing that runs. */
const accepted =
  /^(application\/(pdf|rtf|zip|msword|x-cfb|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\..+)|image\/(png|jpeg|gif|webp|tiff|heic)|audio\/.+|video\/(mp4|webm|quicktime)|text\/plain)$/;

/**
 * The media type by content, whatever the name says. @throws RuleBroken for a kind of file that is not accepted
 */
async function typeByContent({ originalname, buffer }: Upload): Promise<string> {
  const found =
    (await fileTypeFromBuffer(buffer))?.mime ?? (isText(buffer) ? 'text/plain' : 'application/octet-stream');
  if (accepted.test(found)) return found;
  throw new RuleBroken(
    `${cleanName(originalname)} is not a kind of file that can be attached. Documents, pictures, sound, mail and plain text can.`,
  );
}

function isText(buffer: Buffer): boolean {
  if (buffer.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(buffer);
    return true;
  } catch {
    return false;
  }
}

/** The last part of a file's name without control and direction-changing characters. */
const cleanName = (name: string): string =>
  name
    .replace(/^.*[/\\]/s, '')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 200) || 'attachment';

const bucket = () => new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName: 'attachments' });

/** Checks every file first, then stores them: one that is refused leaves nothing behind. */
export async function storeAttachments(files: readonly Upload[]): Promise<StoredAttachment[]> {
  if (files.some(({ buffer }) => buffer.length === 0))
    throw new RuleBroken('One of the files is empty. Choose it again.');
  const types = await Promise.all(files.map(typeByContent));
  const stored: StoredAttachment[] = [];
  for (const [i, { originalname, buffer }] of files.entries()) {
    const name = cleanName(originalname);
    const upload = bucket().openUploadStream(name);
    await pipeline(Readable.from([buffer]), upload);
    stored.push({ file: upload.id, name, type: types[i]!, size: buffer.length });
  }
  return stored;
}

/** Files are stored before the entry that names them: where a rule then refuses the entry, they go again. */
export async function keptIfAllowed<T>(
  stored: readonly StoredAttachment[],
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof RuleBroken) await Promise.all(stored.map(({ file }) => bucket().delete(file)));
    throw error;
  }
}

/** An attachment of an entry, to be downloaded. @throws NotFound */
export async function openAttachment(entryId: Types.ObjectId, fileId: Types.ObjectId) {
  const entry = await Entry.findById(entryId).lean<EntryRecord>();
  const attachment = entry?.attachments.find(({ file }) => file.equals(fileId));
  if (!attachment) throw new NotFound('There is no such attachment.');
  return { attachment, stream: bucket().openDownloadStream(fileId) };
}
