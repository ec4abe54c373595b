import type { Types } from 'mongoose';
import { NotFound, RuleBroken } from '../errors.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { before, openStates } from './follow-up.rules.js';

/** Cancels everything still ahead for a recipient. @returns how many follow-ups that were */
export async function cancelOpen(recipient: Types.ObjectId, reason: string): Promise<number> {
  const change = { $set: { state: 'cancelled' as const, stateReasons: [reason] } };
  const { modifiedCount } = await FollowUp.updateMany({ recipient, state: { $in: openStates } }, change);
  return modifiedCount;
}

/** What an answer, or something else, put an end to, as a sentence after another one. */
export const cancelledInWords = (count: number, because = ', because they answered'): string =>
  count === 0
    ? ''
    : ` ${count === 1 ? 'One planned follow-up is' : `${count} planned follow-ups are`} cancelled${because}.`;

/** @throws NotFound, or RuleBroken when it has left already or is just leaving */
export async function cancelFollowUp(id: Types.ObjectId, reason: string): Promise<void> {
  const allowed = before('cancelled').filter((state) => state !== 'sending');
  const { modifiedCount } = await FollowUp.updateOne(
    { _id: id, state: { $in: allowed } },
    { $set: { state: 'cancelled', stateReasons: [reason] } },
  );
  if (modifiedCount > 0) return;
  const followUp = await FollowUp.findById(id, { state: 1 }).lean<FollowUpRecord>();
  if (!followUp) throw new NotFound('There is no such follow-up.');
  throw new RuleBroken(
    'It cannot be cancelled any more: it has been sent, is being sent, or was cancelled already.',
  );
}
