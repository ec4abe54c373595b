import type { Types } from 'mongoose';
import { Readable } from 'node:stream';
import type { Deps } from '../deps.js';
import { NotFound, RuleBroken } from '../errors.js';
import { inBackground } from '../in-background.js';
import { Group, importFile } from './mail-group.js';
import { Upload, type UploadRecord } from './upload.model.js';

type File = { originalname: string; buffer: Buffer };

/** So long, in milliseconds, somebody waits for a page; a large file is taken in behind it, and the page says how far. */
const PATIENCE = 1500;

/**
 * Takes in the mail of these files, each a message or an mbox. @returns the record that says how far that is
 * @throws RuleBroken for no file or an empty one
 */
export async function uploadMail(
  files: readonly File[],
  by: Types.ObjectId,
  deps: Deps,
): Promise<Types.ObjectId> {
  if (files.length === 0) throw new RuleBroken('Choose the file of a message, or of a mailbox (mbox).');
  if (files.some(({ buffer }) => buffer.length === 0))
    throw new RuleBroken('One of the files is empty. Choose it again.');
  const { _id } = await Upload.create({
    by,
    at: deps.now(),
    names: files.map(({ originalname }) => originalname.slice(0, 200)),
    size: files.reduce((sum, { buffer }) => sum + buffer.length, 0),
  });
  const work = takeInFiles(_id, files, deps);
  inBackground('taking in uploaded mail', () => work, deps.log);
  // most are quick: then the page that follows has the outcome at once
  await Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
  return _id;
}

async function takeInFiles(upload: Types.ObjectId, files: readonly File[], deps: Deps): Promise<void> {
  const count = { messages: 0, stored: 0, known: 0 };
  const note = (more: object = {}) => Upload.updateOne({ _id: upload }, { $set: { ...count, ...more } });
  const group = new Group(deps, count, note);
  for (const { originalname, buffer } of files)
    await importFile(Readable.from([buffer]), originalname, group);
  await group.takeIn();
  await note({ finishedAt: deps.now() });
}

/** @throws NotFound */
export async function findUpload(id: Types.ObjectId): Promise<UploadRecord> {
  const upload = await Upload.findById(id).lean<UploadRecord>();
  if (!upload) throw new NotFound('There is no such upload.');
  return upload;
}
