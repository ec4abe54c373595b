import { deliveryStatuses, type DeliveryStatus } from '../../mail/delivery-status.js';
import { addresses, header, messageIds, type MessageHeaders } from '../../mail/message-headers.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { returnedHeaders, withoutCopy } from '../../mail/returned-message.js';
import { typedAddress } from '../../mail/address-in-text.js';
import type { DeliveryProblem, Ourselves, Verdict } from '../incoming.rules.js';
import { causesByWords } from './cause-words.js';
import { diagnose } from './causes.js';
import type { Rule } from './classify.js';
import { ARRIVED, FAILED, FIXED_SENTENCE, GAVE_UP, LATE, WILL_TRY_AGAIN } from './daemon-sentences.js';
import { failedAddress } from './failed-address.js';
import { machineSigns, type MachineSigns } from './machine-signs.js';

/** What is looked at: a daemon says at the beginning what it has to say. */
const BEGINNING = 3000;

/**
 * Recognises the reports of mail servers that follow no standard, by the signs of a program in the header together with what the
 * text begins with; the subject alone never decides. A person who quotes or passes on such a report has none of the signs.
 */
export const asBounceInWords: Rule = (message, ourselves) => {
  const { headers } = message;
  const machine = machineSigns(message);
  if (machine.points < 2) return null;
  const { said, hasCopy, returned: copied } = withoutCopy(plainText(message));
  const returned = returnedHeaders(message.parts) ?? copied;
  const words = oneLine(withoutQuotes(said)).slice(0, BEGINNING);
  const subject = header(headers, 'subject').slice(0, 300);
  const points = wordPoints({
    message,
    words,
    subject,
    said,
    hasReturned: returned !== null || hasCopy,
    isSure: machine.points >= 3,
  });
  if (!isEnough(machine, points, words)) return null;
  const why = `${machine.why}; the text is a mail server's`;
  if (isReceipt(words, subject))
    return { kind: 'auto-reply', why: `${why}: a receipt that it was delivered` };
  return verdictOf({ message, ourselves, said, words, subject, returned, why });
};

type Opening = {
  message: ReadMessage;
  words: string;
  subject: string;
  said: string;
  hasReturned: boolean;
  isSure: boolean;
};
type WordPoints = { points: number; isFixed: boolean; hasMarks: boolean };

/**
 * Two signs that say a little are as good as one that says much. Where the sender's name is the only sign, as with a postmaster,
 * it may be a person who writes: then only a daemon's own sentences, or all of its other marks together, are enough.
 */
function isEnough(machine: MachineSigns, { points, isFixed, hasMarks }: WordPoints, words: string): boolean {
  if (machine.points < 3) return points >= 3 && (isFixed || hasMarks) && !soundsLikePerson(words);
  return (points >= 2 && points + machine.points >= 5) || (points >= 1 && machine.isDaemon);
}

const GREETING =
  /^(?:dear|hi|hello|hey|good (?:morning|day|afternoon)|hallo|liebe|sehr geehrt|guten|bonjour|chere?|hola|estimad|buen[oa]s|ciao|gentile|buongiorno|beste|geachte|hej|здравствуйте|добрый|уважаем)\S{0,3}\b(?!.{0,40}\bthis is (?:the|an?) )/iu;
const GOODBYE =
  /\b(?:(?:best|kind|warm)(?:est)? (?:regards|wishes)|yours (?:sincerely|faithfully)|sincerely|cheers|mit freundlichen gr|viele gr|herzliche|cordialement|bien . vous|saludos|un saludo|cordiali saluti|met vriendelijke|pozdrawiam|с уважением)/iu;
const soundsLikePerson = (words: string): boolean => GREETING.test(words) || GOODBYE.test(words);

function wordPoints({ message, words, subject, said, hasReturned, isSure }: Opening): WordPoints {
  const opening = words.slice(0, isSure ? 1500 : 400);
  const isFixed = FIXED_SENTENCE.test(opening);
  const isStructured = /^(?:final|original)-recipient\s*:/im.test(said);
  const hasCode = /(?:^|\s|[("':<#])[45](?:\d\d[ -]|\.\d\.\d{1,3}\b)/.test(words);
  const points =
    (isFixed ? 3 : saysFailed(opening) ? 1 : 0) +
    (saysFailed(oneLine(subject)) || BOUNCE_SUBJECT.test(subject) ? 2 : 0) +
    (/delivery-?status/i.test(message.params['report-type'] ?? '') ? 2 : 0) +
    (hasCode ? 1 : 0) +
    (hasReturned ? 1 : 0) +
    (isStructured ? 3 : 0);
  return { points, isFixed: isFixed || isStructured, hasMarks: saysFailed(opening) && hasReturned };
}

const saysFailed = (text: string): boolean =>
  FAILED.test(text) ||
  LATE.test(text) ||
  WILL_TRY_AGAIN.test(text) ||
  lastingWords.some((pattern) => pattern.test(text));

const lastingWords = causesByWords
  .filter(([cause]) => cause === 'no such mailbox' || cause === 'mailbox full')
  .map(([, pattern]) => pattern);

const BOUNCE_SUBJECT =
  /returned (?:e?mail|message|to)|failure notice|undeliver|non-?deliver|delivery (?:status|report|notification)|mail system error|\bndr\b|bounce|delivery (?:problem|warning|error)/i;

const isReceipt = (words: string, subject: string): boolean => {
  const text = `${subject}. ${words.slice(0, 600)}`;
  return ARRIVED.test(text) && !FAILED.test(text.replace(ARRIVED, ' '));
};

type Report = {
  message: ReadMessage;
  ourselves: Ourselves;
  said: string;
  words: string;
  subject: string;
  returned: MessageHeaders | null;
  why: string;
};

function verdictOf(report: Report): Verdict {
  const problem = problemOf(report);
  const { subject, words, returned, message, why } = report;
  const begins = `${subject}. ${words.slice(0, 1500)}`;
  const isLate = WILL_TRY_AGAIN.test(begins) || (LATE.test(begins) && !GAVE_UP.test(begins));
  return {
    kind: isLate ? 'delayed' : 'bounce',
    why,
    problem: isLate ? { ...problem, hard: false } : problem,
    originalMessageId: originalMessageId(returned, message.headers, report.said),
  };
}

function problemOf({ message, ourselves, said, returned }: Report): DeliveryProblem {
  const [status] = [
    said,
    ...message.parts.filter(({ type }) => type === 'message/rfc822').map(({ text }) => text ?? ''),
  ].flatMap(fieldsWithin);
  const notThem = new Set([
    ...ourselves.addresses,
    ...['to', 'from', 'reply-to'].flatMap((name) =>
      addresses(message.headers, name).map(({ address }) => address),
    ),
  ]);
  const named = typedAddress(header(message.headers, 'x-failed-recipients').split(',')[0] ?? '');
  const reported =
    status && (typedAddress(status['final-recipient']) ?? typedAddress(status['original-recipient']));
  const address = named ?? reported ?? failedAddress({ said, returned, notThem, domain: domainOf(message) });
  const near = wordsAbout(said, address);
  const first = diagnose(status?.['diagnostic-code'] || near, status?.status || null);
  const {
    hard,
    cause,
    status: code,
  } = first.cause === 'unknown' || first.cause === 'rejected'
    ? better(first, diagnose(oneLine(said).slice(0, 2000), null))
    : first;
  return { hard, status: code, address, cause };
}

/** A gateway may put the whole report of another server into its own, as text or as a message. */
const fieldsWithin = (text: string): DeliveryStatus[] =>
  deliveryStatuses(/^(?:final|original)-recipient\s*:[^]*/im.exec(text)?.[0] ?? '');

const better = <T extends { cause: string; status: string | null }>(first: T, second: T): T =>
  second.cause === 'unknown' || (first.cause === 'rejected' && second.cause === 'policy') ? first : second;

/** The lines with codes, and those around the address: what comes before and after is the same in every report. */
export function wordsAbout(said: string, address: string | null): string {
  const lines = said.split('\n').map((line) => line.slice(0, 600));
  const chosen = new Set<number>();
  lines.forEach((line, at) => {
    const isCode = /(?:^|[\s("':<#;])(?:[45]\d\d(?:[ -]|$)|#?[45]\.\d\.\d{1,3}\b)/.test(line);
    const isNear = address !== null && line.toLowerCase().includes(address);
    if (isCode || isNear) [at, at + 1, at + 2].forEach((one) => chosen.add(one));
  });
  return oneLine(
    [...chosen]
      .toSorted((one, other) => one - other)
      .map((at) => lines[at] ?? '')
      .join('\n'),
  ).slice(0, 2000);
}

/** The Message-ID of ours: of the copy, else as the report names it. */
export function originalMessageId(
  returned: MessageHeaders | null,
  headers: MessageHeaders,
  said: string,
): string | null {
  return (
    (returned && messageIds(returned, 'message-id')[0]) ??
    /message-id:?\s*(<[^<>\s]{1,500}>)/i.exec(said.slice(0, 30_000))?.[1] ??
    messageIds(headers, 'in-reply-to')[0] ??
    messageIds(headers, 'references').at(-1) ??
    null
  );
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Without lines that quote another message. Sendmail's transcripts, `>>> RCPT To` and `<<< 550`, stay. */
const withoutQuotes = (text: string): string => text.replaceAll(/^>(?!>>).*$/gm, '');

export const domainOf = ({ headers }: ReadMessage): string | null =>
  addresses(headers, 'from')[0]?.address.split('@')[1] ?? null;
