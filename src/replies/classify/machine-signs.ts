import { allHeaders, hasHeader, header, type MessageHeaders } from '../../mail/message-headers.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { remembering } from '../../remembering.js';
import { isNoticeOfFilter } from './gateway-sentences.js';
import { senderOf } from './sender-names.js';

/** How surely a program sent a message, and the sign that says most; 2 is likely, 3 certain, below 0 a person. */
export type MachineSigns = {
  points: number;
  why: string;
  /** whatever speaks for a program, also where it is outweighed */
  signs: readonly string[];
  /** does the sender have a mail server's name? A postmaster may be a person. */
  isServer: boolean;
  /** is it a mail server for certain? A postmaster is one only where the return path is empty as well. */
  isDaemon: boolean;
  /** is it one by its name alone, which no person has? */
  isDaemonByName: boolean;
};
type Sign = { points: number; why: string };

/** Programs in which people write. Names that mail servers carry too, Exchange's and Domino's, are not among them. */
const WRITING_PROGRAM =
  /thunderbird|apple mail|iphone mail|ipad mail|k-?9 mail|\bmutt\b|evolution|kmail|roundcube|squirrelmail|airmail|the bat|sylpheed|claws|mailspring|emclient|microsoft outlook (?:[1-9]\d|imo|for)|microsoft (?:office outlook|outlook express|windows live mail)|outlook-(?:ios|android)|protonmail|fairemail/i;

/** Servers that say who they are where people's programs do. */
const SERVER_PROGRAM =
  /smtp32|internet mail service|\bimail\b|mailmarshal|mailsweeper|surfcontrol|mdaemon|mercury|vpop3|argosoft|exchange server|mail delivery|amavis|mailscanner|mimedefang|m-filter|mailfoundry|symantec|trend ?micro|interscan/i;

/** What people's programs put before the subject they answer or pass on, in many languages. */
export const ANSWERED_OR_PASSED_ON =
  /^\s*(?:(?:\[[^\]\n]{1,40}\]|\([^)\n]{1,40}\))\s*)?(?:re|fwd?|aw|wg|sv|vs|vb|tr|rv|rif|r|i|enc|res|antw|odp|pd|ynt|ilt|doorst|ref|回复|转发|答复|回覆|轉寄|答覆|転送|返信|전달|회신|отв|на)(?:\[\d{1,3}\])?\s*[:：]/iu;

/**
 * Reads the signs of a program in the header: the empty return path of RFC 5321 (section 4.5.5), a mail server's sender name,
 * Auto-Submitted (RFC 3834). People's programs and subjects that answer count against it.
 */
export const machineSigns = (message: ReadMessage): MachineSigns => remembered(message, 'signs');

const remembered = remembering((message: ReadMessage): MachineSigns => {
  const { headers } = message;
  const sender = senderOf(headers);
  const found: Sign[] = [sender, ...byFields(message), ...byWholeText(message)];
  const isSure = found.some((sign) => sign.points >= 3);
  if (!isSure && isFromPerson(headers)) found.push({ points: -5, why: '' });
  const points = found.reduce((sum, sign) => sum + sign.points, 0);
  const strongest = found.toSorted((one, other) => other.points - one.points);
  const signs = strongest.filter((sign) => sign.points > 0).map(({ why }) => why);
  const { isServer, isDaemonByName } = sender;
  const isDaemon = isDaemonByName || (isServer && points >= 5);
  return { points, why: strongest[0]!.why, signs, isServer, isDaemon, isDaemonByName };
});

/** Does a program say that people write in it, or is it an answer, or something passed on? */
const isFromPerson = (headers: MessageHeaders): boolean =>
  isFromWritingProgram(headers) || ANSWERED_OR_PASSED_ON.test(header(headers, 'subject'));

/** Does the program that it was written in say so? */
export const isFromWritingProgram = (headers: MessageHeaders): boolean =>
  WRITING_PROGRAM.test(
    ['user-agent', 'x-mailer', 'mime-version']
      .map((name) => header(headers, name))
      .join(' ')
      .slice(0, 500),
  );

function byFields({ headers, type, params }: Pick<ReadMessage, 'headers' | 'type' | 'params'>): Sign[] {
  const found: Sign[] = [];
  if (hasNullSender(headers)) found.push({ points: 3, why: 'Return-Path is empty' });
  if (hasHeader(headers, 'x-failed-recipients')) found.push({ points: 3, why: 'X-Failed-Recipients' });
  if (
    SERVER_PROGRAM.test(header(headers, 'x-mailer').slice(0, 200)) ||
    hasHeader(headers, 'x-ms-embedded-report')
  )
    found.push({ points: 2, why: 'a mail server named itself in X-Mailer' });
  // certified mail of Italy (decree of 2 November 2005): what became of a message stands in this field
  const receipt = header(headers, 'x-ricevuta').trim();
  if (receipt) found.push({ points: 3, why: `X-Ricevuta: ${receipt.slice(0, 40)}` });
  if (isDeliveryReport(type, params)) found.push({ points: 2, why: type });
  const submitted = header(headers, 'auto-submitted').toLowerCase();
  if (submitted && !submitted.startsWith('no'))
    found.push({ points: 2, why: `Auto-Submitted: ${submitted.slice(0, 60)}` });
  const precedence = header(headers, 'precedence').trim();
  if (/^(?:bulk|junk|auto_reply|list)\b/i.test(precedence))
    found.push({ points: 1, why: `Precedence: ${precedence.slice(0, 40)}` });
  return found;
}

/**
 * A filter that builds its own mail names itself in the boundary. It does so in people's mail that it cleaned, too, but there its words
 * are not all that is said.
 */
function byWholeText(message: ReadMessage): Sign[] {
  const isBuilt = /inter_?scan/i.test(message.params['boundary'] ?? '');
  return isBuilt && isNoticeOfFilter(plainText(message))
    ? [{ points: 2, why: 'a filter wrote all of its text' }]
    : [];
}

/** A report of another kind, a receipt for one, speaks for a program as well, but for none that delivers mail. */
const isDeliveryReport = (type: string, { 'report-type': kind }: Record<string, string>): boolean =>
  kind ? /delivery-?status/i.test(kind) : type === 'multipart/report';

/** `Return-Path: <>` (RFC 5321, section 4.5.5), also as some servers, MMDF for one, write it down. */
const NULL_SENDER =
  /^\s*(?:<\s*>|<?\s*"?"?@?\s*>?|<?#@\[\]>?|<?mailer-?daemon(?:@[^>\s]*)?>?|<?mmdf>?|null|<?<>>?)\s*$/i;

export const hasNullSender = (headers: MessageHeaders): boolean =>
  ['return-path', 'x-envelope-from', 'x-return-path', 'envelope-sender', 'x-original-return-path'].some(
    (name) => allHeaders(headers, name).some((value) => NULL_SENDER.test(value.slice(0, 200))),
  );
