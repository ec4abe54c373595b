import type { BounceCause } from '../incoming.rules.js';
import { causesByWords, vagueCausesByWords } from './cause-words.js';
import { isBeforeRecipient } from './refused-sender.js';
import { codesIn, mostSpecific, type DiagnosticCodes } from './diagnostic-codes.js';

/** Why a message did not arrive, and whether this address will never work again. */
export type Diagnosis = { cause: BounceCause; hard: boolean; status: string | null };

/** What enhanced codes mean (RFC 3463 and the IANA registry of SMTP enhanced status codes): subject and detail, or the subject alone. */
const byStatus: Record<string, BounceCause> = {
  '1': 'no such mailbox',
  '1.2': 'domain gone',
  '1.6': 'mailbox closed',
  // about the sender's address
  '1.7': 'policy',
  '1.8': 'policy',
  '1.10': 'domain gone',
  '2.1': 'mailbox closed',
  '2.2': 'mailbox full',
  '2.3': 'too large',
  // a list or an alias that leads nowhere
  '2.4': 'rejected',
  '2.121': 'over quota',
  '2.122': 'over quota',
  '3.1': 'mailbox full',
  '3.2': 'server not reached',
  '3.3': 'policy',
  '3.4': 'too large',
  '3.5': 'server not reached',
  '4': 'server not reached',
  '4.4': 'domain gone',
  '4.6': 'mail loop',
  '4.7': 'expired',
  // Exchange Online's own
  '4.14': 'mail loop',
  '4.300': 'expired',
  '4.310': 'domain gone',
  '5.1': 'server not reached',
  '5.2': 'server not reached',
  '5.3': 'over quota',
  '5.4': 'server not reached',
  '6': 'policy',
  '7': 'policy',
  '7.28': 'over quota',
};

/** Plain reply codes, where no enhanced one and no word says more (RFC 5321, section 4.2.3; RFC 7504). */
const byReply: Record<string, BounceCause> = {
  '421': 'server not reached',
  '422': 'mailbox full',
  '432': 'server not reached',
  '451': 'server not reached',
  '452': 'mailbox full',
  // a command at the wrong time, whoever it was for
  '503': 'server not reached',
  '521': 'domain gone',
  '530': 'policy',
  '535': 'policy',
  '551': 'no such mailbox',
  '552': 'mailbox full',
  '553': 'no such mailbox',
  '556': 'domain gone',
};

/** Causes for which an address will not work again. */
const lasting: readonly BounceCause[] = [
  'no such mailbox',
  'mailbox closed',
  'domain gone',
  'relaying refused',
  'rejected',
  'unknown',
];

/**
 * Finds the cause of a bounce from the words and codes of the mail server, in this order:
 *
 * 1. clear words in many languages, whatever the codes say: `550 5.1.1 mailbox full` is full, `5.7.1 user unknown` is unknown;
 * 2. the enhanced code (RFC 3463, https://www.iana.org/assignments/smtp-enhanced-status-codes), unless it is as general as `5.0.0`;
 * 3. vague words, then the plain reply code.
 *
 * Hard is a cause that lasts: no such mailbox or domain, a closed mailbox, a server that does not take mail for the address, and a
 * permanent refusal (5xx) that gives no reason. Soft is all else, and all that the server called temporary (4xx).
 * @param words what the server said about this recipient
 * @param field the Status field of a report, `5.1.1`; null where there is none
 */
export function diagnose(words: string, field: string | null): Diagnosis {
  const bounded = withBlanks(words.slice(0, 2000));
  const { status: inWords, reply } = codesIn(bounded);
  const status = mostSpecific([field, inWords]);
  const clear = firstCause(causesByWords, wordsAlone(bounded));
  const said = clear ?? causeOfStatus(status) ?? vagueCause(bounded, reply);
  const cause = lasting.includes(said) && isBeforeRecipient(bounded) ? 'policy' : said;
  // whoever asked the name servers and was told that there is no such name need not ask again
  const isTemporarily = (clear !== 'domain gone' || reply) && isTemporary({ words: bounded, status, reply });
  return { cause, hard: lasting.includes(cause) && !isTemporarily, status };
}

/** Of qmail's log as some print it, `Remote_host_said:_550_no_such_user`, the words. */
const withBlanks = (words: string): string =>
  words.replaceAll(/\S{30,}/g, (one) => (one.split('_').length > 4 ? one.replaceAll('_', ' ') : one));

/** Does it say no more than that it did not arrive? */
export const isVague = ({ cause }: Diagnosis): boolean => cause === 'unknown' || cause === 'rejected';

function vagueCause(words: string, reply: string | null): BounceCause {
  const vague = firstCause(vagueCausesByWords, wordsAlone(words)) ?? byReply[reply ?? ''];
  return vague ?? (reply ? 'rejected' : 'unknown');
}

const causeOfStatus = (status: string | null): BounceCause | null => {
  const [, subject, detail] = status?.split('.') ?? [];
  return byStatus[`${subject}.${detail}`] ?? (subject === '5' ? null : (byStatus[subject ?? ''] ?? null));
};

/** A 5xx that the server said itself outweighs a report that calls it temporary; Postfix does so when told to be soft. */
function isTemporary({ words, status, reply }: DiagnosticCodes & { words: string }): boolean {
  if (/temporar(?:y|ily) (?:disabled|suspended|locked|deactivated|unavailable|rejected)/i.test(words))
    return true;
  return reply ? reply.startsWith('4') : (status ?? '').startsWith('4');
}

const firstCause = (table: typeof causesByWords, words: string): BounceCause | null =>
  table.find(([, pattern]) => pattern.test(words))?.[0] ?? null;

/** Without addresses, links and host names, whose letters mean nothing: `spamfilter.example.org said: no such user`. */
const wordsAlone = (words: string): string =>
  words
    .replaceAll(/\bhttps?:\/\/\S{1,500}/gi, (link) => (LISTS.test(link) ? ' blocklist ' : ' '))
    .replaceAll(/<?[^\s<>@]{1,128}@[\p{L}\p{N}.-]{1,255}>?/gu, ' x ')
    .replaceAll(/(?<![\w.-])(?:[a-z0-9-]{1,63}\.){2,9}[a-z]{2,20}\b/gi, (host) =>
      LISTS.test(host) ? 'blocklist' : ' ',
    )
    .replaceAll(/\s+/g, ' ');

const LISTS =
  /dnsbl|blocklist|blacklist|proofpoint|spamhaus|spamcop|barracudacentral|sorbs|surbl|uribl|dnsbl|\brbl\b/i;
