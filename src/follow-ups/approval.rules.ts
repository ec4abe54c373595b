import type { ApprovalRule } from '../campaigns/campaign.rules.js';
import type { Gated, GateContext } from './send-gate.rules.js';

type Id = NonNullable<Gated['plannedBy']>;

/** Where four eyes are asked for, somebody other than its author approves. */
export const isForAnother = (
  { plannedBy }: Pick<Gated, 'plannedBy'>,
  { approvalRule }: { approvalRule: ApprovalRule },
  by: Id,
): boolean => approvalRule === 'four eyes' && Boolean(plannedBy) && String(plannedBy) === String(by);

/** @returns every reason why this person may not approve it, each a sentence; an empty list lets them */
export const reasonsNotToApprove = (
  followUp: Pick<Gated, 'problems' | 'to' | 'holderName' | 'plannedBy'>,
  gate: Pick<GateContext, 'suppressed' | 'approvalRule'>,
  by: Id,
): string[] =>
  [
    ...followUp.problems,
    ...gate.suppressed,
    followUp.to.address ? '' : 'The office has no email address.',
    followUp.holderName ? '' : 'Nobody is named as holding the office on that day.',
    isForAnother(followUp, gate, by)
      ? 'In this campaign somebody other than its author approves a follow-up. Ask another person.'
      : '',
  ].filter(Boolean);
