import { approvalHolds, type ApprovalRule } from '../campaigns/campaign.rules.js';
import type { Gated, GateContext } from './gated.js';
import { isTooLate, reasonsNotToSend } from './send-gate.rules.js';

/** So many messages are read, and approved, at once. */
export const APPROVALS_A_PAGE = 20;

type Id = NonNullable<Gated['plannedBy']>;

/** Where four eyes are asked for, somebody other than its author approves. */
export const isForAnother = (
  { plannedBy }: Pick<Gated, 'plannedBy'>,
  { approvalRule }: { approvalRule: ApprovalRule },
  by: Id,
): boolean => approvalRule === 'four eyes' && Boolean(plannedBy) && String(plannedBy) === String(by);

/** @returns every reason why this person may not approve it, each a sentence; an empty list lets them */
export const reasonsNotToApprove = (
  followUp: Pick<Gated, 'problems' | 'to' | 'holderName' | 'plannedBy' | 'dueAt'>,
  gate: Pick<GateContext, 'suppressed' | 'approvalRule' | 'approvalDays' | 'latestHours'>,
  by: Id,
  now: Date,
): string[] =>
  [
    ...followUp.problems,
    ...gate.suppressed,
    followUp.to.address ? '' : 'The office has no email address.',
    followUp.holderName ? '' : 'Nobody is named as holding the office on that day.',
    isTooLate(followUp.dueAt, gate.latestHours, now) ? 'Its time has passed. Give it a new one first.' : '',
    whyTooEarly(followUp, gate, now) ?? '',
    isForAnother(followUp, gate, by)
      ? 'In this campaign somebody other than its author approves a follow-up. Ask another person.'
      : '',
  ].filter(Boolean);

/** @returns a sentence where an approval given now would be over before it leaves, or null */
export const whyTooEarly = (
  { dueAt }: Pick<Gated, 'dueAt'>,
  gate: Pick<GateContext, 'approvalRule' | 'approvalDays'>,
  now: Date,
): string | null =>
  dueAt.getTime() - now.getTime() > approvalHolds(gate)
    ? `An approval holds for ${gate.approvalDays} days, and this is due after that. Approve it nearer to its time.`
    : null;

/**
 * What would still keep it from leaving if somebody approved it now.
 * @param leavesAt the instant it would leave at
 */
export function reasonsOnceApproved(followUp: Gated, gate: GateContext, leavesAt: Date): string[] {
  const approval = { at: leavesAt, contentHash: gate.contentHash, read: true };
  return reasonsNotToSend({ ...followUp, nextAttemptAt: followUp.dueAt, approval }, gate, leavesAt);
}
