import type { Types } from 'mongoose';
import { dayOf } from '../dates.js';
import { NotFound, RuleBroken } from '../errors.js';
import { asleepOf, type Asleep } from './awake.js';
import { kinds, type Kind } from './kinds.rules.js';
import type { Seen } from './seen.js';
import type { SnoozeForm } from './snooze.form.js';
import { Snooze } from './snooze.model.js';
import { sources, type Item } from './sources.js';

export type Snoozed = { kind: Kind; record: Types.ObjectId };

/** One thing of this person's. @throws NotFound when it does not wait for them, or not any more */
export async function findItem({ kind, record }: Snoozed, seen: Seen): Promise<Item> {
  const [item] = await sources[kind](seen, { only: [record] }).rows(0, 1);
  if (!item) throw new NotFound('This does not wait for you, or not any more.');
  return item;
}

/** Puts it off, for this person only, as long as it is what they saw. @throws NotFound, and RuleBroken when it has changed */
export async function snooze(
  { kind, record }: Snoozed,
  { facts, until, reason }: SnoozeForm,
  seen: Seen,
): Promise<void> {
  const item = await findItem({ kind, record }, seen);
  if (item.facts !== facts)
    throw new RuleBroken('This has changed since you opened the page. It is still listed: look at it first.');
  await Snooze.updateOne(
    { user: seen.user._id, kind, record },
    { $set: { facts, until, reason, createdAt: seen.now } },
    { upsert: true },
  );
}

/** What this person has put off, what comes back first first. */
export async function listAsleep(seen: Seen): Promise<Asleep[]> {
  const asleep = await Promise.all(kinds.map((kind) => asleepOf(kind, seen)));
  return asleep.flat().sort((a, b) => a.snooze.until.localeCompare(b.snooze.until));
}

/** @throws NotFound, also for what somebody else put off */
export async function wakeUp(id: Types.ObjectId, user: Types.ObjectId): Promise<void> {
  const { deletedCount } = await Snooze.deleteOne({ _id: id, user });
  if (deletedCount === 0) throw new NotFound('There is no such snooze. It may be over already.');
}

/** Deletes those whose day has come everywhere on earth. @returns how many */
export async function forgetSnoozes(now: Date): Promise<number> {
  const { deletedCount } = await Snooze.deleteMany({ until: { $lte: dayOf(now, 'Etc/GMT+12') } });
  return deletedCount;
}
