import { createHash, randomBytes } from 'node:crypto';
import { model, Schema, type Types } from 'mongoose';

/** A link that works once: to take up an invitation, choose a new password, or set up the first administrator. */
const schema = new Schema(
  {
    purpose: { type: String, enum: ['invitation', 'password-reset', 'set-up'], required: true },
    tokenHash: { type: String, required: true },
    user: { type: Schema.Types.ObjectId },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ tokenHash: 1 }, { unique: true });
schema.index({ user: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const Link = model('Link', schema, 'links');

export type Purpose = 'invitation' | 'password-reset' | 'set-up';

/** How long each kind of link works, in hours. */
const hours: Record<Purpose, number> = { invitation: 7 * 24, 'password-reset': 2, 'set-up': 24 };

/** Only the hash is stored: a copy of the database opens no account. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** @returns the token for the address; earlier links of the same purpose for the same person stop working, but see below */
export async function createLink(purpose: Purpose, user: Types.ObjectId | null, now: Date): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  // anybody can ask for a link for somebody else's password: that must not end the one that is being used
  if (purpose !== 'password-reset') await Link.deleteMany({ purpose, user: user ?? undefined });
  const expiresAt = new Date(now.getTime() + hours[purpose] * 3_600_000);
  await Link.create({ purpose, tokenHash: hashOf(token), user: user ?? undefined, expiresAt });
  return token;
}

/** How many links for a new password somebody was given within so many minutes, and has not used. */
export function countResets(user: Types.ObjectId, minutes: number, now: Date): Promise<number> {
  const madeAfter = now.getTime() - minutes * 60_000;
  const expiresAt = { $gt: new Date(madeAfter + hours['password-reset'] * 3_600_000) };
  return Link.countDocuments({ purpose: 'password-reset', user, expiresAt }).exec();
}

/** Links of any purpose whose secret somebody else may know. */
export async function endLinks(tokens: readonly string[]): Promise<void> {
  if (tokens.length > 0) await Link.deleteMany({ tokenHash: { $in: tokens.map(hashOf) } });
}

/** For a link whose mail did not go: it is with nobody. */
export async function dropLink(token: string): Promise<void> {
  await Link.deleteOne({ tokenHash: hashOf(token) });
}

/** Once somebody has a new password, no link to another one is left over, of whatever purpose: two may be made at once. */
export async function forgetLinks(user: Types.ObjectId): Promise<void> {
  await Link.deleteMany({ user });
}

/** The link if it still works, without using it up. */
export async function findLink(purpose: Purpose, token: string, now: Date) {
  return Link.findOne({ tokenHash: hashOf(token), purpose, expiresAt: { $gt: now } }).lean();
}

/** Uses the link up. Of several requests at once, one gets true. */
export async function useLink(id: Types.ObjectId): Promise<boolean> {
  const { deletedCount } = await Link.deleteOne({ _id: id });
  return deletedCount === 1;
}
