import { addresses, header, type MessageHeaders } from '../../mail/message-headers.js';
import { addressesIn } from '../../mail/address-in-text.js';
import type { Ourselves } from '../incoming.rules.js';
import { FAILED } from './delivery-words.js';
import { nameOnly, OFFICIAL } from './name-only.js';
import { recipientInReturnPath } from './verp.js';

type Evidence = {
  /** what the daemon says, without the copy of our message */
  said: string;
  returned: MessageHeaders | null;
  /** of the report itself */
  report: MessageHeaders;
  ourselves: Ourselves;
};

const ASKED_TO_WRITE_TO =
  /contact|please|forward|help|question|assist|e-?mail us|write to|send (?:mail|e-?mail|a message|this)|further|support|kontakt|wenden sie|contacter|veuillez|report|problem|sender|from:|von:|absender|visit/i;
/** What names the sender before the address on the same line. */
const FROM_US = /\b(?:mail|messages?|e-?mails?|accept\w*|sent|sender|envelope)\s+from\s*["'<(]*$/i;
/** What names the recipient before the address on the same line. */
const LABEL =
  /(?:recipients?|rcpt(?: to)?|user|destinat\w*(?: a)?|addressee|address|failed|for|empf.nger|destinataire|adres\w*|получател\w*|收件人|(?:发送|發送|傳送|投递|投遞)(?:到|至)|宛先|あて先|수신자|mailbox|account|addressed,|(?:message|addressed|sen[dt]|sending|e-?mail|deliver\w*|undeliverable) to)\s*[:=：]?\s*(?:rfc822\s*;)?\s*["'<[(]*$/i;

/** What looks like an address behind these is the name of a message. */
const MESSAGE_ID =
  /^[ \t>|*-]{0,8}(?:[\w-]{0,40}message-?id|in-reply-to|references|content-id|message|identificativo messaggio)\s*:/i;

/** Postfix and Sendmail name behind where a forwarding server sent our message on to whom we wrote to; Exim calls it generated. */
const SENT_ON = /\((?:expanded|generated) from:?\s*<?$/i;

/** Alone on its line, or behind a label: more than an address that occurs in a sentence. */
const NAMED_PLAINLY = 4;

/**
 * The address that a daemon says has failed. Each address it names is weighed by how it stands there: alone on its line, behind a
 * label or a RCPT command, beside a reply code; one that our message was sent to weighs more.
 * @returns small letters; the only recipient of our message where the daemon names nobody, or whom its subject or the address it
 *   came to names
 */
export function failedAddress({ said, returned, report, ourselves }: Evidence): string | null {
  const sentTo = recipientsOf(returned);
  const senders = new Set(named(returned ?? [], ['from', 'sender', 'return-path']));
  const parties = new Set(named(report, ['to', 'from', 'reply-to']));
  const weighed = addressesIn(said).map(({ address, at }) => ({
    address,
    weight: weightOf(said, address, at) + (sentTo.includes(address) ? 3 : 0) - (senders.has(address) ? 6 : 0),
    isParty: !sentTo.includes(address) && (parties.has(address) || ourselves.addresses.includes(address)),
  }));
  const best = heaviest(weighed.filter(({ isParty, weight }) => !isParty && weight > 0));
  if (sentTo.length === 1 && (best?.weight ?? 0) < NAMED_PLAINLY) return sentTo[0]!;
  const inSubject = addressesIn(header(report, 'subject')).find(
    ({ address }) => !parties.has(address) && !ourselves.addresses.includes(address),
  );
  return (
    best?.address ??
    recipientInReturnPath(report) ??
    inSubject?.address ??
    nameOnly({ said, sentTo, returned, report }) ??
    toThemselves(weighed, ourselves)
  );
}

type Weighed = { address: string; weight: number };

/** The first of the heaviest. */
const heaviest = <One extends Weighed>(addresses: readonly One[]): One | null =>
  addresses.toSorted((one, other) => other.weight - one.weight)[0] ?? null;

/** People write to themselves: whom the report came to, where it stands as only a failed address does. */
const toThemselves = (weighed: readonly Weighed[], { addresses: ours }: Ourselves): string | null =>
  heaviest(weighed.filter(({ address, weight }) => weight > NAMED_PLAINLY + 2 && !ours.includes(address)))
    ?.address ?? null;

const named = (headers: MessageHeaders, names: readonly string[]): string[] =>
  names.flatMap((name) => addresses(headers, name)).map(({ address }) => address);

function weightOf(said: string, address: string, at: number): number {
  const start = said.lastIndexOf('\n', at) + 1;
  const end = said.indexOf('\n', at);
  const line = said.slice(Math.max(start, at - 300), Math.min(end === -1 ? said.length : end, at + 400));
  const before = line.slice(0, at - Math.max(start, at - 300));
  const after = line.slice(before.length + address.length);
  let weight = 2;
  if (/^[\s<"'([>*•-]*$/.test(before)) weight += /^[>"')\]]*[\s.,;:]*$/.test(after) ? 4 : 2;
  if (/^[>"')\]]*\s*(?::|\.\.\.|\()/.test(after)) weight += 1;
  if (LABEL.test(before)) weight += 3;
  else if (/[:：=]\s*["'<([]*$/.test(before)) weight += 2;
  if (isIntroduced(said, start)) weight += 3;
  if (SENT_ON.test(before)) weight += 8;
  if (/^\s*(?:to|cc|an|an:|à|para)\s*:/i.test(before))
    weight += SUMMARY.test(said.slice(Math.max(0, start - 200), at + 300)) ? -1 : 2;
  if (MESSAGE_ID.test(before)) weight -= 20;
  if (/\b[45]\d\d[ -]|\b[45]\.\d\.\d/.test(line)) weight += 1;
  if (/unknown|not found|exist|invalid|no such|disabled|full|quota|undeliver|unable|reject|fail/i.test(line))
    weight += 1;
  if (OFFICIAL.test(address)) weight -= 4;
  if (FROM_US.test(before)) weight -= 4;
  if (ASKED_TO_WRITE_TO.test(before)) weight -= 2;
  return weight;
}

/** A summary of our message names those that it was for, be they reached or not. */
const SUMMARY = /^\s*(?:subject|betreff|objet|asunto|assunto|oggetto)\s*:/im;

/** Does a sentence that ends in a colon, and says that something failed, stand above the line? */
function isIntroduced(said: string, start: number): boolean {
  const above = said
    .slice(Math.max(0, start - 300), start)
    .trimEnd()
    .split('\n')
    .slice(-2)
    .join(' ');
  return (
    /[:：]\s*(?:<[^>]*>\s*)?$/.test(above) &&
    (FAILED.test(above) || /recipient|address\(?e?s?\)?:|failed|adress|empf|dest/i.test(above))
  );
}

/** Whom the message that came back was for, small letters. */
export function recipientsOf(returned: MessageHeaders | null): string[] {
  const fields = [
    ['to', 'cc'],
    ['x-original-to', 'original-recipient', 'apparently-to', 'delivered-to'],
  ];
  const found = fields.map((names) =>
    named(returned ?? [], names).filter((address) => address.includes('@')),
  );
  return [...new Set(found.find((addresses) => addresses.length > 0))];
}
