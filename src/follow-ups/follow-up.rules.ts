import { createHash } from 'node:crypto';
import { isHumanAnswer, type EntryFacts } from '../history/entry.rules.js';
import type { Address } from '../mail/message.js';

/**
 * Where a follow-up is. `planned`: written, not approved. `scheduled`: approved, leaves when due. `sending`: claimed by a
 * worker. `captured`: went to the outbox and to nobody else. `uncertain`: it may have gone; a person decides.
 */
export const followUpStates = [
  'planned',
  'scheduled',
  'sending',
  'sent',
  'captured',
  'held',
  'failed',
  'uncertain',
  'cancelled',
] as const;
export type FollowUpState = (typeof followUpStates)[number];

export const followUpStateNames: Record<FollowUpState, string> = {
  planned: 'Waits for approval',
  scheduled: 'Approved',
  sending: 'Being sent',
  sent: 'Sent',
  captured: 'Captured in the outbox',
  held: 'Held for a person',
  failed: 'Failed',
  uncertain: 'Uncertain: it may have gone',
  cancelled: 'Cancelled',
};

/** Every change of state there is; anything else is refused. */
const transitions: Record<FollowUpState, readonly FollowUpState[]> = {
  planned: ['planned', 'scheduled', 'cancelled'],
  scheduled: ['planned', 'sending', 'held', 'cancelled'],
  sending: ['sent', 'captured', 'scheduled', 'failed', 'held', 'uncertain', 'cancelled'],
  held: ['planned', 'scheduled', 'cancelled'],
  failed: ['planned', 'cancelled'],
  // by a person; or by the very worker that claimed it, when the server's answer came late
  uncertain: ['sent', 'captured', 'failed', 'scheduled', 'cancelled'],
  sent: [],
  captured: [],
  cancelled: [],
};

export const mayBecome = (from: FollowUpState, to: FollowUpState): boolean => transitions[from].includes(to);

/** The states from which this one can be reached: the filter of every update that moves a follow-up. */
export const before = (to: FollowUpState): FollowUpState[] =>
  followUpStates.filter((from) => mayBecome(from, to));

/** States in which a follow-up is still to come. */
export const aheadStates = ['planned', 'scheduled', 'held'] as const satisfies readonly FollowUpState[];

/** States that an answer ends: whatever is to come, and what failed and might be planned again. */
export const openStates = [...aheadStates, 'failed'] as const satisfies readonly FollowUpState[];

/** States that a person has to look at. */
export const needsAPerson = ['held', 'failed', 'uncertain'] as const satisfies readonly FollowUpState[];

export type Content = {
  messageId: string;
  to: Address;
  subject: string;
  text: string;
  html: string;
};

/** A hash (SHA-256, hex) of everything that will leave but the time of sending; an approval is bound to it. */
export const contentHashOf = ({ messageId, to, subject, text, html }: Content, from: Address): string =>
  createHash('sha256')
    .update(JSON.stringify([messageId, from.name, from.address, to.name, to.address, subject, text, html]))
    .digest('hex');

export type Gated = {
  plannedAt: Date;
  dueAt: Date;
  to: Address;
  holderName: string;
  problems: readonly string[];
  /** the hash that was approved */
  approval?: { contentHash?: string | null } | null;
};

export type GateContext = {
  /** the hash of what would leave now */
  contentHash: string;
  /** the address the office has now */
  officeEmail: string;
  /** who holds the office now, or null when it is vacant */
  holderName: string | null;
  /** what stands in the recipient's history, superseded entries left out */
  entries: readonly (EntryFacts & { recordedAt: Date })[];
};

/** A message this much later than planned, in hours, is held for a person: an outage never turns into a burst. */
export const LATEST_HOURS = 24;

/** Did a person on the other side speak to us after this was planned? Then it is cancelled rather than held. */
export const answeredSince = ({ plannedAt }: Gated, { entries }: GateContext): boolean =>
  entries.some((entry) => isHumanAnswer(entry) && entry.recordedAt >= plannedAt);

/**
 * The send gate. Asked when a page is shown, and again after the claim, in the moment of sending.
 * @param now the instant it would leave at
 * @returns every reason why it may not leave, each a sentence that says how to clear it; an empty list lets it go
 */
export function reasonsNotToSend(followUp: Gated, context: GateContext, now: Date): string[] {
  const reasons: string[] = [...followUp.problems];
  if (!followUp.approval) reasons.push('Nobody has approved it yet.');
  else if (followUp.approval.contentHash !== context.contentHash) {
    reasons.push('What would leave is not what was approved. Read it once more and approve it again.');
  }
  if (!context.officeEmail)
    reasons.push('The office has no email address. Add one to the office, then save the follow-up again.');
  else if (followUp.to.address !== context.officeEmail) {
    reasons.push(
      'The address of the office has changed since. Save the follow-up again, so that it goes to the new one.',
    );
  }
  if (!context.holderName)
    reasons.push('Nobody is named as holding the office. Name the holder, then save the follow-up again.');
  else if (followUp.holderName !== context.holderName) {
    reasons.push(
      `The office is now held by ${context.holderName}. Save the follow-up again, so that it addresses them.`,
    );
  }
  if (answeredSince(followUp, context)) {
    reasons.push(
      'They answered after this was planned. Cancel it, and plan another one in the light of the answer.',
    );
  }
  if (now.getTime() - followUp.dueAt.getTime() > LATEST_HOURS * 3_600_000) {
    reasons.push(
      `It is more than ${LATEST_HOURS} hours late. Check that it is still right and give it a new time.`,
    );
  }
  return reasons;
}

const retryAfterMinutes = [1, 5, 15, 60, 120, 240, 480];

/**
 * When to try again after a temporary refusal.
 * @param attempts how many were made, from 1
 * @returns the instant, or null when it was tried often enough
 */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const minutes = retryAfterMinutes[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}

/** How long a claim may stand, in minutes, before its worker is taken for dead and the row becomes uncertain. */
export const CLAIM_MINUTES = 10;

/** A worker that was frozen for longer than this, in minutes, hands nothing over any more: half of the above. */
export const HAND_OVER_WITHIN_MINUTES = 5;
