import { anyOf } from './any-of.js';

/** About our own address or server, or whom they take mail from, and so nothing about their mailbox. */
export const ABOUT_SENDER = anyOf([
  String.raw`(?<!\bto (?:the )?)\bsender'?s?(?!:)[^:<]{0,30}(?:verif|reject|denied|unknown|invalid|not (?:found|exist|allowed|authori|permitted|valid|registered|in )|blocked|blacklist|\bis empty)\w*`,
  String.raw`(?:return[- ]path|mail from|envelope(?: from| sender)?|sender(?:'?s)?)[ :-].{0,40}(?:does not (?:exist|resolve)|must (?:exist|resolve)|cannot be resolved|couldn'?t be verified|not (?:exist|resolv|owned)\w*|has no (?:valid )?(?:mx|dns|a record))`,
  String.raw`(?:invalid|bogus|bad|unknown|un-?rout\w+|unresolvable|unverified|undeliverable|illegal|forged|fake|null|empty|missing|improper) (?:envelope |e-?mail )?(?:senders?\b|mail from|from(?::| (?:address|header|domain))|return[- ]path|reverse[- ]path|originator)|<> invalid sender|from: ?(?:domain|address|header) |valid from\b`,
  String.raw`(?:ung.ltige[rn]?|unbekannte[rn]?) absender|absender.{0,40}(?:ung.ltig|unbekannt|abgelehnt|gesperrt|nicht)|(?:emetteur|.metteur|exp.diteur)\b.{0,30}(?:invalide|inconnu|refus|rejet|bloqu)\w*|remitente.{0,30}(?:inv.lid|desconocid|rechazad|no (?:existe|autorizad))\w*|remetente.{0,30}(?:inv.lid|desconhecid|rejeitad|n.o)\w*|mittente.{0,30}(?:non|sconosciut|rifiutat|bloccat)\w*|отправител[а-я]*.{0,30}(?:отклон|заблокир|не )|发件人.{0,10}(?:拒|被|不|无)|寄件者.{0,10}(?:拒|被|不|無)|(?:送信者|差出人).{0,16}(?:拒否|不正|ません)`,
  String.raw`gr[ae]y-?list\w*|unauthenticated|\b(?:spf|dkim|dmarc|batv)\b|\bauth(?:entication)? (?:checks?|results|required|fail\w*|data|error|credentials)|envelope (?:blocked|rejected)|(?:unsigned|third-party) dsns?|bouncedeny|recipient preferences|not accepting (?:e-?mail|mail|messages) (?:from|with)|does not (?:accept|want) (?:e-?mail|mail|messages) (?:from|in|with|over|containing)\b|domain of sender|backscatter|sender call(?:back|-?out)|reverse dns|\bptr\b|\brdns\b|\bhelo\b|\behlo\b|client host rejected|(?:domain|name) .{0,80}mismatch\w* .{0,20}ip|relay host ?name|(?:resolve|find|look ?up) your (?:host ?name|address|domain|ip|server)|dynamic(?:ally assigned)? ips?\b|open proxy|use the (?:smtp|mail) server of|confirm this mail server|from (?:your|this) (?:ip|network|server|host|provider)\b`,
  // T-Online at its greeting, 163 in its letters for what they found wrong with the sender
  String.raw`\b5\d\d[ -](?:5\.\d\.\d{1,3} )?ip ?= ?[\da-f.:]{3,45} - |\b(?:mi:(?:spf|dma|stc)|dt:sum)\b`,
  String.raw`(?:non-?members?|not (?:a |an )?(?:subscribe[dr]|members?)(?! of (?:the |this |our )?domain)|(?:members?|subscribers?)[- ]only|only (?:members|subscribers)|not allowed to post|permission to post)\b|closed (?:mailing )?list|private (?:mailing )?list`,
  // whom a mailbox takes mail from, as its owner or a rule of the house has it
  String.raw`only (?:accepts?|takes?|receives?) (?:mail|e-?mails?|messages?) (?:from|sent by)|not on (?:that|the|this|his|her|their|its|an?) (?:approved |allowed |safe |permitted )?(?:list|white-?list)\b|approved (?:senders?|list)|(?:allowed|permitted|safe) senders?|\bset .{0,40}\bto (?:limit|restrict|block|refuse|reject|filter) (?:mail|e-?mail|messages?)|(?:limit|restrict|refus|reject)\w* (?:mail|e-?mail|messages?) (?:by|from) (?:domain|sender|this|certain)|ドメイン(?:指定|拒否)|指定受信|受信(?:拒否|制限)`,
]);

/** The steps of SMTP that come before the recipient is named, as Exim, Postfix, Sendmail, qmail and Exchange write them. */
const BEFORE_RECIPIENT =
  /(?:\bafter (?:pipelined )?(?:sending )?|\bin re(?:ply|sponse) to (?:the )?|>>>\s{0,5}|\bsent:?\s{1,5}|\bduring )(?:the )?(?:mail (?:from|command)\b|mail:|helo\b|ehlo\b|lhlo\b|starttls\b|auth\b|(?:initial )?(?:connection|connect\b|greeting))|\bbut (?:the )?(?:sender|greeting|my name) (?:was|failed)/i;
const AT_RECIPIENT =
  /(?:\bafter (?:pipelined )?|\bin re(?:ply|sponse) to (?:the )?|>>>\s{0,5}|\bsent:?\s{1,5})(?:the )?(?:rcpt|data\b|end of data|\.)/i;

/** Was it refused before the recipient was named, so that nothing was said of it? */
export const isBeforeRecipient = (words: string): boolean =>
  BEFORE_RECIPIENT.test(words) && !AT_RECIPIENT.test(words);
