import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { Entry } from '../history/entry.model.js';
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
  if (followUp.state !== 'uncertain') throw notUncertain();
  if (outcome === 'did not go' && (await Entry.exists({ followUp: id })))
    throw new RuleBroken('It stands on the recipient’s timeline as sent: the mail server took it.');
  const sentAt = followUp.claim?.at ?? now;
  const change =
    outcome === 'went'
      ? { state: 'sent' as const, sentAt, stateReasons: [`${by} found that it went.`] }
      : {
          state: 'cancelled' as const,
          stateReasons: [`${by} found that it did not go. Plan it again if it is still wanted.`],
        };
  // history first: should this process end in between, it is still uncertain, and not sent without a trace
  if (outcome === 'went') await recordSent([{ ...followUp, sentAt }], now);
  const { modifiedCount } = await FollowUp.updateOne({ _id: id, state: 'uncertain' }, { $set: change });
  if (modifiedCount === 0) throw notUncertain();
  if (outcome === 'went') await updateCopies([{ ...followUp, sentAt }]);
}

const notUncertain = () =>
  new RuleBroken('It is not uncertain any more: the mail server’s answer came, or somebody settled it.');
