import type { Types } from 'mongoose';
import { findCampaign } from '../campaigns/campaigns.js';
import { RuleBroken } from '../errors.js';
import type { Address } from '../mail/message.js';
import { assertMayApprove } from '../users/approvers.js';
import { FollowUp } from './follow-up.model.js';
import { before, contentHashOf, seenHashOf } from './follow-up.rules.js';
import { findFollowUp } from './plan.js';

type Approval = { seenHash: string; by: Types.ObjectId; from: Address; now: Date };

/**
 * Approves exactly what the approver was shown; from now on it leaves by itself when it is due.
 * @throws NotAllowed for somebody without the right; RuleBroken when it changed meanwhile, has problems, or is past approving
 */
export async function approveFollowUp(
  id: Types.ObjectId,
  { seenHash, by, from, now }: Approval,
): Promise<void> {
  await assertMayApprove(by);
  const followUp = await findFollowUp(id);
  if (seenHashOf(followUp, from) !== seenHash)
    throw new RuleBroken('Somebody changed it while you were reading. Read it once more, then approve it.');
  if (followUp.problems.length > 0)
    throw new RuleBroken(`It cannot be approved. ${followUp.problems.join(' ')}`);
  if (!followUp.to.address) throw new RuleBroken('It cannot be approved: the office has no email address.');
  if (!followUp.holderName)
    throw new RuleBroken('It cannot be approved: nobody is named as holding the office on that day.');
  const { approval } = await findCampaign(followUp.campaign);
  if (approval === 'four eyes' && followUp.plannedBy?.equals(by))
    throw new RuleBroken(
      'In this campaign somebody other than its author approves a follow-up. Ask another person.',
    );
  const { modifiedCount } = await FollowUp.updateOne(
    {
      _id: id,
      // every saving has its own moment: a new time that was saved meanwhile is not undone
      plannedAt: followUp.plannedAt,
      state: { $in: before('scheduled').filter((state) => state === 'planned' || state === 'held') },
    },
    {
      $set: {
        state: 'scheduled',
        stateReasons: [],
        approval: { by, at: now, contentHash: contentHashOf(followUp, from) },
        attempts: 0,
        nextAttemptAt: followUp.dueAt,
      },
    },
  );
  if (modifiedCount === 0)
    throw new RuleBroken(
      'It cannot be approved any more: it was changed, approved, sent or cancelled meanwhile.',
    );
}

/** Takes the approval back, as long as nothing has left. @throws RuleBroken */
export async function withdrawApproval(id: Types.ObjectId): Promise<void> {
  const { modifiedCount } = await FollowUp.updateOne(
    { _id: id, state: 'scheduled' },
    { $set: { state: 'planned', approval: null } },
  );
  if (modifiedCount > 0) return;
  await findFollowUp(id);
  throw new RuleBroken('There is no approval to withdraw: it is being sent, was sent, or was cancelled.');
}
