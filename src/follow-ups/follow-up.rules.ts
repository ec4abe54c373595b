import type { ReceivedAs } from '../history/entry.rules.js';
import { isHumanAnswer, type EntryFacts } from '../history/entry.rules.js';

/**
 * Where a follow-up is. `planned`: written, not approved. `scheduled`: approved, leaves when due. `sending`: claimed by a
 * worker. `captured`: went to the outbox and to nobody else. `uncertain`: it may have gone; a person decides.
 */
export const followUpStates = ['planned', 'scheduled', 'sending', 'sent', 'captured', 'held', 'failed', 'uncertain', 'cancelled'] as const;
export type FollowUpState = (typeof followUpStates)[number];

export const followUpStateNames: Record<FollowUpState, string> = {
  planned: 'Planned, waits for approval',
  scheduled: 'Approved, will be sent',
  sending: 'Being sent',
  sent: 'Sent',
  captured: 'Captured in the outbox',
  held: 'Held for a person',
  failed: 'Failed',
  uncertain: 'Uncertain: it may have gone',
  cancelled: 'Cancelled',
};

/** Every change of state there is; anything else is refused. */
export const transitions: Record<FollowUpState, readonly FollowUpState[]> = {
  planned: ['scheduled', 'cancelled'],
  scheduled: ['planned', 'sending', 'held', 'cancelled'],
  sending: ['sent', 'captured', 'scheduled', 'failed', 'held', 'uncertain', 'cancelled'],
  held: ['planned', 'scheduled', 'cancelled'],
  failed: ['planned', 'cancelled'],
  // 'sent' also by the very worker that claimed it, when its server's answer came late
  uncertain: ['sent', 'captured', 'cancelled'],
  sent: [],
  captured: [],
  cancelled: [],
};

export const mayBecome = (from: FollowUpState, to: FollowUpState): boolean => transitions[from].includes(to);

/** The states from which this one can be reached: the filter of every update that moves a follow-up. */
export const before = (to: FollowUpState): FollowUpState[] => followUpStates.filter((from) => mayBecome(from, to));

/** States in which a follow-up is still ahead, and an answer cancels it. */
export const openStates = ['planned', 'scheduled', 'held'] as const satisfies readonly FollowUpState[];

/** What a person has to look at. */
export const needsAPerson = ['held', 'failed', 'uncertain'] as const satisfies readonly FollowUpState[];

export type GateContext = {
  /** the address the office has now */
  address: string;
  holderName: string | null;
  /** what stands in the recipient's history, corrections applied */
  entries: readonly (EntryFacts & { recordedAt: Date; receivedAs?: ReceivedAs | null })[];
  /** problems of the rendered text: unknown fields, missing values */
  problems: readonly string[];
};

export type Gated = {
  state: FollowUpState;
  plannedAt: Date;
  to?: { name?: string | null; address?: string | null } | null;
  approval?: { contentHash?: string | null } | null;
  contentHash?: string | null;
  dueAt: Date;
  holderName?: string | null;
};

/** A message this much later than planned, in hours, is held for a person: an outage never turns into a burst. */
export const LATEST_HOURS = 24;

/**
 * The send gate: every reason why this follow-up may not leave, each a sentence. Asked when a page is shown and again
 * after the claim, in the moment of sending. An empty list lets it go.
 */
export function reasonsNotToSend(followUp: Gated, context: GateContext, now: Date): string[] {
  const reasons: string[] = [...context.problems];
  if (!followUp.approval) reasons.push('It is not approved.');
  else if (followUp.approval.contentHash !== followUp.contentHash) reasons.push('It was changed after it was approved. Approve it again.');
  if (!context.address) reasons.push('The office has no email address. Add one to the office.');
  else if (followUp.to?.address !== context.address) {
    reasons.push(`The address of the office is now ${context.address}. Save the follow-up again, so that it goes there.`);
  }
  if (!context.holderName) reasons.push('Nobody holds the office today. Name the holder, or cancel the follow-up.');
  else if ((followUp.holderName ?? '') !== context.holderName) {
    reasons.push(`The office is now held by ${context.holderName}. Save the follow-up again, so that it addresses them.`);
  }
  const answer = context.entries.find((entry) => isHumanAnswer(entry) && entry.recordedAt > followUp.plannedAt);
  if (answer) reasons.push('They answered after this was planned. Cancel it, or plan another one in the light of the answer.');
  if (now.getTime() - followUp.dueAt.getTime() > LATEST_HOURS * 3_600_000) {
    reasons.push(`It is more than ${LATEST_HOURS} hours late. Check that it is still right, then give it a new time.`);
  }
  return reasons;
}

/** Is the reason that somebody answered? Then the follow-up is cancelled rather than held. */
export const answeredSince = (followUp: Gated, { entries }: GateContext): boolean =>
  entries.some((entry) => isHumanAnswer(entry) && entry.recordedAt > followUp.plannedAt);

/** When to try again after a temporary refusal, in minutes from now, by how many attempts were made. Null: give up. */
export function retryMinutes(attempts: number): number | null {
  const minutes = [1, 5, 15, 60, 120, 240, 480];
  return minutes[attempts - 1] ?? null;
}

