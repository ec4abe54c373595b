import { untilDatabaseAnswers } from '../database.js';
import type { Deps } from '../deps.js';
import { readAttachments } from '../history/attachments.js';
import { capture } from '../mail/capture.js';
import { NO_SERVER } from '../mail/captured-message.model.js';
import { compose } from '../mail/message.js';
import { replyAddress } from '../mail/reply-address.js';
import type { Delivery } from '../mail/post.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { HAND_OVER_WITHIN_MINUTES, nextAttempt } from './follow-up.rules.js';
import type { Gate } from './gate-context.js';
import type { Outcome } from './ledger.js';
import { giveBack, reserve } from './limits.js';
import { limitsOf, ofADay } from './limits.rules.js';
import { answeredSince, attachmentIsMissing, reasonsNotToSend } from './send-gate.rules.js';
import {
  waitsFor,
  waitsForAnother,
  waitsForHolder,
  waitsForMail,
  waitsForReading,
  waitsForTrigger,
  type Waiting,
} from './waiting.rules.js';

/** For so many milliseconds from when it was asked the gate is relied on, whatever a process or the database took since. */
const GATE_HOLDS = 10_000;

/** Given back as it was: it was claimed and never handed over. */
export const untouched = ({ nextAttemptAt, attempts }: FollowUpRecord): Outcome => ({
  state: 'scheduled',
  nextAttemptAt,
  attempts: attempts - 1,
});

/** It has to wait: that is no attempt, and its approval stands. */
const deferred = ({ attempts }: FollowUpRecord, { reasons, until }: Waiting): Outcome => ({
  state: 'scheduled',
  stateReasons: reasons,
  nextAttemptAt: until,
  attempts: attempts - 1,
});

/** What becomes of it instead of leaving now; null when it may leave. */
function keptBack(followUp: FollowUpRecord, gate: Gate, now: Date): Outcome | null {
  if (gate.stoppedByHand) {
    const { as, reason } = gate.stoppedByHand;
    return { state: as, stateReasons: [reason], approval: null };
  }
  const unread = waitsForReading(followUp, gate, now) ?? waitsForMail(followUp, gate, now);
  // whatever the mail server said before: it is asked anew
  if (unread) return { ...deferred(followUp, unread), attempts: 0 };
  const stopped = waitsForTrigger(followUp, gate, now);
  if (stopped) return deferred(followUp, stopped);
  const answered = answeredSince(followUp, gate);
  const holder = answered ? null : waitsForHolder(followUp, gate, now);
  // a step is written for whoever is new; while there is nobody, it stays as it is
  if (holder)
    return {
      ...deferred(followUp, holder),
      attempts: 0,
      ...(gate.holderName && { tooEarly: true as const }),
    };
  const waiting = answered ? null : waitsFor(followUp, gate, now);
  if (waiting) return { ...deferred(followUp, waiting), tooEarly: true };
  const reasons = reasonsNotToSend(followUp, gate, now);
  if (reasons.length === 0) {
    const another = waitsForAnother(followUp, gate, now);
    // of two at the same time the first keeps its day
    return another && { ...deferred(followUp, another), ...(!another.soon && { tooEarly: true as const }) };
  }
  return {
    // whether they answered is for whoever reads it to say
    state: answered && !gate.hasUnreadMail ? 'cancelled' : 'held',
    stateReasons: reasons,
    approval: null,
  };
}

/**
 * Hands over what the gate lets go.
 * @param askAgain the gate once more, where the mail server takes its time
 * @returns what came of it, to be written down
 */
export async function send(
  followUp: FollowUpRecord,
  gate: Gate,
  deps: Deps,
  askAgain: () => Promise<Gate>,
): Promise<Outcome> {
  const now = deps.now();
  const kept = keptBack(followUp, gate, now);
  if (kept) return kept;
  const { read: attachments, missing } = await untilDatabaseAnswers(() =>
    readAttachments(followUp.attachments ?? []),
  );
  if (missing.length > 0)
    return { state: 'held', stateReasons: missing.map(attachmentIsMissing), approval: null };
  const { messageId, to, subject, text, html } = followUp;
  const thread = followUp.inReplyTo
    ? { inReplyTo: followUp.inReplyTo, references: followUp.references ?? [] }
    : {};
  const { from, smtp } = deps.post;
  const kind = 'follow-up' as const;
  const replyTo = deps.replies.address
    ? replyAddress(
        deps.replies.address,
        { followUp: String(followUp._id), recipient: String(followUp.recipient) },
        deps.sessionSecret,
      )
    : undefined;
  const content = {
    kind,
    messageId,
    from,
    to,
    replyTo,
    subject,
    text,
    html,
    ...thread,
    attachments,
    date: now,
  };
  const raw = await compose(content).catch(() => null);
  if (!raw)
    return {
      state: 'held',
      stateReasons: ['It cannot be put into the form of a mail. Write it anew.'],
      approval: null,
    };
  if (!smtp || !gate.live) {
    const why = smtp ? 'The campaign is not live, so the message went no further than here.' : NO_SERVER;
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
  // a process that was frozen after its claim, or whose mail server is very slow, has been taken for dead meanwhile
  const inTime = () =>
    deps.now().getTime() - followUp.claim!.at!.getTime() <= HAND_OVER_WITHIN_MINUTES * 60_000;
  if (deps.stopping?.aborted || !inTime()) return untouched(followUp);
  const limits = limitsOf(followUp, gate, deps.limits, now);
  const full = await reserve(limits, gate, now);
  if (full) return deferred(followUp, full);
  const holds = ({ askedAt }: Gate) => deps.now().getTime() - askedAt.getTime() <= GATE_HOLDS;
  // the database was away in between, or this process stood still: whatever happened meanwhile, the gate has not seen it
  if (!holds(gate)) {
    await giveBack(limits);
    return untouched(followUp);
  }
  const stillMay = async () => {
    const again = holds(gate) ? gate : await askAgain();
    return holds(again) && inTime() && again.live && !keptBack(followUp, again, deps.now());
  };
  const delivery = await smtp(raw, { from: from.address, to: to.address }, stillMay);
  if (delivery.outcome === 'deferred' || delivery.outcome === 'refused') await giveBack(ofADay(limits));
  return afterDelivery(delivery, followUp.attempts, gate, deps.now());
}

function afterDelivery(
  { outcome, response }: Delivery,
  attempts: number,
  { place, window }: Gate,
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
  const nextAttemptAt = nextAttempt(attempts, now, place, window);
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
