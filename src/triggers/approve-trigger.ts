import type { Types } from 'mongoose';
import { sendingOf } from '../campaigns/campaigns.js';
import { RuleBroken } from '../errors.js';
import { assertMayApprove } from '../users/approvers.js';
import { reasonNotToApprove } from './approval.rules.js';
import { findTrigger, readTrigger } from './read-trigger.js';
import { Trigger } from './trigger.model.js';

/**
 * Approves exactly what the approver was shown; from now on it is set in motion when its day comes near.
 * @param seen the hash of what was shown
 * @throws NotAllowed for somebody without the right; RuleBroken when it changed meanwhile, or they may not approve it
 */
export async function approveTrigger(
  id: Types.ObjectId,
  { seen, by, now }: { seen: string; by: Types.ObjectId; now: Date },
): Promise<void> {
  await assertMayApprove(by);
  const { trigger, campaign, hash } = await readTrigger(await findTrigger(id));
  if (seen !== hash)
    throw new RuleBroken(
      'Somebody changed the trigger, or the cadence it plans, while you were reading. Nothing was approved: read it once more.',
    );
  const reason = reasonNotToApprove(trigger, { approvalRule: sendingOf(campaign).approval, by });
  if (reason) throw new RuleBroken(reason);
  const { matchedCount } = await Trigger.updateOne(
    { _id: id, changedAt: trigger.changedAt, removedAt: null },
    { $set: { approval: { by, at: now, hash } } },
  );
  if (matchedCount === 0)
    throw new RuleBroken(
      'It was changed or removed in this moment. Nothing was approved: read it once more.',
    );
}
