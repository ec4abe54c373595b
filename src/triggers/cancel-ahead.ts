import type { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { openStates } from '../follow-ups/follow-up.rules.js';
import { Firing } from './firing.model.js';

/**
 * Cancels what a trigger set in motion and has not gone. Its firings are marked first: as long as a follow-up is ahead, the
 * next sweep finds it and finishes this.
 * @param recipient null: for all of them
 * @returns for how many recipients something was cancelled
 */
export async function cancelAhead(
  trigger: Types.ObjectId,
  recipient: Types.ObjectId | null,
  reason: string,
): Promise<number> {
  const ahead = { trigger, state: { $in: openStates }, ...(recipient && { recipient }) };
  const rows = await FollowUp.find(ahead, { recipient: 1 }).lean();
  const recipients = [...new Set(rows.map((row) => String(row.recipient)))];
  const begun = { trigger, state: 'begun' as const, ...(recipient && { to: recipient }) };
  await Firing.updateMany(
    { $or: [{ trigger, to: { $in: recipients } }, begun] },
    { $set: { state: 'cancelled', said: reason } },
  );
  if (recipients.length === 0) return 0;
  await FollowUp.updateMany(ahead, { $set: { state: 'cancelled', stateReasons: [reason] } });
  return recipients.length;
}
