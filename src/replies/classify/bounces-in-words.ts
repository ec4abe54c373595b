import { deliveryStatuses } from '../../mail/delivery-status.js';
import { addresses, header, messageIds, type MessageHeaders } from '../../mail/message-headers.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { returnedHeaders, withoutCopy } from '../../mail/returned-message.js';
import { typedAddress } from '../../mail/address-in-text.js';
import type { DeliveryProblem, Ourselves, Verdict } from '../incoming.rules.js';
import { diagnose } from './causes.js';
import type { Rule } from './classify.js';
import { ARRIVED, FAILED, FIXED_SENTENCE, GAVE_UP, STILL_TRYING } from './daemon-sentences.js';
import { failedAddress } from './failed-address.js';
import { machineSigns } from './machine-signs.js';

/** What is looked at: a daemon says at the beginning what it has to say. */
const BEGINNING = 3000;

/**
 * Recognises the reports of mail servers that follow no standard, by the signs of a program in the header together with what the
 * text begins with; the subject alone never decides. A person who quotes or passes on such a report has none of the signs.
 */
export const asBounceInWords: Rule = (message, ourselves) => {
  const { headers } = message;
  const machine = machineSigns(headers, message.type);
  if (machine.points < 2) return null;
  const { said, returned: copied } = withoutCopy(plainText(message));
  const returned = returnedHeaders(message.parts) ?? copied;
  const words = oneLine(withoutQuotes(said)).slice(0, BEGINNING);
  const subject = header(headers, 'subject').slice(0, 300);
  const points = wordPoints({
    words,
    subject,
    said,
    hasReturned: returned !== null,
    isSure: machine.points >= 3,
  });
  if (points < 2 || points + machine.points < 5) return null;
  const why = `${machine.why}; the text is a mail server's`;
  if (isReceipt(words, subject))
    return { kind: 'auto-reply', why: `${why}: a receipt that it was delivered` };
  return verdictOf({ message, ourselves, said, words, subject, returned, why });
};

function wordPoints({
  words,
  subject,
  said,
  hasReturned,
  isSure,
}: {
  words: string;
  subject: string;
  said: string;
  hasReturned: boolean;
  isSure: boolean;
}): number {
  const opening = isSure ? words.slice(0, 1500) : words.slice(0, 400);
  const isFailed = FAILED.test(opening);
  const says = FIXED_SENTENCE.test(opening) ? 3 : isFailed ? 1 : 0;
  const isStructured = /^(?:final|original)-recipient\s*:/im.test(said);
  return (
    says +
    (FAILED.test(oneLine(subject)) || STILL_TRYING.test(subject) || BOUNCE_SUBJECT.test(subject) ? 2 : 0) +
    (/(?:^|\s|[("':<#])[45](?:\d\d[ -]|\.\d\.\d{1,3}\b)/.test(words) ? 1 : 0) +
    (hasReturned ? 1 : 0) +
    (isStructured ? 3 : 0)
  );
}

const BOUNCE_SUBJECT =
  /returned (?:e?mail|message|to)|failure notice|undeliver|non-?deliver|delivery (?:status|report|notification)|mail system error|\bndr\b|bounce/i;

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
  const isLate = STILL_TRYING.test(begins) && !GAVE_UP.test(begins);
  return {
    kind: isLate ? 'delayed' : 'bounce',
    why,
    problem: isLate ? { ...problem, hard: false } : problem,
    originalMessageId: originalMessageId(returned, message.headers, report.said),
  };
}

function problemOf({ message, ourselves, said, returned }: Report): DeliveryProblem {
  const [status] = deliveryStatuses(/^(?:final|original)-recipient\s*:[^]*/im.exec(said)?.[0] ?? '');
  const notThem = new Set([
    ...ourselves.addresses,
    ...['to', 'from', 'reply-to'].flatMap((name) =>
      addresses(message.headers, name).map(({ address }) => address),
    ),
  ]);
  const named = typedAddress(header(message.headers, 'x-failed-recipients').split(',')[0] ?? '');
  const reported =
    status && (typedAddress(status['final-recipient']) ?? typedAddress(status['original-recipient']));
  const address = named ?? reported ?? failedAddress({ said, returned, notThem });
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
