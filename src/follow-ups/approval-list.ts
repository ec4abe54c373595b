import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { Deps } from '../deps.js';
import type { SignedInUser } from '../users/user.model.js';
import { pageOf, type Page } from '../web/paging.js';
import {
  APPROVALS_A_PAGE,
  isForAnother,
  leavesAt,
  reasonsNotToApprove,
  reasonsOnceApproved,
  whyTooEarly,
} from './approval.rules.js';
import { recipientsOf, type ListedFollowUp } from './follow-up-list.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { seenHashOf } from './follow-up.rules.js';
import { readGates } from './gate-context.js';
import { reasonsApprovalIsVoid } from './void-approval.rules.js';
import { toApproveAgain } from './void-approvals.js';

/** The gate is asked about so many of them, the earliest due; the others come up as these are approved. */
const LOOKED_AT = 200;

/** One message that waits for approval, as it will leave. */
export type ToApprove = {
  followUp: FollowUpRecord;
  recipient: ListedFollowUp['recipient'];
  seenHash: string;
  /** why the approval that it has would not count when it is due */
  voidBecause: string[];
  /** what would keep it from leaving at its time, were it approved now */
  reasons: string[];
  /** an approval given now would be over before it leaves: the sentence that says so, or null */
  tooEarly: string | null;
  /** may this reader approve it as it stands */
  mayBeApproved: boolean;
  /** its author reads it, and somebody else has to approve it */
  needsAnother: boolean;
};

type Wanted = { campaign: CampaignRecord; recipient: Types.ObjectId | null; number: number };

/** What waits for approval in a campaign, or has one that would not count: those with something in the way first, those for which it is too early last, then by when they are due. */
export async function waitingForApproval(
  { campaign, recipient, number }: Wanted,
  reader: SignedInUser,
  { now, post }: Pick<Deps, 'now' | 'post'>,
): Promise<{ page: Page<ToApprove>; looked: number; of: number }> {
  const at = now();
  const filter = {
    campaign: campaign._id,
    ...(recipient && { recipient }),
    $or: [{ state: { $in: ['planned' as const, 'held' as const] } }, toApproveAgain(campaign, post.from, at)],
  };
  const [followUps, of] = await Promise.all([
    FollowUp.find(filter).sort({ nextAttemptAt: 1, _id: 1 }).limit(LOOKED_AT).lean<FollowUpRecord[]>(),
    FollowUp.countDocuments(filter),
  ]);
  const rows = await lookAt(followUps, reader, post.from, at);
  const last = Math.max(1, Math.ceil(rows.length / APPROVALS_A_PAGE));
  const page = pageOf(problemsFirst(rows), Math.min(number, last), APPROVALS_A_PAGE);
  return { page, looked: rows.length, of };
}

async function lookAt(
  followUps: readonly FollowUpRecord[],
  reader: SignedInUser,
  from: Deps['post']['from'],
  now: Date,
): Promise<ToApprove[]> {
  if (followUps.length === 0) return [];
  const [gates, recipients] = await Promise.all([
    readGates(followUps, from, now, null, (followUp) => leavesAt(followUp, now)),
    recipientsOf(followUps.map(({ recipient }) => recipient)),
  ]);
  return followUps.map((followUp, i) => {
    const gate = gates[i]!;
    return {
      followUp,
      recipient: recipients.get(String(followUp.recipient))!,
      seenHash: seenHashOf(followUp, from),
      voidBecause: followUp.approval ? reasonsApprovalIsVoid(followUp, gate, leavesAt(followUp, now)) : [],
      reasons: reasonsOnceApproved(followUp, gate, now),
      tooEarly: whyTooEarly(followUp, gate, now),
      mayBeApproved: reader.mayApprove && reasonsNotToApprove(followUp, gate, reader._id, now).length === 0,
      needsAnother: reader.mayApprove && isForAnother(followUp, gate, reader._id),
    };
  });
}

const problemsFirst = (rows: readonly ToApprove[]): ToApprove[] => {
  const rank = ({ reasons, needsAnother, tooEarly }: ToApprove) =>
    tooEarly ? 2 : reasons.length > 0 || needsAnother ? 0 : 1;
  return rows.toSorted(
    (a, b) => rank(a) - rank(b) || a.followUp.dueAt.getTime() - b.followUp.dueAt.getTime(),
  );
};
