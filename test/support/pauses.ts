import type { Types } from 'mongoose';
import { resumeRecipient } from '../../src/recipients/pause.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { TestApp } from './app.js';

/** Resumes whatever pause stands, as somebody does who has just read of it. */
export async function resume(
  { _id }: Pick<RecipientRecord, '_id'>,
  by: Types.ObjectId,
  { clock }: Pick<TestApp, 'clock'>,
): Promise<void> {
  const { pausedAt } = await findRecipient(_id);
  if (pausedAt) await resumeRecipient(_id, pausedAt.toISOString(), { by, now: clock.now() });
}
