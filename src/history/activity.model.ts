import { model, Schema, type Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { dayOf, weekOf } from '../dates.js';
import type { EntryRecord } from './entry.model.js';
import { isContact } from './entry.rules.js';

/**
 * How much contact each week saw, per campaign, for the picture on the first page: a copy, so that 100,000 entries
 * need not be counted for every view. Checked by `bin/job check-copies`.
 */
const schema = new Schema(
  {
    campaign: { type: Schema.Types.ObjectId, required: true },
    /** by the Monday of the week (UTC), `2026-11-23` */
    out: { type: Map, of: Number, default: {} },
    in: { type: Map, of: Number, default: {} },
  },
  { strict: 'throw' },
);
schema.index({ campaign: 1 }, { unique: true });

export type ActivityRecord = {
  _id: Types.ObjectId;
  campaign: Types.ObjectId;
  out: Record<string, number>;
  in: Record<string, number>;
};
export const Activity = model('Activity', schema, 'activity');

type Counted = Pick<EntryRecord, 'campaign' | 'kind' | 'direction' | 'receivedAs' | 'occurredAt'>;

/** Where an entry is counted, or null when it is no contact: `out.2026-11-23`. A meeting counts as theirs unless we are named. */
export function activityKey(entry: Counted): string | null {
  if (!isContact(entry)) return null;
  return `${entry.direction === 'out' ? 'out' : 'in'}.${weekOf(dayOf(entry.occurredAt, 'UTC'))}`;
}

/** Counts entries in, and superseded ones out again. */
export async function countActivity(
  campaign: Types.ObjectId,
  added: readonly Counted[],
  removed: readonly Counted[] = [],
): Promise<void> {
  const change: Record<string, number> = {};
  for (const [entries, step] of [
    [added, 1],
    [removed, -1],
  ] as const) {
    for (const entry of entries) {
      const key = activityKey(entry);
      if (key) change[key] = (change[key] ?? 0) + step;
    }
  }
  if (Object.keys(change).length > 0) await increase(campaign, change);
}

async function increase(campaign: Types.ObjectId, change: Record<string, number>): Promise<void> {
  const count = () => Activity.updateOne({ campaign }, { $inc: change });
  const { matchedCount } = await count();
  if (matchedCount > 0) return;
  await openActivity(campaign);
  await count();
}

/** Sees to it that there is something to count in. */
export async function openActivity(campaign: Types.ObjectId): Promise<void> {
  try {
    await Activity.create({ campaign });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
