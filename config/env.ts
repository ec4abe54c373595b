import { z } from 'zod';
import { dkimKeyProblem } from './dkim-key.js';
import { imapUrlProblem } from './imap-url.js';

/** A zod message that replaces whatever zod would say. A value is never repeated: it may be a secret. */
const must = (be: string) => ({ error: `must be ${be}` });

const domainName = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]([a-z\d-]*[a-z\d])?$/i;

const limit = (usual: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, must('a whole number, 0 for no limit'))
    .transform(Number)
    .default(usual);

/** Every environment variable the product reads: its shape, its default and one line on what it is for. */
export const variables = {
  NODE_ENV: z
    .enum(['development', 'test', 'production'], must('development, test or production'))
    .default('development')
    .describe('production refuses unsafe defaults'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, must('a number from 1 to 65535'))
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535, must('a number from 1 to 65535'))
    .default(3000)
    .describe('the port the web server listens on'),
  BASE_URL: z
    .url({ protocol: /^https?$/, ...must('the address people use, such as https://answerable.example.org') })
    .optional()
    .describe('the address people use, for links in mail; http://localhost:PORT when absent'),
  DATA_DIR: z.string().default('data').describe('where the local database and the kept secret live'),
  MONGODB_URI: z
    .string({ error: 'is not set: run bin/start or bin/job, which bring up a local engine' })
    .regex(/^mongodb(\+srv)?:\/\/[^/]/, must('an address that starts with mongodb:// or mongodb+srv://'))
    .describe('any MongoDB 7 or later, or compatible server; a local engine is brought up when absent'),
  SESSION_SECRET: z
    .string()
    .min(32, must('at least 32 characters'))
    .optional()
    .describe('signs session cookies; made and kept in DATA_DIR when absent, required in production'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, ...must('an address that starts with smtp:// or smtps://') })
    .optional()
    .describe('where mail is handed over; every message is captured in the outbox when absent'),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/, must('an address, or Name <address>'))
    .default('Answerable <answerable@localhost.invalid>')
    .describe('the sender of every message; required with SMTP_URL'),
  MAIL_PER_MINUTE: limit(120).describe(
    'how many follow-ups may leave in a minute, all workers together; 0 for no limit',
  ),
  MAIL_PER_MINUTE_TO_DOMAIN: limit(20).describe(
    'how many of them may go to addresses at one mail domain; 0 for no limit',
  ),
  DKIM_DOMAIN: z
    .string()
    .regex(domainName, must('a domain name, such as example.org'))
    .optional()
    .describe('the domain that signs what is sent, with the two below; nothing is signed when absent'),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i, must('letters, digits, dots and hyphens'))
    .optional()
    .describe('the name of the signing key in the DNS of that domain'),
  DKIM_KEY_FILE: z
    .string()
    .superRefine((file, context) => {
      const problem = dkimKeyProblem(file);
      if (problem) context.addIssue(problem);
    })
    .optional()
    .describe('the file of the private key, RSA in PEM form without a password'),
  REPLY_TO: z
    .email(must('an email address'))
    .transform((address) => address.toLowerCase())
    .refine(
      (address) => address.indexOf('@') <= 19,
      must('an address with at most 19 characters before the @'),
    )
    .optional()
    .describe(
      'the address answers go to, which must also take replies+anything@…; answers are placed by it; the sender gets them when absent',
    ),
  KEEP_MAIL_DAYS: z
    .string()
    .regex(/^\d{1,5}$/, must('a whole number of days, 0 for good'))
    .transform(Number)
    .default(730)
    .describe('how long, in days, the source of an incoming message is kept; 0 for good'),
  MAIL_AUTHSERV_ID: z
    .string()
    .regex(/^[^\s;"]{1,255}$/, must('a name without spaces, such as mx.example.org'))
    .optional()
    .describe('how your mail server calls itself in Authentication-Results; `unnamed` where it does not'),
  IMAP_URL: z
    .string()
    .superRefine((url, context) => {
      const problem = imapUrlProblem(url);
      if (problem) context.addIssue(problem);
    })
    .optional()
    .describe(
      'the mailbox that answers come to, imaps://user:password@host/Folder; none is read when absent',
    ),
  IMAP_TOKEN_FILE: z
    .string()
    .optional()
    .describe('the file of an OAuth2 access token, instead of the password; read anew at each sign-in'),
  IMAP_AFTERWARDS: z
    .string()
    .regex(/^(leave|seen|move:.*[^\s/].*)$/, must('leave, seen or move:Folder'))
    .default('leave')
    .describe('what becomes of a message there once it is stored here: leave, seen or move:Folder'),
  UK_BILLS_API: z
    .url({ protocol: /^https?$/, ...must('an address that starts with https:// or http://') })
    .transform((address) => address.replace(/\/+$/, ''))
    .default('https://bills-api.parliament.uk/api/v1')
    .describe('where bills of the UK Parliament are read'),
  ROLE: z
    .enum(['all', 'web', 'worker'], must('all, web or worker'))
    .default('all')
    .describe('what this process does: web pages, scheduled jobs, or both'),
  ADMIN_EMAIL: z
    .email(must('an email address'))
    .optional()
    .describe(
      'creates the first administrator when there is no user; a one-time link is printed when absent',
    ),
  ADMIN_PASSWORD: z
    .string()
    .min(12, must('at least 12 characters'))
    .optional()
    .describe('the password of that first administrator, at least 12 characters'),
} as const;

const environment = z.object(variables);

export type Environment = z.infer<typeof environment>;
type Given = Record<string, string | undefined>;

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
export function readEnvironment(source: Given): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  const wrong = read.success
    ? []
    : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  // zod asks what concerns several values only once each of them is right, and all is to be said at once
  const problems = [...wrong, ...missingTogether(given), ...notAligned(given)];
  if (read.success && problems.length === 0) return read.data;
  throw new BadEnvironment(problems);
}

function missingTogether({
  NODE_ENV,
  SESSION_SECRET,
  SMTP_URL,
  MAIL_FROM,
  ADMIN_EMAIL,
  ADMIN_PASSWORD,
  ...given
}: Given): string[] {
  const problems: string[] = [];
  if (NODE_ENV === 'production' && !SESSION_SECRET)
    problems.push('SESSION_SECRET must be set when NODE_ENV is production');
  if (SMTP_URL && !MAIL_FROM) problems.push('MAIL_FROM must be set when SMTP_URL is');
  if (ADMIN_EMAIL && !ADMIN_PASSWORD) problems.push('ADMIN_PASSWORD must be set when ADMIN_EMAIL is');
  if (ADMIN_PASSWORD && !ADMIN_EMAIL) problems.push('ADMIN_EMAIL must be set when ADMIN_PASSWORD is');
  return [...problems, ...missingForSigning(given), ...missingForFetching(given)];
}

/** Signing takes three settings: some of them without the others are a mistake. */
function missingForSigning(given: Given): string[] {
  const names = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'];
  const missing = names.filter((name) => !given[name]);
  if (missing.length === names.length) return [];
  const [set] = names.filter((name) => given[name]);
  return missing.map((name) => `${name} must be set when ${set} is`);
}

function missingForFetching({ IMAP_URL, IMAP_TOKEN_FILE }: Given): string[] {
  if (!IMAP_URL) return IMAP_TOKEN_FILE ? ['IMAP_URL must be set when IMAP_TOKEN_FILE is'] : [];
  if (IMAP_TOKEN_FILE || imapUrlProblem(IMAP_URL) || new URL(IMAP_URL).password) return [];
  return ['IMAP_URL must hold a password, user:password@host, unless IMAP_TOKEN_FILE is set'];
}

/**
 * DMARC counts a signature only where its domain belongs to that of the sender (relaxed alignment, RFC 7489, section 3.1.1).
 * Which other domains belong to it as well is in no record of ours, so the signing one is to be on the way up or down from it.
 */
function notAligned({ DKIM_DOMAIN, MAIL_FROM }: Given): string[] {
  const signing = DKIM_DOMAIN?.toLowerCase() ?? '';
  const sender = /@([^@<>\s]+)>?$/.exec(MAIL_FROM ?? '')?.[1]?.toLowerCase() ?? '';
  if (!domainName.test(signing) || !domainName.test(sender)) return [];
  if (`.${sender}`.endsWith(`.${signing}`) || signing.endsWith(`.${sender}`)) return [];
  return [
    `DKIM_DOMAIN must be the domain of MAIL_FROM or one above it: a signature of ${signing} does not count (DMARC) for mail from ${sender}`,
  ];
}
