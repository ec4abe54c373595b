import type { Logger } from 'pino';
import type { Config } from '../config/index.js';
import type { MinuteLimits } from './follow-ups/limits.rules.js';
import type { MailboxSettings } from './mail/mailbox.js';
import { createPost, type Post } from './mail/post.js';

export type RepliesSettings = {
  /** the address that mail is fetched for; null: answers go to the sender's, and none finds its way by its address */
  address: string | null;
  /** the mail server whose word on a sender counts; null: only what stands above everything else */
  authServer: string | null;
  /** the mailbox that mail is fetched from; null: it comes in by hand only */
  mailbox: MailboxSettings | null;
  /** how long, in days, sources are kept; 0 for good */
  keepDays: number;
};

export type LegislationSettings = {
  /** the base address of the Bills API of the UK Parliament, without a slash at its end */
  billsApi: string;
  /** feeds that may be in a private network; every other one has to be public, wherever it redirects to */
  trusted: readonly string[];
  /** who we say we are to the sources we ask, with a way to reach whoever runs this */
  contact: string;
};

/** What the product needs from outside itself. Tests hand in their own clock and mail server. */
export type Deps = {
  now: () => Date;
  post: Post;
  /** how fast follow-ups leave */
  limits: MinuteLimits;
  /** where answers go and how they are judged */
  replies: RepliesSettings;
  /** where laws are read from */
  legislation: LegislationSettings;
  baseUrl: string;
  sessionSecret: string;
  /** cookies only over TLS */
  secureCookies: boolean;
  log: Logger;
  /** aborted when the process is asked to end: a sweep finishes what it has begun and begins nothing new */
  stopping?: AbortSignal;
};

/** What a process of its own needs, from its settings. */
export const depsFrom = (config: Config, log: Logger, stopping: AbortSignal): Deps => ({
  now: () => new Date(),
  post: createPost({ smtpUrl: config.SMTP_URL, mailFrom: config.MAIL_FROM, dkim: config.dkim }),
  limits: { perMinute: config.MAIL_PER_MINUTE, perMinuteToDomain: config.MAIL_PER_MINUTE_TO_DOMAIN },
  replies: repliesFrom(config),
  legislation: legislationFrom(config),
  baseUrl: config.BASE_URL,
  sessionSecret: config.SESSION_SECRET,
  secureCookies: config.BASE_URL.startsWith('https:'),
  log,
  stopping,
});

const legislationFrom = ({ UK_BILLS_API, BASE_URL, MAIL_FROM }: Config): LegislationSettings => ({
  billsApi: UK_BILLS_API,
  trusted: [],
  contact: `Answerable (+${BASE_URL}; ${/[^<>\s]+@[^<>\s]+/.exec(MAIL_FROM)?.[0] ?? ''})`,
});

export const repliesFrom = (config: Config): RepliesSettings => ({
  address: config.REPLY_TO ?? null,
  authServer: config.MAIL_AUTHSERV_ID ?? null,
  mailbox: config.mailbox ?? null,
  keepDays: config.KEEP_MAIL_DAYS,
});
