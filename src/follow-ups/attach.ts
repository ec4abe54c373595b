import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import type { Attachment } from '../history/attachment.model.js';
import { deleteFiles, storeAttachments, type Upload } from '../history/attachments.js';
import { Entry } from '../history/entry.model.js';
import { FollowUp } from './follow-up.model.js';

/** What the attachments of one mail may have together, in bytes. Encoded they grow by a third, and many mail servers take no more. */
const MAX_ATTACHED_BYTES = 10 * 1024 * 1024;

/** Stores what is to leave with a mail beside what is attached already. @throws RuleBroken and stores nothing */
export async function storeForMail(
  files: readonly Upload[],
  kept: readonly Attachment[] = [],
): Promise<Attachment[]> {
  const sizes = [...files.map(({ buffer }) => buffer.length), ...kept.map(({ size }) => size)];
  if (files.length > 0 && sizes.reduce((sum, size) => sum + size, 0) > MAX_ATTACHED_BYTES)
    throw new RuleBroken(
      'One mail may have attachments of up to 10 MB together, and these have more. Choose fewer or smaller ones.',
    );
  return storeAttachments(files);
}

/** Of what is attached, what is not to be taken away. @param remove ids of files */
export const staying = (
  attachments: readonly Attachment[] | null | undefined,
  remove: readonly string[] = [],
): Attachment[] => (attachments ?? []).filter(({ file }) => !remove.includes(String(file)));

/** Deletes those that nothing of the recipient refers to any more: another follow-up or the history may. */
export async function deleteUnused(
  recipient: Types.ObjectId,
  attachments: readonly Attachment[],
): Promise<void> {
  for (const attachment of attachments) {
    const refers = { recipient, 'attachments.file': attachment.file };
    if ((await FollowUp.exists(refers)) || (await Entry.exists(refers))) continue;
    await deleteFiles([attachment]);
  }
}
