import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import type { Address } from '../mail/message.js';
import { assertMayApprove } from '../users/approvers.js';
import { approvalOf } from './approval-by-saving.js';
import { isToApprove, leavesAt, reasonsNotToApprove } from './approval.rules.js';
import { stopSending } from './cancel.js';
import { FollowUp } from './follow-up.model.js';
import { seenHashOf } from './follow-up.rules.js';
import { readGates } from './gate-context.js';
import { findFollowUp } from './plan.js';

export type Approval = { seenHash: string; by: Types.ObjectId; from: Address; now: Date };

/**
 * Approves exactly what the approver was shown; from now on it leaves by itself when it is due. What is approved already is
 * approved again where that would not count.
 * @throws NotAllowed for somebody without the right; RuleBroken when it changed meanwhile, may not be approved, or is
 * past approving
 */
export async function approveFollowUp(
  id: Types.ObjectId,
  { seenHash, by, from, now }: Approval,
): Promise<void> {
  await assertMayApprove(by);
  const followUp = await findFollowUp(id);
  if (seenHashOf(followUp, from) !== seenHash)
    throw new RuleBroken('Somebody changed it while you were reading. Read it once more, then approve it.');
  const [gate] = await readGates([followUp], from, now, null, (one) => leavesAt(one, now));
  if (!isToApprove(followUp, gate!, now)) throw new RuleBroken(NOT_ANY_MORE);
  const reasons = reasonsNotToApprove(followUp, gate!, by, now);
  if (reasons.length > 0) throw new RuleBroken(`It cannot be approved. ${reasons.join(' ')}`);
  const { state, plannedAt, dueAt, messageId, approval } = followUp;
  // approved before, it goes on where it was put off to, or is tried again
  const fromTheStart =
    state === 'scheduled' ? {} : { state: 'scheduled', stateReasons: [], attempts: 0, nextAttemptAt: dueAt };
  const { modifiedCount } = await FollowUp.updateOne(
    // every saving has its own moment, and a cadence moves its steps without one: a new time is not undone
    { _id: id, plannedAt, dueAt, messageId, state, 'approval.at': approval?.at ?? null },
    {
      $set: {
        ...fromTheStart,
        approval: { ...approvalOf(followUp, { by, at: now, from }), read: true },
      },
    },
  );
  if (modifiedCount === 0) throw new RuleBroken(NOT_ANY_MORE);
}

const NOT_ANY_MORE = 'It cannot be approved any more: it was changed, approved, sent or cancelled meanwhile.';

/**
 * Takes the approval back. Where it is with a worker and has not been handed over, it is held instead of sent.
 * @param reason a sentence that says who did it
 * @returns whether it is just being sent
 * @throws NotFound, RuleBroken
 */
export async function withdrawApproval(id: Types.ObjectId, reason: string): Promise<{ leaving: boolean }> {
  const withdraw = async (): Promise<boolean> => {
    const { modifiedCount } = await FollowUp.updateOne(
      { _id: id, state: 'scheduled' },
      { $set: { state: 'planned', approval: null } },
    );
    return modifiedCount > 0;
  };
  if (await withdraw()) return { leaving: false };
  if (await stopSending(id, reason, 'held')) return { leaving: true };
  // one that was given back in between
  if (await withdraw()) return { leaving: false };
  await findFollowUp(id);
  throw new RuleBroken('There is no approval to withdraw: it was sent, withdrawn or cancelled already.');
}
