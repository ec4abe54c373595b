import type { Deps } from '../src/deps.js';
import { finishUnhandled } from '../src/replies/act-on.js';
import { fetchMail } from '../src/replies/fetch-mail.js';
import { takeIn } from '../src/replies/take-in.js';

/** Fetches incoming mail, where the server does not say by itself that some has come, and finishes what was left half done. */
export async function run(deps: Deps): Promise<string> {
  const left = await finishUnhandled(deps);
  const finished = left > 0 ? ` Finished from before: ${left}.` : '';
  const { mailbox } = deps.replies;
  if (!mailbox) return `No mailbox is configured (IMAP_URL).${finished}`;
  const done = await fetchMail(mailbox, (messages, failed) => takeIn(messages, deps, failed), deps);
  if ('problem' in done) return `${done.problem}${finished}`;
  return `Mail: ${done.fetched} fetched, ${done.stored} new, ${done.failed} not handed over.${finished}`;
}
