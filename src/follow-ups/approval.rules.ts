import { approvalHolds, type ApprovalRule } from '../campaigns/campaign.rules.js';
import { problemsOf } from './left-over-braces.rules.js';
import { aheadStates, leavingAt, nextTimeOf, type FollowUpState } from './follow-up.rules.js';
import type { Gated, GateContext } from './gated.js';
import { isTooLate, reasonsNotToSend } from './send-gate.rules.js';
import { reasonsApprovalIsVoid } from './void-approval.rules.js';
import { waitsFor } from './waiting.rules.js';

/** So many messages are read, and approved, at once. */
export const APPROVALS_A_PAGE = 20;

type Id = NonNullable<Gated['plannedBy']>;

/** Where four eyes are asked for, somebody other than its author approves. */
export const isForAnother = (
  { plannedBy }: Pick<Gated, 'plannedBy'>,
  { approvalRule }: { approvalRule: ApprovalRule },
  by: Id,
): boolean => approvalRule === 'four eyes' && Boolean(plannedBy) && String(plannedBy) === String(by);

type Timed = Pick<Gated, 'dueAt' | 'nextAttemptAt'> & { state: FollowUpState };

/** The instant it would leave at, were it approved now. */
export const leavesAt = (followUp: Timed, now: Date): Date => leavingAt(nextTimeOf(followUp), now);

/** Is it a person's to approve: nobody has, or what was approved would not leave as it is? */
export const isToApprove = (
  followUp: Timed & Pick<Gated, 'approval' | 'plannedBy'>,
  gate: Pick<GateContext, 'contentHash' | 'from' | 'approvalRule' | 'approvalDays'>,
  now: Date,
): boolean =>
  followUp.state === 'scheduled'
    ? reasonsApprovalIsVoid(followUp, gate, leavesAt(followUp, now)).length > 0
    : aheadStates.some((state) => state === followUp.state);

/** @returns every reason why this person may not approve it, each a sentence; an empty list lets them */
export const reasonsNotToApprove = (
  followUp: Timed & Pick<Gated, 'problems' | 'subject' | 'text' | 'to' | 'holderName' | 'plannedBy'>,
  gate: Pick<GateContext, 'suppressed' | 'approvalRule' | 'approvalDays' | 'latestHours'>,
  by: Id,
  now: Date,
): string[] =>
  [
    ...problemsOf(followUp),
    ...gate.suppressed,
    followUp.to.address ? '' : 'The office has no email address.',
    followUp.holderName ? '' : 'Nobody is named as holding the office on that day.',
    isTooLate(nextTimeOf(followUp), gate.latestHours, now)
      ? 'Its time has passed. Give it a new one first.'
      : '',
    whyTooEarly(followUp, gate, now) ?? '',
    isForAnother(followUp, gate, by)
      ? 'In this campaign somebody other than its author approves a follow-up. Ask another person.'
      : '',
  ].filter(Boolean);

/** @returns a sentence where an approval given now would be over before it leaves, or null */
export const whyTooEarly = (
  followUp: Timed,
  gate: Pick<GateContext, 'approvalRule' | 'approvalDays'>,
  now: Date,
): string | null =>
  nextTimeOf(followUp).getTime() - now.getTime() > approvalHolds(gate)
    ? `An approval holds for ${gate.approvalDays} days, and this is due after that. Approve it nearer to its time.`
    : null;

/** What would still keep it from leaving at its time if somebody approved it now. */
export function reasonsOnceApproved(followUp: Gated & Timed, gate: GateContext, now: Date): string[] {
  const at = leavesAt(followUp, now);
  const approval = { at, contentHash: gate.contentHash, read: true };
  const approved = { ...followUp, nextAttemptAt: nextTimeOf(followUp), approval };
  const paused = waitsFor(approved, { ...gate, stepsBefore: [] }, at)?.reasons ?? [];
  return [...reasonsNotToSend(approved, gate, at), ...paused];
}
