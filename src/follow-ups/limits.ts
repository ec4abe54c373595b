import { isDatabaseGone, isDuplicate, untilDatabaseAnswers } from '../database.js';
import type { Deps } from '../deps.js';
import {
  dailyLimits,
  keptUntil,
  keptBackBy,
  minuteLimit,
  waitsForLimit,
  type Limit,
  type LimitContext,
  type Limited,
} from './limits.rules.js';
import type { Waiting } from './waiting.rules.js';
import { SendingCounter } from './sending-counter.model.js';

/**
 * Reserves a place under each of these limits, or under none. A worker that dies afterwards leaves one place less, and
 * for a moment somebody else may find no place where one comes back: what is counted too much is never sent too much.
 * @returns what to wait for where one of them has no room left, or null
 */
export async function reserve(
  limits: readonly Limit[],
  context: Pick<LimitContext, 'place' | 'window'>,
  now: Date,
): Promise<Waiting | null> {
  for (const [i, limit] of limits.entries()) {
    if (await take(limit, 1, now)) continue;
    await giveBack(limits.slice(0, i));
    return waitsForLimit(limit, context, now, limit.per === 'minute' ? await keepBack(limit) : 0);
  }
  return null;
}

/**
 * Reserves the places of this minute for a batch before it is claimed: what finds none waits for a later sweep unclaimed.
 * @returns how many have a place, and how to give back those that were not used
 */
export async function allowanceFor(
  count: number,
  { limits, post, now }: Pick<Deps, 'limits' | 'post' | 'now'>,
) {
  const at = now();
  const limit = minuteLimit(limits.perMinute, at);
  if (limit.most === 0 || !post.smtp) return { most: count, giveBack: async () => {} };
  return {
    most: await reserveUpTo(count, limit, at),
    giveBack: (unused: number) => giveBack([limit], unused),
  };
}

async function reserveUpTo(wanted: number, limit: Limit, now: Date): Promise<number> {
  const found = await untilDatabaseAnswers(() => SendingCounter.findById(limit.key, { count: 1 }).lean());
  const count = Math.min(wanted, limit.most - (found?.count ?? 0));
  if (count <= 0) return 0;
  return (await take(limit, count, now)) ? count : reserveUpTo(wanted, limit, now);
}

/** Gives places back that were reserved and not used. While the database is away they are lost, and no answer waits for it. */
export async function giveBack(limits: readonly Limit[], count = 1): Promise<void> {
  if (limits.length === 0 || count === 0) return;
  const keys = limits.map(({ key }) => key);
  const less = { $inc: { count: -count } };
  await SendingCounter.updateMany({ _id: { $in: keys } }, less).catch((error: unknown) => {
    if (!isDatabaseGone(error)) throw error;
  });
}

/** Counts one more that the limit keeps back. @returns how many it had kept back before */
async function keepBack({ key }: Limit): Promise<number> {
  const counter = await untilDatabaseAnswers(() =>
    SendingCounter.findByIdAndUpdate(key, { $inc: { keptBack: 1 } }, { projection: { keptBack: 1 } }).lean(),
  );
  return counter?.keptBack ?? 0;
}

/** In one step, so that two workers never take the same place. @returns false when there is no room for so many */
async function take(limit: Limit, count: number, now: Date): Promise<boolean> {
  const room = { _id: limit.key, count: { $lte: limit.most - count } };
  const more = { $inc: { count } };
  const first = { ...more, $setOnInsert: { expiresAt: keptUntil(limit, now) } };
  try {
    await untilDatabaseAnswers(() => SendingCounter.updateOne(room, first, { upsert: true }));
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  // the counter is there: it is full, or another worker made it in this moment
  const { matchedCount } = await untilDatabaseAnswers(() => SendingCounter.updateOne(room, more));
  return matchedCount > 0;
}

/** A follow-up, what the gate knows about it, and the moment it would leave at. */
type Leaving = { followUp: Limited; gate: LimitContext; leavesAt: Date };

/**
 * For pages: why each of these would wait for another day if it came to leave. Sending itself does not ask; it reserves.
 * @returns sentences, in the same order; none where no daily limit is used up
 */
export async function readDailyLimits(leaving: readonly Leaving[]): Promise<string[][]> {
  const limits = leaving.map(({ followUp, gate, leavesAt }) => dailyLimits(followUp, gate, leavesAt));
  const keys = [...new Set(limits.flat().map(({ key }) => key))];
  if (keys.length === 0) return leaving.map(() => []);
  const counters = await SendingCounter.find({ _id: { $in: keys } }, { count: 1 }).lean();
  const counts = new Map(counters.map(({ _id, count }) => [_id, count]));
  return leaving.map(({ gate, leavesAt }, i) => keptBackBy(limits[i]!, counts, gate, leavesAt));
}
