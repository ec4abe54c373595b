import { model, Schema } from 'mongoose';
import { isIPv6 } from 'node:net';

/** One attempt to sign in. Kept in the database so that all processes count together. */
const schema = new Schema(
  {
    key: { type: String, required: true },
    at: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ key: 1, at: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const SignInAttempt = model('SignInAttempt', schema, 'signinattempts');

const WINDOW_MINUTES = 15;
const limits = { person: 5, address: 30, anywhere: 30 } as const;

type Attempt = { email: string; ip: string };

/** What one place tried, of this person and of anybody; and what was tried of this person from anywhere. */
const keysHere = ({ email, ip }: Attempt) => [
  { key: `person ${email} from ${placeOf(ip)}`, limit: limits.person },
  { key: `address ${placeOf(ip)}`, limit: limits.address },
];
const keysAnywhere = ({ email }: Attempt) => [{ key: `anywhere ${email}`, limit: limits.anywhere }];

/**
 * Counts this attempt first and asks afterwards, so that a burst of requests cannot slip under the limit. What is refused to one
 * place does not count for the others: otherwise a stranger at one address could keep anybody from signing in.
 * @returns false when there were too many in the last quarter of an hour
 */
export const mayAttempt = async (attempt: Attempt, now: Date): Promise<boolean> =>
  (await countIn(keysHere(attempt), now)) && (await countIn(keysAnywhere(attempt), now));

async function countIn(keys: readonly { key: string; limit: number }[], now: Date): Promise<boolean> {
  const expiresAt = new Date(now.getTime() + WINDOW_MINUTES * 60_000);
  await SignInAttempt.insertMany(keys.map(({ key }) => ({ key, at: now, expiresAt })));
  const since = new Date(now.getTime() - WINDOW_MINUTES * 60_000);
  const counts = await Promise.all(
    keys.map(({ key }) => SignInAttempt.countDocuments({ key, at: { $gt: since } })),
  );
  return keys.every(({ limit }, i) => counts[i]! <= limit);
}

/** A right password, or a new one, forgets the wrong ones before it. */
export async function forgetAttempts({ email, ip }: Attempt): Promise<void> {
  await SignInAttempt.deleteMany({
    key: { $in: [`person ${email} from ${placeOf(ip)}`, `anywhere ${email}`] },
  });
}

/** Whoever has one address of IPv6 has as many as they like: a network of 64 bits is one place. IPv4 written as IPv6 stays whole. */
function placeOf(ip: string): string {
  if (!isIPv6(ip) || /^::|\./.test(ip)) return ip;
  const [head, tail = []] = ip.split('::').map((half) => half.split(':'));
  const zeros = Array<string>(8 - head!.length - tail.length).fill('0');
  return `${[...head!, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
