import { createHash, randomBytes } from 'node:crypto';
import type { Types } from 'mongoose';
import { presentStaff } from '../attention/seen.js';
import { NotFound } from '../errors.js';
import { User, type UserRecord } from '../users/user.model.js';
import { CalendarFeed, type CalendarFeedRecord } from './feed.model.js';

/** As long as a key is: it is guessed by nobody, so attempts need not be counted. */
const SECRET_BYTES = 32;

/** A copy of the database opens no calendar. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Makes the address of a person's calendar, or a new one; the one before stops working at once. @returns its secret */
export async function makeFeed(user: Types.ObjectId, now: Date): Promise<string> {
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  const made = { tokenHash: hashOf(token), madeAt: now, contentHash: '', changedAt: now };
  await CalendarFeed.updateOne({ user }, { $set: made }, { upsert: true });
  return token;
}

export async function removeFeed(user: Types.ObjectId): Promise<void> {
  await CalendarFeed.deleteOne({ user });
}

/** Since when this person's calendar has had its address; null where there is none. */
export async function feedMadeAt(user: Types.ObjectId): Promise<Date | null> {
  return (await CalendarFeed.findOne({ user }, { madeAt: 1 }).lean())?.madeAt ?? null;
}

export type Feed = { feed: CalendarFeedRecord; reader: Pick<UserRecord, '_id' | 'timeZone'> };

/** @throws NotFound for a wrong or old secret, a closed account, and one that is not of the staff */
export async function openFeed(token: string): Promise<Feed> {
  const feed = await CalendarFeed.findOne({ tokenHash: hashOf(token) }).lean<CalendarFeedRecord>();
  const reader =
    feed && (await User.findOne({ _id: feed.user, ...presentStaff }, { timeZone: 1 }).lean<Feed['reader']>());
  if (!reader) throw new NotFound('There is no calendar here. Its address may have been renewed.');
  return { feed, reader };
}

export type Version = { hash: string; changedAt: Date };

/** Which version of a calendar this is, and since when, as far as anybody has asked. */
export async function versionOf(
  { _id, contentHash, changedAt }: CalendarFeedRecord,
  content: unknown,
  now: Date,
): Promise<Version> {
  const hash = hashOf(JSON.stringify(content));
  if (hash === contentHash) return { hash, changedAt };
  await CalendarFeed.updateOne({ _id }, { $set: { contentHash: hash, changedAt: now } });
  return { hash, changedAt: now };
}
