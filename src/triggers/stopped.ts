import type { Types } from 'mongoose';
import { NotFound } from '../errors.js';
import { campaignPlace, dayFor, readTrigger, todayIn } from './read-trigger.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';
import { reasonNotToBegin } from './trigger.rules.js';

/**
 * Why what these triggers set in motion is to be cancelled, or waits, as a sentence each, by their ids; those that would do it
 * now are left out. Between two sweeps the send gate asks this.
 */
export async function readStopped(ids: readonly Types.ObjectId[], now: Date): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const triggers = await Trigger.find({ _id: { $in: ids } }).lean<TriggerRecord[]>();
  const stopped = new Map<string, string>();
  for (const trigger of triggers) {
    const reason = await reasonToStop(trigger, now);
    if (reason) stopped.set(String(trigger._id), reason);
  }
  return stopped;
}

async function reasonToStop(trigger: TriggerRecord, now: Date): Promise<string | null> {
  try {
    const read = await readTrigger(trigger);
    const day = dayFor(read, campaignPlace(read), now);
    if ('rests' in day) return day.rests;
    // nor does what was to come before a milestone go on once that may be over: somebody has to say whether it happened
    return reasonNotToBegin(trigger, read.milestone!, read.track!, todayIn(read, now));
  } catch (error) {
    // one that cannot be read must not keep back what others planned
    if (error instanceof NotFound) return error.message;
    throw error;
  }
}
