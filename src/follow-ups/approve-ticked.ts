import type { Types } from 'mongoose';
import { NotAllowed, NotFound, RuleBroken } from '../errors.js';
import { assertMayApprove } from '../users/approvers.js';
import { approveFollowUp, type Approval } from './approve.js';
import { recipientsOf, type ListedFollowUp } from './follow-up-list.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';

/** One that was not approved; `followUp` is null where the campaign has none of this id. */
export type Refused = {
  followUp: Pick<ListedFollowUp, '_id' | 'subject' | 'recipient'> | null;
  why: string;
};

/**
 * Approves each of these as its reader was shown it. One that is refused keeps none of the others back.
 * @param ticked the hash of what was shown, by the id of the follow-up
 * @throws NotAllowed for somebody without the right, before anything is approved
 */
export async function approveTicked(
  campaign: Types.ObjectId,
  ticked: ReadonlyMap<string, string>,
  approval: Omit<Approval, 'seenHash'>,
): Promise<{ approved: number; refused: Refused[] }> {
  await assertMayApprove(approval.by);
  const found = await FollowUp.find(
    { _id: { $in: [...ticked.keys()] }, campaign },
    { subject: 1, recipient: 1 },
  ).lean<FollowUpRecord[]>();
  const recipients = await recipientsOf(found.map(({ recipient }) => recipient));
  const followUpOf = new Map(
    found.map((one) => [
      String(one._id),
      { _id: one._id, subject: one.subject, recipient: recipients.get(String(one.recipient))! },
    ]),
  );
  const refused: Refused[] = [];
  for (const [id, seenHash] of ticked) {
    const followUp = followUpOf.get(id) ?? null;
    const why = followUp
      ? await whyRefused(() => approveFollowUp(followUp._id, { ...approval, seenHash }))
      : 'This campaign has no such message.';
    if (why) refused.push({ followUp, why });
  }
  return { approved: ticked.size - refused.length, refused };
}

async function whyRefused(action: () => Promise<void>): Promise<string | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (error instanceof RuleBroken || error instanceof NotFound || error instanceof NotAllowed)
      return error.message;
    throw error;
  }
}
