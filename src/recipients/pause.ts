import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { Recipient } from './recipient.model.js';

/** Nothing is sent to them while it stands: the gate holds what is due. @throws RuleBroken when it stands already */
export async function pauseRecipient(
  id: Types.ObjectId,
  reason: string,
  by: Types.ObjectId,
  now: Date,
): Promise<void> {
  const { matchedCount } = await Recipient.updateOne(
    { _id: id, pausedAt: null },
    { $set: { pausedAt: now, pausedBy: by, pauseReason: reason } },
  );
  if (matchedCount === 0)
    throw new RuleBroken('Writing to them is paused already. Read the reason on the recipient’s page.');
}

/** What was held meanwhile stays held, so that nothing leaves in a burst: a person gives it a new time. */
export async function resumeRecipient(id: Types.ObjectId): Promise<void> {
  await Recipient.updateOne({ _id: id }, { $unset: { pausedAt: 1, pausedBy: 1, pauseReason: 1 } });
}
