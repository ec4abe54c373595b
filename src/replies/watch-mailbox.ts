import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../deps.js';
import { mailboxName, MailboxProblem, openMailbox, type MailboxSettings } from '../mail/mailbox.js';
import { fetchNew, type TakeIn } from './fetch-mail.js';
import { noteProblem } from './mailbox-cursor.model.js';

type Watch = {
  settings: MailboxSettings;
  takeIn: TakeIn;
  deps: Pick<Deps, 'now' | 'log'>;
  signal: AbortSignal;
  /** how long after trouble it is tried again, the first time and at most; how long for news is waited at most */
  waits?: { first: number; most: number; news: number };
};

const usualWaits = { first: 30_000, most: 300_000, news: 300_000 };

/**
 * Fetches a mailbox, then whatever comes, as it comes, until aborted. Trouble is written down beside the cursor and in the log,
 * and tried again. Never throws; resolves once nothing is under way any more.
 */
export async function watchMailbox({ waits = usualWaits, ...watch }: Watch): Promise<void> {
  const { signal } = watch;
  let wait = waits.first;
  while (!signal.aborted) {
    try {
      await fetchAsItComes(watch, waits.news, () => {
        wait = waits.first;
      });
    } catch (error) {
      if (signal.aborted) return;
      await tell(error, watch);
      await pause(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(wait * 2, waits.most);
    }
  }
}

/** On one connection, for as long as that holds. */
async function fetchAsItComes(
  { settings, takeIn, deps, signal }: Watch,
  atMostMs: number,
  itWorks: () => void,
): Promise<void> {
  const mailbox = await openMailbox(settings, signal);
  try {
    while (!signal.aborted) {
      await fetchNew(mailbox, takeIn, deps);
      itWorks();
      await mailbox.waitForNews(signal, atMostMs);
    }
  } finally {
    await mailbox.close();
  }
}

async function tell(error: unknown, { settings, deps }: Watch): Promise<void> {
  const mailbox = mailboxName(settings);
  if (!(error instanceof MailboxProblem)) {
    deps.log.error({ err: error, mailbox }, 'fetching mail went wrong');
    return;
  }
  deps.log.warn({ mailbox }, error.message);
  try {
    await noteProblem(mailbox, error.message, deps.now());
  } catch (err) {
    deps.log.error({ err, mailbox }, 'that a mailbox gives trouble could not be written down');
  }
}
