import { createHash, randomBytes } from 'node:crypto';
import { presentStaff } from '../attention/seen.js';
import { isDuplicate } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { User, type SignedInUser, type UserRecord } from '../users/user.model.js';
import { Feed, type Audience, type FeedKind, type FeedRecord } from './feed.model.js';

/** As long as a key is: it is guessed by nobody, so attempts need not be counted. */
const SECRET_BYTES = 32;

/** A copy of the database opens no feed. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

type Owner = Pick<SignedInUser, '_id' | 'role' | 'campaigns'>;

const audienceOf = ({ role }: Pick<Owner, 'role'>): Audience => (role === 'partner' ? 'partners' : 'staff');

/** A partner whose account opens no campaign has nothing to follow. */
export const mayHaveFeeds = ({
  role,
  campaigns,
}: Pick<UserRecord, 'role'> & { campaigns: readonly unknown[] }) =>
  role !== 'partner' || campaigns.length > 0;

/**
 * Makes the address of a person's feed, or a new one; the one before stops working at once. @returns its secret
 * @throws RuleBroken for a partner who is invited to nothing
 */
export async function makeFeed(owner: Owner, kind: FeedKind, now: Date): Promise<string> {
  if (!mayHaveFeeds(owner))
    throw new RuleBroken('Your account does not open any campaign yet. Ask whoever invited you to add one.');
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  const made = {
    audience: audienceOf(owner),
    tokenHash: hashOf(token),
    madeAt: now,
    contentHash: '',
    changedAt: now,
  };
  const store = () => Feed.updateOne({ user: owner._id, kind }, { $set: made }, { upsert: true });
  // of two that are made at once for the first time, the second finds the other's there and replaces it
  await store().catch((error: unknown) => {
    if (isDuplicate(error)) return store();
    throw error;
  });
  return token;
}

export async function removeFeed({ _id }: Owner, kind: FeedKind): Promise<void> {
  await Feed.deleteOne({ user: _id, kind });
}

/** Since when each of this person's feeds has had its address; null where it has none. */
export async function feedsMadeAt(owner: Owner): Promise<Record<FeedKind, Date | null>> {
  const made = await Feed.find({ user: owner._id, audience: audienceOf(owner) }, { kind: 1, madeAt: 1 }).lean<
    FeedRecord[]
  >();
  const since = (kind: FeedKind) => made.find((one) => one.kind === kind)?.madeAt ?? null;
  return { calendar: since('calendar'), atom: since('atom') };
}

export type Reader = Pick<UserRecord, '_id' | 'role' | 'timeZone' | 'campaigns'>;
export type OpenFeed = { feed: FeedRecord; reader: Reader };

const mayRead = {
  staff: presentStaff,
  partners: { role: 'partner', closedAt: null, passwordHash: { $ne: null } },
} as const;

/** @throws NotFound, the same for a wrong or old secret, a closed account, another role, and a partner who is invited to nothing */
export async function openFeed(token: string, kind: FeedKind): Promise<OpenFeed> {
  const feed = await Feed.findOne({ tokenHash: hashOf(token), kind }).lean<FeedRecord>();
  const reader = feed && (await readerOf(feed));
  if (!reader || !mayHaveFeeds(reader))
    throw new NotFound('There is nothing to follow here. The address may have been renewed or switched off.');
  return { feed, reader };
}

const readerOf = ({ user, audience }: FeedRecord): Promise<Reader | null> =>
  User.findOne({ _id: user, ...mayRead[audience] }, { role: 1, timeZone: 1, campaigns: 1 })
    .lean<Reader>()
    .exec();

export type Version = { hash: string; changedAt: Date };

/** Which version of a feed this is, and since when, as far as anybody has asked. */
export async function versionOf(
  { _id, contentHash, changedAt }: Pick<FeedRecord, '_id' | 'contentHash' | 'changedAt'>,
  content: unknown,
  now: Date,
): Promise<Version> {
  const hash = hashOf(JSON.stringify(content));
  if (hash === contentHash) return { hash, changedAt };
  await Feed.updateOne({ _id }, { $set: { contentHash: hash, changedAt: now } });
  return { hash, changedAt: now };
}
