import { addresses, allHeaders, hasHeader, header, type MessageHeaders } from '../../mail/message-headers.js';

/** How surely a program sent a message, and the sign that says most; 2 is likely, 3 certain, below 0 a person. */
export type MachineSigns = { points: number; why: string };

/** Names before the @ that only mail servers use. Exchange's is the same in every house. */
const DAEMON =
  /^(?:mailer[-_. ]?daemon|mail[-_.]?daemon|m?daemon|mail[-_.]?delivery(?:[-_.]?(?:sub)?system)?|microsoftexchange[0-9a-f]{32}|microsoft[-_.]?exchange|ndr|mail[-_.]?system|smtp[-_.]?daemon|double-?bounce|delivery[-_.]?(?:failure|notification|status|subsystem)s?|undeliverable|exim|mta|bounced?|bounce-?handler|mail[-_.]?bounce|dsn)(?:[-+_.=].*)?$/i;
/** Names that persons write under as well. */
const POSTMASTER =
  /^(?:post-?ma(?:ster|n)|postoffice|(?:e?mail|smtp)[-_.]?(?:admin(?:istrator)?|server|gateway|router|agent)|sysadmin|administrator|no-?reply|do-?not-?reply|system|security|content-?filter|virus.*|amavis.*|mailsweeper|mailmarshal|quarantine)$/i;
const DAEMON_NAME =
  /(?:mailer[- ]?daemon|mail (?:delivery|transport|deliver|transfer) ?(?:sub)?(?:system|agent|service|software)|delivery (?:sub)?system|system administrator|mail (?:system|administrator|server|router)|postmaster|internet mail delivery|microsoft (?:outlook|exchange)|mail gateway|systemadministrator|e-?mail (?:server|system)|content[- ]filter)/i;

/** Programs in which people write. Names that mail servers carry too, Exchange's and Domino's, are not among them. */
const WRITING_PROGRAM =
  /thunderbird|apple mail|iphone mail|ipad mail|k-?9 mail|\bmutt\b|evolution|kmail|roundcube|squirrelmail|airmail|the bat|sylpheed|claws|mailspring|emclient|microsoft outlook (?:[1-9]\d|imo|for)|microsoft (?:office outlook|outlook express|windows live mail)|outlook-(?:ios|android)|protonmail|fairemail/i;

/** What people's programs put before the subject they answer or pass on, in many languages. */
export const ANSWERED_OR_PASSED_ON =
  /^\s*(?:(?:\[[^\]\n]{1,40}\]|\([^)\n]{1,40}\))\s*)?(?:re|fwd?|aw|wg|sv|vs|vb|tr|rv|rif|r|i|enc|res|antw|odp|pd|ynt|ilt|doorst|ref|回复|转发|答复|回覆|轉寄|答覆|転送|返信|전달|회신|отв|на)(?:\[\d{1,3}\])?\s*[:：]/iu;

/**
 * Reads the signs of a program in the header: the empty return path of RFC 5321 (section 4.5.5), a mail server's sender name,
 * Auto-Submitted (RFC 3834). People's programs and subjects that answer count against it.
 */
export function machineSigns(headers: MessageHeaders, type: string): MachineSigns {
  const found: MachineSigns[] = [...bySender(headers), ...byFields(headers, type)];
  const isSure = found.some(({ points }) => points >= 3);
  const program = `${header(headers, 'user-agent')} ${header(headers, 'x-mailer')} ${header(headers, 'mime-version')}`;
  if (WRITING_PROGRAM.test(program.slice(0, 500))) found.push({ points: isSure ? -2 : -5, why: '' });
  if (!isSure && ANSWERED_OR_PASSED_ON.test(header(headers, 'subject'))) found.push({ points: -5, why: '' });
  const [first] = found.toSorted((one, other) => other.points - one.points);
  return { points: found.reduce((sum, { points }) => sum + points, 0), why: first?.why ?? '' };
}

function bySender(headers: MessageHeaders): MachineSigns[] {
  const raw = header(headers, 'from').slice(0, 300);
  const [from] = addresses(headers, 'from');
  const local = from?.address.includes('@')
    ? from.address.split('@')[0]!
    : raw.replace(/[<>"].*$/, '').trim();
  if (DAEMON.test(local) || /<?mailer-?daemon(?:@|>|\s|$)/i.test(raw))
    return [{ points: 3, why: `From is ${raw}` }];
  if (raw === '' || raw === '<>') return [{ points: 2, why: 'From is empty' }];
  const isPostmaster = POSTMASTER.test(local);
  const isNamedSo = DAEMON_NAME.test(from?.name || raw);
  if (isPostmaster || isNamedSo) return [{ points: 2, why: `From is ${raw}` }];
  return [];
}

function byFields(headers: MessageHeaders, type: string): MachineSigns[] {
  const found: MachineSigns[] = [];
  if (hasNullSender(headers)) found.push({ points: 3, why: 'Return-Path is empty' });
  if (hasHeader(headers, 'x-failed-recipients')) found.push({ points: 3, why: 'X-Failed-Recipients' });
  if (type === 'multipart/report') found.push({ points: 2, why: 'multipart/report' });
  const submitted = header(headers, 'auto-submitted').toLowerCase();
  if (submitted && !submitted.startsWith('no'))
    found.push({ points: 2, why: `Auto-Submitted: ${submitted.slice(0, 60)}` });
  if (/^\s*(?:bulk|junk|auto_reply|list)\b/i.test(header(headers, 'precedence')))
    found.push({ points: 1, why: 'Precedence' });
  return found;
}

/** `Return-Path: <>` (RFC 5321, section 4.5.5), also as some servers write it down. */
const NULL_SENDER =
  /^\s*(?:<\s*>|<?\s*"?"?@?\s*>?|<?#@\[\]>?|<?mailer-?daemon(?:@[^>\s]*)?>?|null|<?<>>?)\s*$/i;

export const hasNullSender = (headers: MessageHeaders): boolean =>
  ['return-path', 'x-envelope-from', 'x-return-path', 'envelope-sender', 'x-original-return-path'].some(
    (name) => allHeaders(headers, name).some((value) => NULL_SENDER.test(value.slice(0, 200))),
  );
