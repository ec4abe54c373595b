import type { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import type { SignedInUser } from '../users/user.model.js';
import { pageOf, type Page } from '../web/paging.js';
import {
  APPROVALS_A_PAGE,
  isForAnother,
  reasonsNotToApprove,
  reasonsOnceApproved,
  whyTooEarly,
} from './approval.rules.js';
import { approvable } from './approve.js';
import { recipientsOf, type ListedFollowUp } from './follow-up-list.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import { seenHashOf } from './follow-up.rules.js';
import { readGates } from './gate-context.js';

/** The gate is asked about so many of them, the earliest due; the others come up as these are approved. */
const LOOKED_AT = 200;

/** One message that waits for approval, as it will leave. */
export type ToApprove = {
  followUp: FollowUpRecord;
  recipient: ListedFollowUp['recipient'];
  seenHash: string;
  /** what would keep it from leaving at its time, were it approved now */
  reasons: string[];
  /** an approval given now would be over before it leaves: the sentence that says so, or null */
  tooEarly: string | null;
  /** may this reader approve it as it stands */
  mayBeApproved: boolean;
  /** its author reads it, and somebody else has to approve it */
  needsAnother: boolean;
};

type Wanted = { campaign: Types.ObjectId; recipient: Types.ObjectId | null; number: number };

/** What waits for approval in a campaign: those with something in the way first, those for which it is too early last, then by when they are due. */
export async function waitingForApproval(
  { campaign, recipient, number }: Wanted,
  reader: SignedInUser,
  { now, post }: Pick<Deps, 'now' | 'post'>,
): Promise<{ page: Page<ToApprove>; looked: number; of: number }> {
  const filter = { campaign, ...(recipient && { recipient }), state: { $in: approvable } };
  const [followUps, of] = await Promise.all([
    FollowUp.find(filter).sort({ nextAttemptAt: 1, _id: 1 }).limit(LOOKED_AT).lean<FollowUpRecord[]>(),
    FollowUp.countDocuments(filter),
  ]);
  const rows = await lookAt(followUps, reader, post.from, now());
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
    readGates(followUps, from, now, null),
    recipientsOf(followUps.map(({ recipient }) => recipient)),
  ]);
  return followUps.map((followUp, i) => {
    const gate = gates[i]!;
    const leavesAt = new Date(Math.max(followUp.dueAt.getTime(), now.getTime()));
    return {
      followUp,
      recipient: recipients.get(String(followUp.recipient))!,
      seenHash: seenHashOf(followUp, from),
      reasons: reasonsOnceApproved(followUp, gate, leavesAt),
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
