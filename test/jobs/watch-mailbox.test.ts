import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../../src/log.js';
import { mailboxName, type MailboxSettings } from '../../src/mail/mailbox.js';
import type { TakeIn } from '../../src/replies/fetch-mail.js';
import { MailboxCursor } from '../../src/replies/mailbox-cursor.model.js';
import { watchMailbox } from '../../src/replies/watch-mailbox.js';
import { createClock } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aTaker, useImapServer } from '../support/mailboxes.js';

useDatabase();
const { server, settings, deliver } = useImapServer();
const deps = { now: createClock().now, log: createLog('silent') };
/** Short after trouble; a minute for news, so that only IDLE can be quicker. */
const waits = { first: 50, most: 200, news: 60_000 };

let taker: ReturnType<typeof aTaker>;
let stop: AbortController;
let watching: Promise<void>;

beforeEach(() => {
  taker = aTaker();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await watching;
});

const watch = (
  changed: { settings?: Partial<MailboxSettings>; takeIn?: TakeIn; waits?: typeof waits } = {},
) => {
  watching = watchMailbox({
    settings: settings(changed.settings),
    takeIn: changed.takeIn ?? taker.takeIn,
    deps,
    signal: stop.signal,
    waits: changed.waits ?? waits,
  });
};

/** How long until it is so, in milliseconds. */
async function until(isSo: () => boolean | Promise<boolean>, within = 10_000): Promise<number> {
  const began = Date.now();
  while (!(await isSo())) {
    if (Date.now() - began > within) throw new Error(`It is not so after ${within / 1000} seconds.`);
    await pause(20);
  }
  return Date.now() - began;
}

const kept = () => MailboxCursor.findById(mailboxName(settings())).lean();
const fetchedBefore = async () => Boolean((await kept())?.lastFetchedAt);
const has = (count: number) => () => taker.offered.length === count;

test('what comes is fetched within two seconds, again and again', async () => {
  await deliver(1);
  watch();
  await until(has(1));
  for (const number of [2, 3, 4]) {
    await pause(300);
    await deliver(number);
    const took = await until(has(number));
    console.log(`fetched ${took} ms after its delivery`);
    expect(took).toBeLessThan(2000);
  }
  expect(taker.subjects()).toEqual(['Letter 1', 'Letter 2', 'Letter 3', 'Letter 4']);
});

test('what comes while something else is stored is not missed', async () => {
  await deliver(1);
  watch({
    takeIn: async (messages, failed) => {
      if (taker.offered.length === 0) await deliver(2);
      await pause(300);
      return taker.takeIn(messages, failed);
    },
  });
  expect(await until(has(2))).toBeLessThan(5000);
});

test('without news the server is asked again all the same', async () => {
  watch({ waits: { ...waits, news: 200 } });
  await until(fetchedBefore);
  await MailboxCursor.updateOne({}, { $unset: { lastFetchedAt: 1 } });
  await until(fetchedBefore);
});

test('a server that goes down is a problem in words, and what came meanwhile is fetched once it is back', async () => {
  watch();
  await until(fetchedBefore);
  await server().goDown();
  await until(async () => Boolean((await kept())?.lastProblem?.startsWith('No mail server answers')));
  await deliver(1);
  await server().comeBack();
  await until(has(1));
  await until(async () => !(await kept())?.lastProblem);
});

test('a database that is gone for a while ends nothing, and loses nothing', async () => {
  await deliver(1);
  let attempts = 0;
  watch({
    takeIn: (messages, failed) => {
      attempts += 1;
      return attempts < 3
        ? Promise.reject(new Error('The database is gone.'))
        : taker.takeIn(messages, failed);
    },
  });
  await until(has(1));
  expect(attempts).toBe(3);
});

/** How long it takes to end, in milliseconds. */
async function ending(): Promise<number> {
  const began = Date.now();
  stop.abort();
  await watching;
  return Date.now() - began;
}

test('it ends at once while it waits for news', async () => {
  watch();
  await until(fetchedBefore);
  await pause(100);
  expect(await ending()).toBeLessThan(500);
});

test('it ends at once while it waits after trouble, and while it tries to connect', async () => {
  watch({ settings: { url: 'imap://letter:word@localhost:1/INBOX' }, waits: { ...waits, first: 60_000 } });
  await pause(300);
  expect(await ending()).toBeLessThan(500);

  stop = new AbortController();
  // an address of nobody (RFC 5737): packets to it are lost
  watch({ settings: { url: 'imap://letter:word@192.0.2.1/INBOX' } });
  await pause(100);
  expect(await ending()).toBeLessThan(500);
});

test('it ends once what it is storing is stored', async () => {
  await deliver(1);
  let storing = false;
  watch({
    takeIn: async (messages, failed) => {
      storing = true;
      await pause(500);
      return taker.takeIn(messages, failed);
    },
  });
  await until(() => storing);
  await ending();
  expect(taker.subjects()).toEqual(['Letter 1']);
  expect(await kept()).toMatchObject({ lastUid: 1 });
});
