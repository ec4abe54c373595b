import { z } from 'zod';
import { BadEnvironment, variables } from './env.js';

const settings = z.object({
  MAIL_FROM: variables.MAIL_FROM,
  MAIL_AUTHSERV_ID: variables.MAIL_AUTHSERV_ID,
});

/**
 * Who we are in mail, for a command that needs neither a database nor the kept secret.
 * @throws BadEnvironment naming every bad variable
 */
export function mailIdentity(): z.infer<typeof settings> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const read = settings.safeParse(given);
  if (read.success) return read.data;
  throw new BadEnvironment(read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
}
