import type { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { whenOf } from './count-days.rules.js';
import { Firing, type FiringRecord } from './firing.model.js';
import type { ReadTrigger } from './read-trigger.js';

/** Writes down that a trigger is set in motion for somebody. @returns the firing, which may have been there already */
export async function begin(
  { trigger, campaign, milestone }: ReadTrigger,
  to: Types.ObjectId,
  { day, how }: { day: string; how: string },
  at: Date,
): Promise<FiringRecord> {
  const key = { trigger: trigger._id, milestone: trigger.milestone, to };
  const there = await Firing.findOne(key).lean<FiringRecord>();
  if (there) return there;
  try {
    await Firing.create({
      ...key,
      campaign: campaign._id,
      effect: trigger.effect,
      state: 'begun',
      day,
      on: whenOf(trigger.basis, milestone!),
      how,
      at,
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return (await Firing.findOne(key).lean<FiringRecord>())!;
}
