import { z } from 'zod';

/** Every environment variable the product reads: its shape, its default and one line on what it is for. */
export const variables = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development').describe('production refuses unsafe defaults'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('the port the web server listens on'),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional().describe('the address people use, for links in mail; default http://localhost:PORT'),
  DATA_DIR: z.string().min(1).default('data').describe('where the local database and the kept secret live'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .describe('any MongoDB 7 or later, or compatible server; bin/start brings up a local engine when it is not set'),
  SESSION_SECRET: z.string().min(32).optional().describe('signs session cookies; made and kept in DATA_DIR when absent, required in production'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional()
    .describe('where mail is handed over; without it every message is captured in the outbox'),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/, 'must be an address, or Name <address>')
    .default('Answerable <answerable@localhost.invalid>')
    .describe('the sender of every message'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all').describe('what this process does: web pages, scheduled jobs, or both'),
  ADMIN_EMAIL: z.email().optional().describe('creates the first administrator when there is no user'),
  ADMIN_PASSWORD: z.string().min(12).optional().describe('password of that first administrator, at least 12 characters'),
} as const;

const environment = z.object(variables).superRefine((env, context) => {
  if (env.NODE_ENV === 'production' && !env.SESSION_SECRET) {
    context.addIssue({ code: 'custom', path: ['SESSION_SECRET'], message: 'is required when NODE_ENV=production' });
  }
  if (env.SMTP_URL && env.MAIL_FROM.includes('localhost.invalid')) {
    context.addIssue({ code: 'custom', path: ['MAIL_FROM'], message: 'is required when SMTP_URL is set' });
  }
  if (Boolean(env.ADMIN_EMAIL) !== Boolean(env.ADMIN_PASSWORD)) {
    context.addIssue({ code: 'custom', path: ['ADMIN_EMAIL'], message: 'and ADMIN_PASSWORD go together: set both or neither' });
  }
});

export type Environment = z.infer<typeof environment>;

/** One sentence per wrong variable. */
export class BadEnvironment extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Checks the whole environment at once. An empty value counts as not set.
 * @throws BadEnvironment naming every bad variable
 */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (read.success) return read.data;
  throw new BadEnvironment(read.error.issues.map(({ path, message }) => `${path.join('.')} ${wording(message, source, path)}`));
}

function wording(message: string, source: Record<string, string | undefined>, path: PropertyKey[]): string {
  const name = String(path[0]);
  if (!source[name] && name === 'MONGODB_URI') return 'is not set: run bin/start or bin/job, which bring up a local engine';
  return /^(is|must|and) /.test(message) ? message : `is not valid: ${message}`;
}
