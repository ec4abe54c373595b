import { firstAddressIn, typedAddress } from '../../mail/address-in-text.js';
import { deliveryStatuses, type DeliveryStatus } from '../../mail/delivery-status.js';
import { header, type MessageHeaders } from '../../mail/message-headers.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { returnedHeaders, withoutCopy } from '../../mail/returned-message.js';
import type { DeliveryProblem, Ourselves } from '../incoming.rules.js';
import { isAutomaticRefusal } from './automatic-refusal.js';
import { diagnose, isVague } from './causes.js';
import type { Rule } from './classify.js';
import { statusIn } from './diagnostic-codes.js';
import { ARRIVED, FAILED, GAVE_UP, LATE, STRIPPED, WILL_TRY_AGAIN } from './delivery-words.js';
import { isDaemonsReport, isTranscript, subjectOf, type Said } from './daemon-words.js';
import { failedAddress } from './failed-address.js';
import { isOfFilter } from './gateway-sentences.js';
import { machineSigns } from './machine-signs.js';
import { originalMessageId } from './original-message-id.js';
import { isSaidByPerson } from './person-words.js';
import { reportWithoutSigns } from './signless-reports.js';
import { oneLine, wordsAbout } from './words-about.js';

const OWN_ANSWER =
  'its header calls it an automatic answer, and a server says in it that an address was not reached';

/** A filter or a desk refuses a message, and not an address. */
const REFUSED = { cause: 'policy', hard: false } as const;

/** A daemon says at the beginning what it has to say. */
const BEGINNING = 3000;

/**
 * Recognises the reports of mail servers that follow no standard, by the signs of a program in the header together with what the
 * text begins with; the subject alone never decides. A person who quotes such a report has none of the signs, and one who passes
 * it on has words above it.
 */
export const asBounceInWords: Rule = (message, ourselves, says) => {
  const { words: whole, own } = says;
  const machine = machineSigns(message);
  // somebody's words above a message that is passed on; a daemon passes ours on below what it says of it
  if (!machine.isDaemonByName && own.trim() && own !== whole && !FAILED.test(oneLine(own))) return null;
  const isOwnAnswer = isAutomaticRefusal(message, says);
  const unsigned = machine.points < 2 ? reportWithoutSigns(message, says) : null;
  const without = isOwnAnswer ? OWN_ANSWER : unsigned;
  if (machine.points < 2 && !machine.isServer && !without) return null;
  const { said: text, hasCopy, returned: copied } = withoutCopy(plainText(message));
  const returned = returnedHeaders(message.parts) ?? copied;
  const words = oneLine(withoutQuotes(text)).slice(0, BEGINNING);
  const said = { text, words, subject: subjectOf(message), hasCopy: hasCopy || returned !== null };
  if (machine.points >= 2 && STRIPPED.test(words.slice(0, 600)) && !isSaidByPerson(words))
    return {
      kind: 'auto-reply',
      why: `${machine.why}; a filter says that it was delivered without an attachment`,
    };
  if (!without && !isDaemonsReport(message, machine, said) && !isTranscript(machine, said)) return null;
  const why = without ?? `${machine.why}; the text is a mail server's`;
  if (isReceipt(said)) return { kind: 'auto-reply', why: `${why}: a receipt that it was delivered` };
  const found = problemOf({ message, ourselves, text, returned });
  // one that no other sign names may be that of the sender, whose own mailbox is full
  const named = without ? { ...found, address: found.address ?? firstAddressIn(words) } : found;
  const problem = isOwnAnswer && named.cause === 'unknown' ? { ...named, ...REFUSED } : named;
  return {
    kind: isLate(said) ? 'delayed' : 'bounce',
    why,
    problem: isLate(said) ? { ...problem, hard: false } : problem,
    originalMessageId: originalMessageId({ returned, headers: message.headers, said: text }),
  };
};

function isReceipt({ subject, words }: Said): boolean {
  const begins = `${subject}. ${words.slice(0, 600)}`;
  return ARRIVED.test(begins) && !FAILED.test(begins.replace(ARRIVED, ' '));
}

function isLate({ subject, words }: Said): boolean {
  const begins = `${subject}. ${words.slice(0, 1500)}`;
  return WILL_TRY_AGAIN.test(begins) || (LATE.test(begins) && !GAVE_UP.test(begins));
}

type Report = {
  message: ReadMessage;
  ourselves: Ourselves;
  text: string;
  returned: MessageHeaders | null;
};

function problemOf({ message, ourselves, text, returned }: Report): DeliveryProblem {
  const status = lostStatus(message, text);
  const address =
    typedAddress(header(message.headers, 'x-failed-recipients').split(',')[0]!) ??
    typedAddress(status?.['final-recipient'] ?? '') ??
    typedAddress(status?.['original-recipient'] ?? '') ??
    failedAddress({ said: text, returned, report: message.headers, ourselves });
  const near = diagnose(
    status?.['diagnostic-code'] || wordsAbout(text, address),
    statusIn(status?.status ?? ''),
  );
  const whole = isVague(near) ? diagnose(oneLine(text), null) : near;
  const told = isVague(whole) ? near : whole;
  const isFiltered = isVague(told) && isOfFilter(oneLine(text).slice(0, BEGINNING));
  return { ...told, ...(isFiltered ? REFUSED : {}), address };
}

/** A gateway may put the whole report of another server into its own, as text, as a text attached or as a message. */
function lostStatus({ parts }: ReadMessage, text: string): DeliveryStatus | undefined {
  const attached = parts.filter(({ type }) => /^(message\/rfc822|text\/plain)$/.test(type));
  const fields = [text, ...attached.map((part) => part.text ?? '')].map(
    (one) => /^(?:final|original)-recipient\s*:[^]*/im.exec(one)?.[0] ?? '',
  );
  return fields.flatMap(deliveryStatuses)[0];
}

/** Without lines that quote another message. Sendmail's transcripts, `>>> RCPT To` and `<<< 550`, stay. */
const withoutQuotes = (text: string): string => text.replaceAll(/^>(?!>>).*$/gm, '');
