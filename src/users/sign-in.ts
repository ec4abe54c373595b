import { passwordMatches } from './passwords.js';
import { forgetAttempts, mayAttempt } from './sign-in-attempt.model.js';
import { toSignedInUser, User, type SignedInUser, type UserRecord } from './user.model.js';
import { normalizeEmail } from './user.rules.js';

type SignIn = { email: string; password: string; ip: string };

const WRONG = 'That email address and password do not belong together. Check both and try again.';
const TOO_MANY = 'Too many attempts to sign in. Wait a quarter of an hour, or ask for a new password.';

/** Checks an attempt to sign in. The refusal is the same for an unknown address and a wrong password. */
export async function checkSignIn(
  { email, password, ip }: SignIn,
  now: Date,
): Promise<{ user: SignedInUser } | { refused: string }> {
  const attempt = { email: normalizeEmail(email).slice(0, 254), ip };
  if (!(await mayAttempt(attempt, now))) return { refused: TOO_MANY };
  const user = await User.findOne({ emailNormalized: attempt.email }).lean<UserRecord>();
  const matches = await passwordMatches(user?.passwordHash, password.slice(0, 1000));
  if (!user || !matches || user.closedAt) return { refused: WRONG };
  await forgetAttempts(attempt);
  return { user: toSignedInUser(user) };
}
