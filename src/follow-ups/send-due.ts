import type { Deps } from '../deps.js';
import { claimDue, settle, settleAbandoned, type Outcome } from './ledger.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { answeredSince, HAND_OVER_WITHIN_MINUTES, nextAttempt, reasonsNotToSend } from './follow-up.rules.js';
import { readGates, type Gate } from './gate-context.js';
import { NO_SERVER } from '../mail/captured-message.model.js';
import { capture } from '../mail/capture.js';
import { compose } from '../mail/message.js';
import { recordSent } from './record-sent.js';

export type Sweep = Record<
  'sent' | 'captured' | 'held' | 'cancelled' | 'deferred' | 'failed' | 'uncertain',
  number
>;

/** How many a worker claims at once: what is in flight, and at most uncertain, when it dies. */
const BATCH = 20;

/**
 * Sends what is approved and due. Several workers may do so at once: each row is claimed by exactly one of them.
 * @returns how many follow-ups came to which end
 */
export async function sendDue(deps: Deps): Promise<Sweep> {
  const sweep: Sweep = { sent: 0, captured: 0, held: 0, cancelled: 0, deferred: 0, failed: 0, uncertain: 0 };
  sweep.uncertain += await settleAbandoned(deps.now());
  await recordSent(deps.now());
  for (;;) {
    const { claimId, claimed, more } = await claimDue(BATCH, deps.now());
    if (claimed.length > 0) {
      const gates = await readGates(claimed, deps.post.from, deps.now());
      const ends = await Promise.all(
        claimed.map((followUp, i) => sendOne(followUp, gates[i]!, claimId, deps)),
      );
      for (const end of ends) sweep[end] += 1;
      await recordSent(
        deps.now(),
        claimed.filter((_, i) => ends[i] === 'sent'),
      );
    }
    if (!more) return sweep;
  }
}

async function sendOne(
  followUp: FollowUpRecord,
  gate: Gate,
  claimId: string,
  deps: Deps,
): Promise<keyof Sweep> {
  const outcome = await outcomeOf(followUp, gate, deps);
  await settle(followUp._id, claimId, outcome);
  return outcome.state === 'scheduled' ? 'deferred' : outcome.state;
}

/** Asks the gate, and hands over what it lets go. */
async function outcomeOf(followUp: FollowUpRecord, gate: Gate, deps: Deps): Promise<Outcome> {
  const now = deps.now();
  const reasons = reasonsNotToSend(followUp, gate, now);
  if (reasons.length > 0) {
    return {
      state: answeredSince(followUp, gate) ? 'cancelled' : 'held',
      stateReasons: reasons,
      approval: null,
    };
  }
  const { messageId, to, subject, text, html } = followUp;
  const raw = await compose({ messageId, from: deps.post.from, to, subject, text, html, date: now });
  if (!deps.post.smtp || !gate.live) {
    const why = deps.post.smtp
      ? 'The campaign is not live, so the message went no further than here.'
      : NO_SERVER;
    await capture({
      messageId,
      kind: 'follow-up',
      followUp: followUp._id,
      to: to.address,
      subject,
      raw,
      why,
      capturedAt: now,
    });
    return { state: 'captured', sentAt: now };
  }
  // a process that was frozen after its claim has been taken for dead meanwhile
  if (deps.now().getTime() - followUp.claim!.at!.getTime() > HAND_OVER_WITHIN_MINUTES * 60_000)
    return { state: 'scheduled' };
  const { outcome, response } = await deps.post.smtp(raw, { from: deps.post.from.address, to: to.address });
  return afterDelivery(outcome, response, followUp.attempts, deps.now());
}

function afterDelivery(
  outcome: 'sent' | 'deferred' | 'refused' | 'uncertain',
  response: string,
  attempts: number,
  now: Date,
): Outcome {
  if (outcome === 'sent') return { state: 'sent', sentAt: now, response };
  if (outcome === 'uncertain') {
    return {
      state: 'uncertain',
      response,
      stateReasons: ['The connection was lost after the message had been handed over: it may have gone.'],
    };
  }
  if (outcome === 'refused')
    return { state: 'failed', response, stateReasons: ['The mail server refused it for good.'] };
  const nextAttemptAt = nextAttempt(attempts, now);
  if (!nextAttemptAt)
    return {
      state: 'failed',
      response,
      stateReasons: [`It was tried ${attempts} times and never got through.`],
    };
  return {
    state: 'scheduled',
    nextAttemptAt,
    response,
    stateReasons: ['The mail server did not take it yet; it is tried again.'],
  };
}
