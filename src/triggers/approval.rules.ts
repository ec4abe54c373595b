import { createHash } from 'node:crypto';
import type { ApprovalRule } from '../campaigns/campaign.rules.js';
import type { TriggerRecord } from './trigger.model.js';

type Said = Pick<
  TriggerRecord,
  | 'campaign'
  | 'track'
  | 'milestone'
  | 'effect'
  | 'days'
  | 'side'
  | 'basis'
  | 'cadence'
  | 'ask'
  | 'below'
  | 'staff'
  | 'text'
  | 'until'
>;

/**
 * A hash (SHA-256, hex) of everything a trigger says; an approval is bound to it.
 * @param seenSteps the hash of what its cadence says now; empty where it plans none
 */
export const triggerHashOf = (trigger: Said, seenSteps: string): string => {
  const { campaign, track, milestone, effect, days, side, basis, cadence, ask, below, staff, text, until } =
    trigger;
  const ids = [campaign, track, milestone, cadence, ask].map((id) => String(id ?? ''));
  const people = (staff ?? []).map(String).toSorted();
  const words = [effect, days, side, basis, below ?? '', text, until, seenSteps];
  return createHash('sha256')
    .update(JSON.stringify([ids, people, words]))
    .digest('hex');
};

/** `changed`: what was approved is not what it says now. `own`: its author approved it, and somebody else has to. */
export type ApprovalState = 'approved' | 'waits' | 'changed' | 'own';

type Approvable = Pick<TriggerRecord, 'author' | 'approval'>;

export function approvalStateOf(
  { author, approval }: Approvable,
  { hash, approvalRule }: { hash: string; approvalRule: ApprovalRule },
): ApprovalState {
  if (!approval) return 'waits';
  if (approval.hash !== hash) return 'changed';
  return approvalRule === 'four eyes' && String(approval.by) === String(author) ? 'own' : 'approved';
}

export const approvalStateInWords: Record<ApprovalState, string> = {
  approved: 'Approved.',
  waits: 'It waits for approval and does nothing until then.',
  changed:
    'It, or the cadence it plans, was changed after it was approved. The approval is void, and it does nothing until it is approved again.',
  own: 'Its author approved it, and this campaign asks for somebody else. It does nothing until another person approves it.',
};

/** Why this person may not approve it, as a sentence; null where they may. */
export const reasonNotToApprove = (
  { author }: Pick<Approvable, 'author'>,
  { approvalRule, by }: { approvalRule: ApprovalRule; by: unknown },
): string | null =>
  approvalRule === 'four eyes' && String(author) === String(by)
    ? 'You wrote it, and in this campaign somebody else approves. Ask another person to read it.'
    : null;
