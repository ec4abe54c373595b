import { anyOf } from './any-of.js';
import { GATEWAY } from './gateway-sentences.js';
import { addresses, hasHeader, header, type MessageHeaders } from '../../mail/message-headers.js';

/** How surely the sender's name is that of a program: 2 is likely, 3 certain. */
export type Sender = {
  points: number;
  why: string;
  /** does it have a mail server's name? */
  isServer: boolean;
  /** is it a name that no person writes under? */
  isDaemonByName: boolean;
};

/** Names before the @ that only mail servers use: parcels are delivered by people. Exchange's is the same in every house. */
const DAEMON =
  /^(?:mailer[-_. ]?daemon|mail[-_.]?daemon|m?daemon|mail[-_.]?delivery[-_.]?(?:sub)?system|microsoftexchange[0-9a-f]{32}|microsoft[-_.]?exchange|mail[-_.]?system|smtp[-_.]?daemon|double-?bounce|delivery[-_.]?(?:failure|notification|status|subsystem)s?|bounce-?handler|mail[-_.]?bounce)(?:[-+_.=].*)?$/i;
/** The same, but names of organisations as well. */
const SHORT_NAME = /^(?:ndr|undeliverable|exim|mmdf|mta|bounced?|dsn)(?:[-+_.=].*)?$/i;
/** Names that persons write under as well. */
const POSTMASTER =
  /^(?:post[-_.]?ma(?:ster|n)(?:[-+/].*)?|postoffice|(?:e?mail|smtp)[-_.]?(?:admin(?:istrator)?|server|gateway|router|agent)|sysadmin|administrator|content-?filter|virus.*|(?:quota|queue|spool|bounce)[-_.]?(?:robot|agent|monitor|daemon|notifier)|amavis.*|mailsweeper|mailmarshal|quarantine)\\?$|(?:^|[-_.])(?:smtp|e?mail)[-_.]?(?:service|server|system|router|gateway|robot)|anti-?(?:virus|spam)|smtp[-_.]|gateways?$/i;
/** Nobody's name, but not that of a mail server either. */
const NO_REPLY = /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply.*)$/i;
const ROLE = /^(?:admin|root|system|security|notification|support|info|service)s?$/i;
const DAEMON_NAME = anyOf([
  String.raw`\b${GATEWAY}\b`,
  String.raw`mailer[- ]?daemon|mail (?:delivery|transport|deliver|transfer) ?(?:sub)?(?:system|agent|service|software)|delivery (?:sub)?system|system administrator|mail (?:system|administrator|server|router|relay|filter|scanner|shield)|postmaster|internet mail delivery|microsoft (?:outlook|exchange)|(?:e-?mail|mail|content|smtp) ?gateway|systemadministrator|e-?mail (?:server|system|filter)|content[- ](?:filter|scanner)|inter ?scan|mail ?marshal|message ?labs|(?:quota|queue|spool|delivery) (?:manager|robot|agent|monitor|service)|anti-?virus|spam ?filter`,
  String.raw`viren(?:schutz|filter|scanner)|anti-?spam|spam-?(?:schutz|firewall)|e-?mail (?:security|protection|appliance|defen[cs]e)|mailbeveiliging|seguridad de correo|s.curit. (?:mail|messagerie|de la messagerie)|sicurezza (?:della )?posta`,
  String.raw`(?:mail|post)-?(?:server|system|dienst|gateway)|zustell-?(?:dienst|system|service)|bezorg(?:dienst|service)|postmeister|post(?:serveren|systemet|palvelin|mester|am.ster)`,
  String.raw`(?:syst.me|service) de (?:messagerie|courrier|distribution|remise)|serveur de (?:messagerie|courrier)|(?:sistema|servicio|servidor) de (?:entrega|correo|mensajer)|(?:sistema|servi.o|servidor) de (?:entrega|e-?mail|correio)|(?:sistema|servizio|server) di (?:posta|consegna|recapito)`,
  String.raw`system pocztowy|serwer poczty|po.tov(?:n.|.) (?:server|syst.m)|levelez. ?rendszer|(?:почтов|поштов|пощенск)\p{L}* (?:систем|служб|сервер|сървър)|(?:служба|систем\p{L}*) доставки|posta (?:sunucu|sistem)|po.tanski (?:poslu.itelj|sustav|server|sistem)`,
  '(?:邮件|郵件)(?:系统|系統|服务器|伺服器|网关)|系统退信|メール(?:配信|配送|サーバ|システム|ゲートウェイ)|메일 ?(?:시스템|서버)',
]);

const server = { isServer: true, isDaemonByName: false };

/** Reads the name and the address in From. */
export function senderOf(headers: MessageHeaders): Sender {
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
    return { points: 3, why, isServer: true, isDaemonByName: true };
  if (!hasHeader(headers, 'from')) return { points: 2, why: 'There is no From', ...server };
  const isNobody = NO_REPLY.test(local);
  if (POSTMASTER.test(local) || SHORT_NAME.test(local) || DAEMON_NAME.test(from?.name || raw))
    return { points: isNobody ? 3 : 2, why, ...server };
  return { points: isNobody ? 2 : ROLE.test(local) ? 1 : 0, why, isServer: false, isDaemonByName: false };
}
