import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import type { CalledOff } from '../follow-ups/cancel.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { openStates } from '../follow-ups/follow-up.rules.js';

export const NONE_AHEAD = 'No step of a cadence is ahead of them: it has ended, or was stopped already.';

/**
 * Cancels every step that is ahead of a recipient, and one that is just being sent unless it goes.
 * @returns how many were cancelled, and how many are just being sent
 */
export async function cancelSteps(
  recipient: Types.ObjectId,
  reason: string,
  calledOff?: CalledOff,
): Promise<{ cancelled: number; leaving: number }> {
  const steps = { recipient, cadence: { $ne: null } };
  const cancel = () =>
    FollowUp.updateMany(
      { ...steps, state: { $in: openStates } },
      { $set: { state: 'cancelled', stateReasons: [reason], ...(calledOff && { calledOff }) } },
    );
  const ahead = await cancel();
  const marked = await FollowUp.updateMany(
    { ...steps, state: 'sending' },
    { $set: { 'claim.stopped': reason, 'claim.stoppedAs': 'cancelled', ...(calledOff && { calledOff }) } },
  );
  // one that was given back in between
  const late = await cancel();
  return { cancelled: ahead.modifiedCount + late.modifiedCount, leaving: marked.modifiedCount };
}

/** The same by the word of a person. @throws RuleBroken when no step is ahead */
export async function stopCadence(
  recipient: Types.ObjectId,
  reason: string,
  calledOff: CalledOff,
): Promise<void> {
  const { cancelled, leaving } = await cancelSteps(recipient, reason, calledOff);
  if (cancelled + leaving === 0) throw new RuleBroken(NONE_AHEAD);
}
