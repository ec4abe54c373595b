import { anyOf } from './any-of.js';

/** Filters of mail, by what they are called. */
export const GATEWAY = String.raw`(?:mail ?marshal|mail ?sweeper|mime ?sweeper|inter ?scan|scan ?mail|trend micro|symantec|norton|mcafee|group ?shield|web ?shield|sophos|pure ?message|barracuda|forti(?:mail|gate)|iron ?port|antigen|forefront|amavis\w*|mail ?scanner|mime ?defang|sonic ?wall|surf ?control|web ?sense|mail ?security|message ?labs|mimecast|proofpoint|e-?safe|clam ?av|kaspersky|dr\.? ?web|avast|f-?secure|panda|gfi ?mail\w*|spam ?titan|mail ?cleaner|spam ?assassin|hornet ?security|no ?spam ?proxy|trust ?wave|cisco secure|check ?point|mail ?protect\w*)`;
const DOES = String.raw`(?:blocked|stopped|detected|removed|deleted|quarantined|rejected|refused|intercepted|found|discarded|dropped)`;
const FILTER = String.raw`(?:(?:e-?mail|mail|content|virus|spam|attachment|security|message)[ -](?:[\w-]{1,20} ){0,2}(?:filter|gateway|scanner|firewall|monitor|security system|policy|server))`;

/** What filters and gateways of content say of a message that they kept: they name themselves, or what they did and to what. */
export const GATEWAY_SENTENCES: readonly string[] = [
  String.raw`\b${GATEWAY}\b.{0,80}\b(?:has |have |was )?${DOES}\b`,
  String.raw`\b(?:the|our|this|an?) (?:\S{1,40} ){0,2}${FILTER} (?:(?:of|at|on|for) \S{1,100} )?(?:has |have )?${DOES} (?:your|the following|this|an?)\b`,
  String.raw`\b(?:was|were|is|has been|have been) ${DOES} (?:and \S+ )?by (?:the|our|an?) (?:\S{1,40} ){0,3}(?:filter|gateway|firewall|scanner|anti-?virus|security|policy|rule)`,
  String.raw`\b(?:message|mail|e-?mail)\b.{0,160}\bscor(?:ed|es|ing) [\d.,]{1,8} (?:points?|hits?)\b.{0,60}(?:limit|threshold|maximum|required|allowed)`,
  String.raw`(?:has|have) ${DOES} the following (?:message|mail|e-?mail|attachment)`,
  String.raw`the (?:recipient|addressee)s? (?:of this message )?(?:did|has|have) not receive`,
  // the same in German, French, Spanish, Italian, Portuguese, Dutch
  String.raw`(?:vom|von der|durch (?:das|die|den|unser\w*)) (?:e-?mail-?|mail-?|spam-?|viren-?|inhalts-?|content-?)(?:gateway|filter|server|firewall|scanner)\p{L}*(?: \S+){0,4} (?:abgewiesen|abgelehnt|zur.ckgewiesen|blockiert|geblockt|gel.scht|verworfen|angehalten|entfernt)`,
  String.raw`(?:rejet.|bloqu.|refus.|supprim.|arr.t.)\p{L}* par (?:la passerelle|le filtre|notre (?:passerelle|filtre|serveur)|le serveur de messagerie|l'antivirus)|(?:rechazad|bloquead|eliminad)\p{L}* por (?:la pasarela|el filtro|el servidor de correo|nuestro (?:filtro|servidor)|el antivirus)|(?:respint|bloccat|eliminat|rifiutat)\p{L}* dal (?:gateway|filtro|server di posta|nostro (?:filtro|server)|sistema antivirus)|(?:rejeitad|bloquead|exclu.d|recusad)\p{L}* pel[oa] (?:gateway|filtro|servidor de e-?mail|nosso (?:filtro|servidor)|antiv.rus)|(?:geweigerd|geblokkeerd|tegengehouden|verwijderd) door (?:de|het|onze) (?:mail|e-?mail|spam|virus)\p{L}*`,
];

/** What servers say of themselves, or of the address that they answer for. */
export const NOTICES_OF_SERVERS: readonly string[] = [
  String.raw`\bautomat(?:ed|ic) (?:mail )?(?:server|system|gateway) (?:notice|message|notification|report)|automat(?:ic|ed) (?:message|notice|report|notification) (?:from|of|by) (?:the|our|a) (?:mail|e-?mail|smtp) (?:server|system|service|gateway)|this (?:mailbox|account|e-?mail address|address) (?:has been|is|was) (?:deactivated|disabled|closed|deleted|removed|suspended|terminated)`,
];

/** Is it a filter that speaks? It refuses a message, and not an address. */
export const isOfFilter = (words: string): boolean => FILTERS.test(words);
const FILTERS = anyOf(GATEWAY_SENTENCES);

/** Does a filter's own frame, with its name above and the end below, hold all of a text? */
export const isNoticeOfFilter = (text: string): boolean => FRAME.test(text.slice(0, 3000).trim());
const FRAME = new RegExp(
  [
    String.raw`^\*{3,} {0,3}message from ${GATEWAY}[^\n]{0,60}\*{3,}\n[^*]{1,2000}\n\*{3,} {0,9}end of message {0,9}\*{3,}$`,
    String.raw`^\*{20,}\s{1,4}message from ${GATEWAY}[^\n*]{0,60}\n[^*]{1,2000}\n\*{20,}$`,
  ].join('|'),
  'i',
);
