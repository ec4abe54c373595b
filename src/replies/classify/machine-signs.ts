import { addresses, allHeaders, hasHeader, header, type MessageHeaders } from '../../mail/message-headers.js';

import type { ReadMessage } from '../../mail/read-message.js';

/** How surely a program sent a message, and the sign that says most; 2 is likely, 3 certain, below 0 a person. */
export type MachineSigns = {
  points: number;
  why: string;
  /** does the sender have a mail server's name? A postmaster may be a person. */
  isServer: boolean;
  /** is it a mail server for certain? A postmaster is one only where the return path is empty as well. */
  isDaemon: boolean;
};
type Sign = { points: number; why: string };
type Sender = Sign & { isServer: boolean };

/** Names before the @ that only mail servers use. Exchange's is the same in every house. */
const DAEMON =
  /^(?:mailer[-_. ]?daemon|mail[-_.]?daemon|m?daemon|mail[-_.]?delivery(?:[-_.]?(?:sub)?system)?|microsoftexchange[0-9a-f]{32}|microsoft[-_.]?exchange|mail[-_.]?system|smtp[-_.]?daemon|double-?bounce|delivery[-_.]?(?:failure|notification|status|subsystem)s?|bounce-?handler|mail[-_.]?bounce)(?:[-+_.=].*)?$/i;
/** The same, but names of organisations as well. */
const SHORT_NAME = /^(?:ndr|undeliverable|exim|mta|bounced?|dsn)(?:[-+_.=].*)?$/i;
/** Names that persons write under as well. */
const POSTMASTER =
  /^(?:post[-_.]?ma(?:ster|n)(?:[-+/].*)?|postoffice|(?:e?mail|smtp)[-_.]?(?:admin(?:istrator)?|server|gateway|router|agent)|sysadmin|administrator|content-?filter|virus.*|amavis.*|mailsweeper|mailmarshal|quarantine)\\?$|(?:^|[-_.])(?:smtp|e?mail)[-_.]?(?:service|server|system|router|gateway|robot)|anti-?(?:virus|spam)|smtp[-_.]|gateways?$/i;
/** Nobody's name, but not that of a mail server either. */
const NO_REPLY = /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply.*)$/i;
const ROLE = /^(?:admin|root|system|security|notification|support|info|service)s?$/i;
const DAEMON_NAME =
  /(?:mailer[- ]?daemon|mail (?:delivery|transport|deliver|transfer) ?(?:sub)?(?:system|agent|service|software)|delivery (?:sub)?system|system administrator|mail (?:system|administrator|server|router)|postmaster|internet mail delivery|microsoft (?:outlook|exchange)|mail gateway|systemadministrator|e-?mail (?:server|system)|content[- ]filter|interscan|mailmarshal|messagelabs)/i;

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
export function machineSigns({ headers, type, params }: ReadMessage): MachineSigns {
  const sender = senderOf(headers);
  const found: Sign[] = [sender, ...byFields({ headers, type, params })];
  const isSure = found.some((sign) => sign.points >= 3);
  if (!isSure && isFromPerson(headers)) found.push({ points: -5, why: '' });
  const points = found.reduce((sum, sign) => sum + sign.points, 0);
  const [first] = found.toSorted((one, other) => other.points - one.points);
  const { isServer } = sender;
  return { points, why: first!.why, isServer, isDaemon: sender.points >= 3 || (isServer && points >= 5) };
}

/** Does a program say that people write in it, or is it an answer, or something passed on? */
function isFromPerson(headers: MessageHeaders): boolean {
  const program = ['user-agent', 'x-mailer', 'mime-version'].map((name) => header(headers, name)).join(' ');
  return (
    WRITING_PROGRAM.test(program.slice(0, 500)) || ANSWERED_OR_PASSED_ON.test(header(headers, 'subject'))
  );
}

function senderOf(headers: MessageHeaders): Sender {
  const raw = header(headers, 'from').slice(0, 300);
  const [from] = addresses(headers, 'from');
  const local = from?.address.includes('@')
    ? from.address.split('@')[0]!
    : raw.replace(/[<>"].*$/, '').trim();
  const why = `From is ${raw || 'empty'}`;
  if (
    DAEMON.test(local) ||
    /\bmail(?:er)?[- ]?daemon(?:["@>\s]|$)/i.test(raw) ||
    (hasHeader(headers, 'from') && /^(?:<\s*>)?$/.test(raw.trim()))
  )
    return { points: 3, why, isServer: true };
  if (POSTMASTER.test(local) || SHORT_NAME.test(local) || DAEMON_NAME.test(from?.name || raw))
    return { points: 2, why, isServer: true };
  return { points: NO_REPLY.test(local) ? 2 : ROLE.test(local) ? 1 : 0, why, isServer: false };
}

function byFields({ headers, type, params }: Pick<ReadMessage, 'headers' | 'type' | 'params'>): Sign[] {
  const found: Sign[] = [];
  if (hasNullSender(headers)) found.push({ points: 3, why: 'Return-Path is empty' });
  if (hasHeader(headers, 'x-failed-recipients')) found.push({ points: 3, why: 'X-Failed-Recipients' });
  if (
    SERVER_PROGRAM.test(header(headers, 'x-mailer').slice(0, 200)) ||
    hasHeader(headers, 'x-ms-embedded-report')
  )
    found.push({ points: 2, why: 'a mail server named itself in X-Mailer' });
  if (isDeliveryReport(type, params)) found.push({ points: 2, why: type });
  const submitted = header(headers, 'auto-submitted').toLowerCase();
  if (submitted && !submitted.startsWith('no'))
    found.push({ points: 2, why: `Auto-Submitted: ${submitted.slice(0, 60)}` });
  if (/^\s*(?:bulk|junk|auto_reply|list)\b/i.test(header(headers, 'precedence')))
    found.push({ points: 1, why: 'Precedence' });
  return found;
}

/** A report of another kind, a receipt for one, speaks for a program as well, but for none that delivers mail. */
const isDeliveryReport = (type: string, { 'report-type': kind }: Record<string, string>): boolean =>
  kind ? /delivery-?status/i.test(kind) : type === 'multipart/report';

/** `Return-Path: <>` (RFC 5321, section 4.5.5), also as some servers write it down. */
const NULL_SENDER =
  /^\s*(?:<\s*>|<?\s*"?"?@?\s*>?|<?#@\[\]>?|<?mailer-?daemon(?:@[^>\s]*)?>?|null|<?<>>?)\s*$/i;

export const hasNullSender = (headers: MessageHeaders): boolean =>
  ['return-path', 'x-envelope-from', 'x-return-path', 'envelope-sender', 'x-original-return-path'].some(
    (name) => allHeaders(headers, name).some((value) => NULL_SENDER.test(value.slice(0, 200))),
  );
