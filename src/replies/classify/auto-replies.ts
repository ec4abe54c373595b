import { addresses, hasHeader, header, type MessageHeaders } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import {
  isAcknowledgement,
  isAutomaticByItsWords,
  isBareConfirmation,
  isBareAcknowledgement,
  isNothingElse,
} from './acknowledgement.js';
import type { Rule } from './classify.js';
import { markOfPrograms } from './desk-answers.js';
import { isFromWritingProgram } from './machine-signs.js';
import {
  hasNullReturnPath,
  isAutoSubmitted,
  isBulk,
  isFromHelpDesk,
  isSentToMany,
  plainHeader,
} from './signs.js';
import { isAbsent, isCovered, isLeftToOthers } from './words/absence.js';
import { isJirasOwn, isPromised, isReceived } from './words/acknowledgement.js';
import { isTakingStand } from './words/answering.js';
import { hasLeft } from './words/leaving.js';
import { isAutomaticTitle, isMachineSubject } from './words/subjects.js';
import { isUnread } from './words/unattended.js';
import { isSaidAutomatic, isSelfDeclared } from './words/who-speaks.js';

/**
 * What a program answered by itself (RFC 3834 and the headers of vendors): absence, acknowledgement, notice. A header that is never
 * on people's mail is enough. Of everything weaker two signs are needed, because help desks, lists and Exchange put such
 * headers on what people write.
 */
export const asAutoReply: Rule = (message, _ourselves, { plainOwn }) => {
  const { headers } = message;
  if (/^no\b/.test(plainHeader(headers, 'auto-submitted'))) return null;
  const why =
    markOfPrograms(headers, plainOwn) ??
    exchangeRule(headers) ??
    reportOfServer(message) ??
    subjectAndMore(headers, plainOwn) ??
    markAndWords(headers, plainOwn) ??
    (isAutomaticByItsWords(plainOwn) ? 'it says of itself that a program wrote it' : null) ??
    (isBareAcknowledgement(plainOwn)
      ? 'it gives a number, promises an answer and says that nobody reads what is sent to it'
      : null);
  return why ? { kind: 'auto-reply', why: `Automatic: ${why}` } : null;
};

/**
 * What a rule in a mailbox of Exchange answers. Its header is on what a rule passes on as well, which a person may have written:
 * a forwarded mail says so in its subject, and a redirected one does not come from the mailbox.
 */
function exchangeRule(headers: MessageHeaders): string | null {
  const mailbox = header(headers, 'x-ms-exchange-inbox-rules-loop').trim().toLowerCase();
  const isAnswering = mailbox && mailbox === addresses(headers, 'from')[0]?.address;
  const isAutomatic = isAutoSubmitted(headers) || plainHeader(headers, 'x-auto-response-suppress') === 'all';
  return isAnswering && isAutomatic && !isPassedOn(headers)
    ? 'X-MS-Exchange-Inbox-Rules-Loop names its sender'
    : null;
}

const isPassedOn = (headers: MessageHeaders): boolean =>
  /^(fw|fwd|wg|tr|i|rv|doorst|vs|vb|enc|pd|转发|轉寄) ?:/.test(plainHeader(headers, 'subject')) ||
  headers.some(({ name }) => name.startsWith('resent-'));

/** Reports of mail servers on other people's mail in our name: DMARC (RFC 7489, section 7.2.1.1) and TLS (RFC 8460). */
function reportOfServer({ headers, type, params, parts }: ReadMessage): string | null {
  if (type === 'multipart/report' && params['report-type']?.toLowerCase() === 'tlsrpt')
    return 'a report on TLS (report-type=tlsrpt)';
  const isDmarc =
    /^(\[[^\]]+\] ?)?report domain: ?\S+ submitter: ?\S+/.test(plainHeader(headers, 'subject')) &&
    parts.some(({ fileName }) => /^[^!]+![^!]+!\d+!\d+/.test(fileName ?? ''));
  return isDmarc ? 'a DMARC report by its subject and its attachment' : null;
}

/**
 * The subject that a program gives to its answer, and any second sign. A person who is away may give it to theirs as well, and then
 * answers what was asked.
 */
function subjectAndMore(headers: MessageHeaders, text: string): string | null {
  const subject = plainHeader(headers, 'subject');
  if (!isMachineSubject(subject)) return null;
  // who answers an automatic answer leaves its subject
  if (isFromWritingProgram(headers) && !isMarkedInHeader(headers)) return null;
  const isOfProgram = [isAbsent, isLeftToOthers, isCovered, hasLeft, isSaidAutomatic].some((phrase) =>
    phrase.test(text),
  );
  const weaker =
    (isAutomaticTitle(subject) ? (suppressed(headers) ?? acknowledging(text)) : null) ??
    (isOfProgram ? 'words of the same kind' : null);
  const second = markOf(headers) ?? weaker;
  // forwarders empty the return path of what people write as well
  if (!isMarkedInHeader(headers) && isTakingStand.test(text)) return null;
  return second && `the subject “${header(headers, 'subject').slice(0, 80)}” and ${second}`;
}

const acknowledging = (text: string): string | null =>
  isAcknowledgement(text) && isNothingElse(text) ? 'the words of an acknowledgement' : null;

/** A header that programs have and some people's mail as well, and words that only a program writes. */
function markAndWords(headers: MessageHeaders, text: string): string | null {
  const mark = markOf(headers);
  if (!mark) return null;
  if (isJirasOwn.test(text)) return `${mark} and what Jira says by itself`;
  if (
    isAcknowledgement(text) &&
    !isTakingStand.test(text) &&
    (isMarkedInHeader(headers) || isNothingElse(text))
  )
    return `${mark} and the words of an acknowledgement`;
  if (isFromHelpDesk(headers) || isSentToMany(headers)) return null;
  if (isMarkedInHeader(headers) && isBareConfirmation(text)) return `${mark} and a registry's confirmation`;
  const isGone = isAbsent.test(text) || hasLeft.test(text);
  if (isGone && isNobodyThere(headers, text)) return `${mark} and the words of somebody absent`;
  const isTold = isPromised.test(text) || isReceived.test(text);
  return hasNullReturnPath(headers) && isBulk(headers) && isTold ? `${mark} and ${BULK}` : null;
}

/**
 * Beside the mark, is there what people who are away do not leave? Forwarders empty the return path of what they write, so that it
 * needs another mark beside it, or words that nobody reads what was sent there.
 */
function isNobodyThere(headers: MessageHeaders, text: string): boolean {
  if (isMarkedInHeader(headers)) return hasNullReturnPath(headers) || isLeftToOthers.test(text);
  return (isUnread.test(text) || isSelfDeclared.test(text)) && !isTakingStand.test(text);
}

const BULK = 'Precedence: bulk';

const isMarkedInHeader = (headers: MessageHeaders): boolean => isAutoSubmitted(headers) || isBulk(headers);

function markOf(headers: MessageHeaders): string | null {
  if (hasNullReturnPath(headers)) return 'an empty return path';
  if (isAutoSubmitted(headers))
    return `Auto-Submitted: ${plainHeader(headers, 'auto-submitted').slice(0, 40)}`;
  return isBulk(headers) ? BULK : null;
}

/** Exchange has this in people's mail as well: it counts only beside the subject of a program. */
const suppressed = (headers: MessageHeaders): string | null =>
  hasHeader(headers, 'x-auto-response-suppress') ? 'X-Auto-Response-Suppress' : null;
