import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { FollowUp } from './follow-up.model.js';
import { findFollowUp } from './plan.js';
import { recordSent, updateCopies } from './record-sent.js';

/**
 * A person has looked into the mail server's log and says whether an uncertain message went.
 * @throws RuleBroken when it is not uncertain (any more)
 */
export async function resolveUncertain(
  id: Types.ObjectId,
  outcome: 'went' | 'did not go',
  by: string,
  now: Date,
): Promise<void> {
  const followUp = await findFollowUp(id);
  const sentAt = followUp.claim?.at ?? now;
  const change =
    outcome === 'went'
      ? { state: 'sent' as const, sentAt, stateReasons: [`${by} found that it went.`] }
      : {
          state: 'cancelled' as const,
          stateReasons: [`${by} found that it did not go. Plan it again if it is still wanted.`],
        };
  const { modifiedCount } = await FollowUp.updateOne({ _id: id, state: 'uncertain' }, { $set: change });
  if (modifiedCount === 0) {
    throw new RuleBroken(
      'It is not uncertain any more: the mail server’s answer came, or somebody settled it.',
    );
  }
  if (outcome === 'did not go') return;
  await recordSent([{ ...followUp, sentAt }], now);
  await updateCopies([{ ...followUp, sentAt }]);
}
