import type { Express } from 'express';
import { createApp } from '../../src/app.js';
import type { Deps } from '../../src/deps.js';
import { NO_LIMITS, type MinuteLimits } from '../../src/follow-ups/limits.rules.js';
import { createLog } from '../../src/log.js';
import type { Dkim } from '../../src/mail/dkim.js';
import type { MailboxSettings } from '../../src/mail/mailbox.js';
import { createPost } from '../../src/mail/post.js';

/** A clock that stands still until it is set. */
export type Clock = {
  now: () => Date;
  set: (instant: string | Date) => void;
  pass: (span: { minutes?: number; hours?: number; days?: number }) => void;
};

export function createClock(start: string | Date = '2026-11-24T12:00:00Z'): Clock {
  let instant = new Date(start);
  return {
    now: () => new Date(instant),
    set: (to) => {
      instant = new Date(to);
    },
    pass: ({ minutes = 0, hours = 0, days = 0 }) => {
      instant = new Date(instant.getTime() + ((days * 24 + hours) * 60 + minutes) * 60_000);
    },
  };
}

type Settings = {
  now?: string | Date;
  clock?: Clock;
  smtpUrl?: string;
  mailFrom?: string;
  dkim?: Dkim;
  baseUrl?: string;
  replyTo?: string;
  authServer?: string;
  mailbox?: MailboxSettings;
  /** none unless a test asks for some */
  limits?: Partial<MinuteLimits>;
  /** the base address of a Bills API on loopback */
  billsApi?: string;
  /** feeds on loopback that may be read */
  trusted?: readonly string[];
};

export type TestApp = { app: Express; deps: Deps; clock: Clock };

/** The real app with a clock and a mail server of the test's own. */
export function createTestApp(settings: Settings = {}): TestApp {
  const {
    now,
    smtpUrl,
    dkim,
    limits,
    mailFrom = 'The campaign <campaign@example.org>',
    baseUrl = 'http://localhost:3000',
  } = settings;
  const clock = settings.clock ?? createClock(now);
  const deps: Deps = {
    now: clock.now,
    post: createPost({ smtpUrl, mailFrom, dkim }),
    limits: { ...NO_LIMITS, ...limits },
    replies: {
      address: settings.replyTo ?? null,
      authServer: settings.authServer ?? null,
      mailbox: settings.mailbox ?? null,
      keepDays: 730,
    },
    legislation: {
      billsApi: settings.billsApi ?? 'http://127.0.0.1:9/api/v1',
      trusted: settings.trusted ?? [],
      contact: 'Answerable (+http://localhost:3000; campaign@example.org)',
    },
    baseUrl,
    sessionSecret: 'a secret that only the tests know, 32 or more',
    secureCookies: false,
    log: createLog('silent'),
  };
  return { app: createApp(deps), deps, clock };
}
