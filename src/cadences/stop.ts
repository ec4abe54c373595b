import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { openStates } from '../follow-ups/follow-up.rules.js';

export const NONE_AHEAD = 'No step of a cadence is ahead of them: it has ended, or was stopped already.';

/** Cancels every step that is ahead of a recipient. @throws RuleBroken when none is */
export async function stopCadence(recipient: Types.ObjectId, reason: string): Promise<void> {
  const { modifiedCount } = await FollowUp.updateMany(
    { recipient, cadence: { $ne: null }, state: { $in: openStates } },
    { $set: { state: 'cancelled', stateReasons: [reason] } },
  );
  if (modifiedCount === 0) throw new RuleBroken(NONE_AHEAD);
}
