import type { SignedInUser } from '../users/user.model.js';
import { instantOf } from '../dates.js';
import { RuleBroken } from '../errors.js';
import { cancelOpen } from '../follow-ups/cancel.js';
import { appendEntry } from '../history/append-entry.js';
import { Entry } from '../history/entry.model.js';
import { findCreated, type FromForm } from '../stored-once.js';
import { decisions, type Decision, type DecisionForm } from './decision.form.js';
import type { RecipientRecord } from './recipient.model.js';

/**
 * Records in history what was decided about a recipient; the clock and the status follow from that. Closing also cancels what
 * is planned. @returns how many follow-ups were cancelled @throws RuleBroken where it is so already
 */
export async function decide(
  asRead: RecipientRecord,
  decision: Decision,
  form: DecisionForm & FromForm,
  { by, now }: { by: SignedInUser; now: Date },
): Promise<{ cancelled: number }> {
  const { _id: recipient, campaign } = asRead;
  const { on, until, reason, fromForm } = form;
  if (!(await findCreated(Entry, form))) refuseWhatIsSo(decision, asRead, now);
  await appendEntry({
    campaign,
    recipient,
    kind: decisions[decision],
    direction: 'none',
    occurredAt: on ? instantOf(on, '12:00', 'UTC')! : now,
    precision: on ? 'day' : 'time',
    text: reason,
    ...(until && { until }),
    ...(fromForm && { fromForm }),
    recordedAt: now,
    recordedBy: by._id,
  });
  if (decision !== 'closings') return { cancelled: 0 };
  return { cancelled: await cancelOpen(recipient, `The matter was closed: ${reason}`) };
}

function refuseWhatIsSo(
  decision: Decision,
  { engagement, clockPausedFrom, clockPausedUntil }: RecipientRecord,
  now: Date,
): void {
  const isPaused = clockPausedFrom && (!clockPausedUntil || clockPausedUntil > now);
  if (decision === 'closings' && engagement === 'closed')
    throw new RuleBroken('The matter is closed already.');
  if (decision === 'reopenings' && engagement !== 'closed') throw new RuleBroken('The matter is not closed.');
  if (decision === 'clock-resumptions' && !isPaused) throw new RuleBroken('The clock is not paused.');
}
