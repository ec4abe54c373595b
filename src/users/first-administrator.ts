import type { Config } from '../../config/index.js';
import { RuleBroken } from '../errors.js';
import { createUser } from './accounts.js';
import { createLink } from './link.model.js';
import { hashPassword } from './passwords.js';
import { User } from './user.model.js';

type Settings = Pick<Config, 'ADMIN_EMAIL' | 'ADMIN_PASSWORD' | 'BASE_URL'>;

/** Sees to it that somebody can sign in. @returns one line that says how */
export async function firstAdministrator(
  { ADMIN_EMAIL, ADMIN_PASSWORD, BASE_URL }: Settings,
  now: Date,
): Promise<string> {
  if (await User.exists({})) return 'Sign in with your account.';
  if (ADMIN_EMAIL && ADMIN_PASSWORD) {
    const administrator = {
      name: 'Administrator',
      email: ADMIN_EMAIL,
      role: 'admin',
      timeZone: 'Europe/London',
    } as const;
    try {
      await createUser(administrator, await hashPassword(ADMIN_PASSWORD), now);
    } catch (error) {
      // another process that started at the same moment was first
      if (!(error instanceof RuleBroken)) throw error;
    }
    return `Sign in as ${ADMIN_EMAIL} with ADMIN_PASSWORD.`;
  }
  return `Set up the first administrator with this link. It works once, for a day:\n  ${BASE_URL}/set-up/${await createLink('set-up', null, now)}`;
}
