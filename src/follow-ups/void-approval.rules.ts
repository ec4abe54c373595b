import { approvalHolds } from '../campaigns/campaign.rules.js';
import type { Gated, GateContext } from './gated.js';

type Approved = Pick<Gated, 'approval' | 'plannedBy'>;
type Asked = Pick<GateContext, 'contentHash' | 'from' | 'approvalRule' | 'approvalDays'>;

/**
 * Is it known that a person read it before it was approved? Saving approves in the name of its author, so somebody else is
 * always a reader; of an author's approval from before this was noted nobody can tell, and it counts as unread.
 */
export const wasRead = ({ approval, plannedBy }: Approved): boolean =>
  Boolean(approval?.read || (approval?.by && String(approval.by) !== String(plannedBy)));

/**
 * An approval counts for exactly what was approved, for as long as the campaign says, and under the rule that the campaign has
 * now, whatever it was when it was given.
 * @param at the instant it would leave at
 * @returns why there is none that counts then, each a sentence; an empty list where there is
 */
export function reasonsApprovalIsVoid(followUp: Approved, asked: Asked, at: Date): string[] {
  const { approval, plannedBy } = followUp;
  if (!approval) return ['Nobody has approved it yet.'];
  const { approvalRule, approvalDays, contentHash, from } = asked;
  return [
    approval.contentHash !== contentHash && `${whatIsOther(approval.from, from)} ${READ_AGAIN}`,
    approval.at &&
      at.getTime() - approval.at.getTime() > approvalHolds(asked) &&
      `It was approved more than ${approvalDays} days before it would leave, and an approval holds no longer. Approve it again nearer to its time.`,
    approvalRule === 'one' &&
      !wasRead(followUp) &&
      'Saving it approved it, and this campaign asks for a person by now. Have it read and approved.',
    approvalRule === 'four eyes' &&
      approval.by &&
      String(approval.by) === String(plannedBy) &&
      'Its author approved it, and this campaign asks for somebody else. Have it approved by another person.',
  ].filter((reason): reason is string => typeof reason === 'string' && reason !== '');
}

const READ_AGAIN = 'Read it once more and approve it again.';

/** The sender is a setting, and may change without anybody having touched a follow-up. */
const whatIsOther = (approved: string | null | undefined, from: string): string =>
  approved && approved !== from
    ? `It was approved as mail from ${approved}, and would leave from ${from}.`
    : 'What would leave is not what was approved.';
