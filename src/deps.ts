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

/** What the product needs from outside itself. Tests hand in their own clock and mail server. */
export type Deps = {
  now: () => Date;
  post: Post;
  /** how fast follow-ups leave */
  limits: MinuteLimits;
  /** where answers go and how they are judged */
  replies: RepliesSettings;
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
  baseUrl: config.BASE_URL,
  sessionSecret: config.SESSION_SECRET,
  secureCookies: config.BASE_URL.startsWith('https:'),
  log,
  stopping,
});

export const repliesFrom = (config: Config): RepliesSettings => ({
  address: config.REPLY_TO ?? null,
  authServer: config.MAIL_AUTHSERV_ID ?? null,
  mailbox: config.mailbox ?? null,
  keepDays: config.KEEP_MAIL_DAYS,
});
