import { addresses, header, hasHeader, type MessageHeaders } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import type { Rule } from './classify.js';
import type { Said } from './what-it-says.js';
import { hasNullReturnPath, isAutoSubmitted, plainHeader } from './signs.js';
import { hasWayToProve, isAgainstSpam, isHeld, isToProve } from './words/confirming.js';

/**
 * What asks us to prove that we are people before a mail of ours is delivered. Known services are told by their headers and senders,
 * others by four things in the words together: a proof, a way to give it, a mail that waits, and that it is about spam. A
 * person may ask for any of these, but not for all.
 */
export const asChallenge: Rule = (message, _ourselves, said) => {
  const why = dressedAsReport(message) ?? service(message.headers, said.plainOwn) ?? inWords(message, said);
  return why ? { kind: 'challenge', why: `Challenge: ${why}` } : null;
};

/** Boxbe sends its question as a report of delivery (RFC 3464) that is no failure. */
function dressedAsReport({ parts }: ReadMessage): string | null {
  const report = parts.find(({ type }) => type === 'message/delivery-status');
  const isOne = /^Diagnostic-Code:\s*X-Boxbe-Notice;[^\n]*not pre-approved/im.test(report?.text ?? '');
  return isOne ? 'Diagnostic-Code: X-Boxbe-Notice' : null;
}

/** A letter about spam filters says much of this, too, but at greater length. */
const LONGEST = 1500;

const serviceHeaders = [
  'x-boxbe-notice',
  'x-bluebottle-request',
  'x-spamarrest-verify',
  'x-sa-challenge',
  'x-challenge-response',
  'x-mailinblack',
  'x-antispam-challenge',
];
/** Where the links of services lead that put a question before every mail. */
const serviceLink =
  /https?:\/\/(?:[\w-]{1,40}\.){0,4}(?:boxbe|spamarrest|bluebottle|mailinblack|knowspam|0spam|spamlion|choicemail|qurb|vanquish|sendio|antispam\.uol|captcha\.uol)\./;

function service(headers: MessageHeaders, text: string): string | null {
  const name = serviceHeaders.find((one) => hasHeader(headers, one));
  if (name) return `${name}: ${header(headers, name).slice(0, 60)}`;
  const link = serviceLink.exec(text)?.[0];
  if (link && text.length < LONGEST && isToProve.test(text))
    return `a link to ${link} and words that ask for a proof`;
  // people who use TMDA have its header on what they write as well
  const isTmda =
    /\btmda\b/.test(plainHeader(headers, 'x-delivery-agent')) || hasHeader(headers, 'x-tmda-fingerprint');
  const [replyTo] = addresses(headers, 'reply-to');
  return isTmda && /-confirm-/.test(replyTo?.address ?? '')
    ? `Reply-To: ${replyTo!.address.slice(0, 80)}`
    : null;
}

function inWords({ headers, type }: ReadMessage, { own, plainOwn: text }: Said): string | null {
  if (type === 'multipart/report' || own.length > LONGEST) return null;
  if (!hasWayToProve(text) || !isToProve.test(text) || !isHeld.test(text)) return null;
  if (isAgainstSpam.test(text))
    return 'a proof, a way to give it, a mail that waits for it, and spam as the reason, all in its words';
  const isMarked = hasNullReturnPath(headers) || isAutoSubmitted(headers);
  return isMarked ? 'it was sent automatically, and asks for a proof while a mail waits for it' : null;
}
