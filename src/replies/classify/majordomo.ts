import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { withoutCopy } from '../../mail/returned-message.js';
import { withoutBanner } from './banner.js';
import { subjectOf } from './daemon-words.js';

const BOUNCED =
  /^(?:\[[^\]]{1,30}\] ?)?BOUNCE \S+@\S+: +(approval required|non-?member submission|(?:global |admin )?taboo|message too long|admin request)\b/i;

/**
 * Majordomo sends a post back with its reason in the subject and not a word above the copy; whoever looks after the list and passes
 * it on adds some.
 * @returns the reason, small letters; null where the message is anything else
 */
export function reasonOfMajordomo(message: ReadMessage): string | null {
  const [, reason] = BOUNCED.exec(subjectOf(message)) ?? [];
  if (!reason) return null;
  const { said, returned } = withoutCopy(plainText(message));
  const isSilent =
    withoutBanner(said)
      .replace(/^\s*>?From \S[^\n]*/, '')
      .trim() === '';
  return isSilent && returned ? reason.toLowerCase() : null;
}

/** Are these Majordomo's answers to the lines it was sent, behind `>>>>` and `****`, without a line of anybody's between them? */
export function areResultsOfMajordomo(message: ReadMessage): boolean {
  if (!/^(?:\[[^\]]{1,30}\] ?)?majordomo results:/i.test(subjectOf(message))) return false;
  const lines = withoutBanner(plainText(message)).trim().split('\n', 200);
  return (
    lines.some((line) => line.startsWith('**** ')) &&
    lines.every((line) => /^\s*$|^--|^>{4}|^\*{4}/.test(line))
  );
}
