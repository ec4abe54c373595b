import type { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';

/** How many recipients are where: for each step the count of each state. */
export async function readStanding(cadence: Types.ObjectId): Promise<Map<number, Map<string, number>>> {
  const counts = await FollowUp.aggregate<{ _id: { step: number; state: string }; count: number }>([
    { $match: { cadence } },
    { $group: { _id: { step: '$step', state: '$state' }, count: { $sum: 1 } } },
  ]);
  const standing = new Map<number, Map<string, number>>();
  for (const { _id, count } of counts.toSorted((a, b) => a._id.step - b._id.step))
    standing.set(_id.step, (standing.get(_id.step) ?? new Map<string, number>()).set(_id.state, count));
  return standing;
}
