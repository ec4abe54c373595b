import type { Deps } from '../deps.js';
import { mailboxName } from '../mail/mailbox.js';
import { finishUnhandled } from './act-on.js';
import { fetchMail } from './fetch-mail.js';
import { readFetching } from './mailbox-cursor.model.js';
import { takeIn } from './take-in.js';

/** A mailbox is looked into every five minutes at least; after so many milliseconds without that, something has stood still. */
const LOOKED_LATELY = 600_000;

/**
 * Before anything leaves: finishes what a process that died had stored, and fetches what came while nobody looked, as after an
 * outage, so that nobody is chased whose answer lies in the mailbox.
 * Trouble with the mailbox keeps nothing from leaving here: for how long, the send gate says.
 */
export async function lookForAnswers(deps: Deps): Promise<void> {
  await finishUnhandled(deps);
  const { mailbox } = deps.replies;
  if (!mailbox || (await wasLookedInto(mailboxName(mailbox), deps.now()))) return;
  try {
    await fetchMail(mailbox, (messages, failed) => takeIn(messages, deps, failed), deps);
  } catch (error) {
    deps.log.error({ err: error }, 'mail could not be fetched before follow-ups were sent');
  }
}

/** Also where that went wrong: a server that refuses us is not asked with every sweep. */
async function wasLookedInto(mailbox: string, now: Date): Promise<boolean> {
  const { lastFetchedAt, lastProblemAt } = await readFetching(mailbox);
  return [lastFetchedAt, lastProblemAt].some((at) => at && now.getTime() - at.getTime() < LOOKED_LATELY);
}
