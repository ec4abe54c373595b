import type { Types } from 'mongoose';
import { campaignPlace, dayFor, readTrigger } from './read-trigger.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';

/**
 * Why what these triggers set in motion is to be cancelled, as a sentence each, by their ids; those that have a day are left
 * out. Between two sweeps the send gate asks this.
 */
export async function readStopped(ids: readonly Types.ObjectId[], now: Date): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const triggers = await Trigger.find({ _id: { $in: ids } }).lean<TriggerRecord[]>();
  const stopped = new Map<string, string>();
  for (const trigger of triggers) {
    const read = await readTrigger(trigger);
    const day = dayFor(read, campaignPlace(read), now);
    if ('rests' in day) stopped.set(String(trigger._id), day.rests);
  }
  return stopped;
}
