import type { BounceCause } from '../incoming.rules.js';
import { anyOf, type AnyOf } from './any-of.js';
import {
  CLOSED_ELSEWHERE,
  EXPIRED_ELSEWHERE,
  FULL_ELSEWHERE,
  NOT_REACHED_ELSEWHERE,
  NO_MAILBOX_ELSEWHERE,
  POLICY_ELSEWHERE,
  SPAM_ELSEWHERE,
  TOO_LARGE_ELSEWHERE,
} from './cause-words-in-languages.js';
import { ABOUT_SENDER } from './refused-sender.js';

const WHO = String.raw`(?:user|recipient|mailbox|mail box|mail account|account|address|e-?mail|addressee|alias|destination|rcpt|user'?s)`;

const FULL = anyOf([
  String.raw`(?:mailbox|mail box|inbox|mail folder|mailfolder|disk|storage|quota|account|user'?s? (?:mailbox|quota|disk)|box|mail drop|maildrop|mail-?store|maildir)\b.{0,60}\b(?:is |are |was |has |be |at )?(?:almost )?(?:full|over ?(?:quota|its|the|limit)|exceed\w*|overflow\w*|too (?:large|full|big)|out of(?! (?:use|service|order)\b)|limit reached|reached .{0,20}limit)`,
  String.raw`(?:exceed\w*|over|above|surpass\w*|beyond|out of|reached|insufficient|not enough|hit) (?:the |its |his |their |your |user'?s? |maximum |allowed |allotted |allocated |available |e-?mail |mail |message )*(?:mailbox|disk|storage|quota|inbox|(?:disk |storage |mailbox )?(?:space|allocation))(?! of messages per)`,
  String.raw`(?:space|storage|quota) (?:is )?not enough|no (?:more |free |available |disk |mail )?(?:space|room|storage)\b|mailbox ?full|mbox full|over ?quota|overdrawn|quota (?:exceeded|violation|has been)|exceeded (?:storage|email|mail|mailbox|disk)|mailfull|mailboxfull|boite pleine|mailbox size limit|storage limit|full mailbox|has too many messages|too much mail data|too many messages (?:in|on)|storedrv.{0,60}quotaexceeded|mapiexceptionshutoffquotaexceeded|not have enough (?:disk )?(?:space|storage|room)|unable to (?:receive|accept) .{0,40}(?:full|space)`,
  String.raw`postfach.{0,40}(?:voll|.berf.llt|kontingent|.berschritten)|speicher(?:platz|volumen|limit|grenze|kapazit.t|kontingent)|exhausted (?:the |its |his |their |all )?(?:allowed |allotted |available )?(?:storage|disk|mailbox)|zu ?viele mails|bo.te.{0,40}(?:pleine|satur.e)|quota .{0,20}d.pass|buz.n.{0,40}(?:lleno|llena|excedid)|(?:caixa|mailbox).{0,40}(?:cheia|lotada|piena)|cota .{0,20}exced|casella.{0,40}piena|skrzynk\w*.{0,40}(?:pe.n|przepe.n)\w*|przepe.nion\w*|postvak.{0,20}vol|schr.nk\w*.{0,20}pln\w*|kutusu.{0,20}dolu|kota`,
  '(?:переполнен|превышен[а-я]* (?:квот|размер|лимит))[а-я]*|(?:ящик|почтовый ящик).{0,30}(?:полон|переполнен)|邮箱.{0,8}(?:已满|满|爆满|超出|超过)|信箱.{0,8}(?:已滿|滿|額滿|超過)|空间不足|空間不足|容量(?:超|オーバー)|メールボックス.{0,20}(?:一杯|いっぱい|満杯|容量|フル)|(?:용량|편지함|메일함).{0,16}(?:초과|가득|부족)|초과',
  // used as much as there is: `2048 MB of 2048 MB`
  String.raw`(\d[\d.,]{0,12} ?[kmgt]i?b) ?(?:of|out of|\/|von|de|sur|di|van) ?\1\b|\b(?:quota|storage|usage|space)\b.{0,30}\b100 ?%`,
  ...FULL_ELSEWHERE,
]);

const CLOSED = anyOf([
  // a message that was deleted is no mailbox
  String.raw`(?:user|recipient|mailbox|mail box|account|address|addressee|alias|subscriber|customer)\b(?:(?!message|mail\b|attachment|file).){0,50}\b(?:is|has|was|been|are|were) (?:\w{1,20} )?(?:deleted|removed)\b(?! (?:from (?:the |our )?queue|the |your |this ))`,
  String.raw`(?:${WHO}|mail|service|user account|subscriber|customer)\b.{0,50}\b(?:is |has |was |been |are |currently |temporarily |permanently )*(?:disabled|suspended|deactivated|de-?activated|discontinued|closed|terminated|inactive|in-?active|expired|cancell?ed|retired|locked|archived|decommissioned|dormant|obsolete|abandoned|frozen|disenabled|not active(?!ly)|not enabled)\b(?! from (?:the )?queue)`,
  String.raw`\b(?:mailbox|mail box|account|address|addressee|alias|list)\b(?:(?!message|mail\b).){0,40}\b(?:is|was|has been|have been|are|were) (?:\w{1,20} )?(?:withdrawn|revoked|shut down|taken out of (?:use|service))\b|\b(?:department|unit|division|directorate|company|organi[sz]ation|agency|body|committee)\b(?:(?![.!?] ).){0,60}\b(?:was|has been|is|were) (?:\w{1,20} )?(?:dissolved|disbanded|abolished|wound up|closed down)\b`,
  String.raw`(?:disabled|suspended|deactivated|inactive|closed|expired|locked|cancelled|terminated|unused|obsolete|dormant|former) (?:user|recipient|mailbox|account|address|e-?mail|mail)`,
  String.raw`no longer (?:a |an |in |on |have |has |with |at |be |being )*(?:valid|active|in use|used|available|on server|working|works?|employed|member|customer|exist\w*|accept\w*|here|with|using|receiv\w*|monitored|supported|registered|known|account|a part|our|associated|subscri\w*)`,
  String.raw`(?:has|have) (?:moved|left|changed (?:his|her|their|its)? ?(?:address|e-?mail))|(?:user|recipient|mailbox|account|address) (?:has |was |is )?(?:been )?moved|left the (?:company|organi[sz]ation|firm)|not (?:been )?(?:used|logged|accessed) (?:for|in|since)|\[suspend\]|extended inactivity|inactivity|mailbox (?:has been )?blocked due|not accepting (?:any )?(?:mail|messages) any|account unavailable|account .{0,20}unavailable|(?:user|account) is not active`,
  String.raw`(?:konto|postfach|adresse|mailbox|account).{0,40}(?:deaktiviert|gesperrt|gel.scht|geschlossen|stillgelegt|nicht mehr (?:aktiv|g.ltig|verf.gbar|erreichbar|g.ltige|existent|vorhanden))|compte.{0,40}(?:d.sactiv|suspend|ferm|supprim|bloqu|cl.tur)\w*|cuenta.{0,40}(?:desactivad|suspendid|cerrad|cancelad|inactiv|deshabilitad|bloquead)\w*|conta.{0,40}(?:desativad|suspens|cancelad|inativ|encerrad|bloquead)\w*|(?:account|casella|utente).{0,40}(?:disabilitat|sospes|disattivat|chius|scadut|bloccat)\w*|kont\w*.{0,40}(?:zablokowan|nieaktywn|zawieszon|wy..czon)\w*`,
  '(?:заблокирован|отключ[её]н|удал[её]н|неактив|приостановлен)[а-я]*|(?:账号|帐号|帳號|邮箱|信箱|用户|账户).{0,10}(?:停用|禁用|冻结|凍結|关闭|注销|註銷|过期|失效|锁定|被封)|(?:アカウント|メールアドレス).{0,16}(?:停止|解約|無効|利用停止)|휴면|이용(?:이)? ?(?:정지|제한)',
  ...CLOSED_ELSEWHERE,
]);

const NO_MAILBOX = anyOf([
  String.raw`(?:unknown|no such|non-?exist\w*|nonexist\w*|invalid|illegal|bad|incorrect|unrecogni[sz]ed|undefined|unroutable|unrouteable|wrong|not a valid|no valid|undeliverable|unverified|not a known) (?:or (?:unknown|invalid|disabled|inactive|misspelled) )?(?:e-?mail |mail |local |virtual |final |to |destination |forwarding |rcpt |recipient'?s? |recipient |user |mailbox |account |system )*(?:user|recipient|mailbox|mail box|account|address|addressee|alias|destination|rcpt|local[- ]?part|username|name|party|person|e-?mail|id|subscriber|inbox)`,
  String.raw`no (?:such )?(?:valid |local )?(?:user|recipient|mailbox|mail box|account|address|person|one|body|mailbox here|mail drop|alias|entry|inbox|customer)s?(?: account)? (?:here|by that name|of that name|with that name|named|called|found|available|at this|on this|in this|exists?|for|matching|under|goes)`,
  String.raw`${WHO}s?\b.{0,60}\b(?:is |was |are |has |were )?(?:un-?known|not (?:be )?(?:found|known|exist\w*|recogni[sz]ed|local|listed|valid|a valid|a known|registered|defined|here|identified|present|in (?:the |our )?(?:directory|database|list|local|address|virtual|table)|match\w*|unique|hosted|exists?|one of)|(?:does|do|did) ?(?:not|n'?t) (?:exactly )?(?:exist|appear|have an|match|seem)\w*|doesn'?t (?:exist|have an)|non-?exist\w*|invalid|misspelled|ambiguous|unresolved|could ?n[o']t be (?:found|resolved|verified)|cannot be (?:found|resolved))`,
  String.raw`(?:user|recipient|mailbox|account|address|rcpt|addressee)[ :;_-]{0,3}(?:<[^>]{0,200}>|"[^"]{0,100}"|\[[^\]]{0,100}\]|'[^']{0,100}'|\S{1,100})?[ :;,._-]{0,3}(?:unknown|not (?:found|known|local|exist\w*|listed)|(?:does|do) ?(?:not|n'?t) exist|invalid|doesn'?t exist)`,
  String.raw`(?:does|do|did|doesn'?t|don'?t) ?(?:not )?(?:exist|have an? (?:account|mailbox|\S{1,40} account)|handle (?:it|mail for)|appear to (?:exist|be))|not (?:a )?(?:our|my|known|valid) (?:customer|user|recipient|account|mailbox|address|subscriber)|not our customer|not a (?:known|valid|local|registered) (?:user|recipient|address|mailbox|account|customer|e-?mail)|(?<!\bheader\b.{0,80})malformed address: |the name was not found at the remote site|there is no (?:user|mailbox|account) (?:called |named )?\S{1,100} (?:at|on|in|here)\b|isn'?t (?:a valid|a known|known|valid)|never (?:been )?(?:logged|activated|existed)`,
  String.raw`(?:can(?:not|'?t)|could ?n[o']t|unable to|failed to|cannot) (?:be )?(?:find|found|locate|resolve|verify|look ?up|identify|match|recogni[sz]e|route to|validate) (?:the |your |this |a |such |that |any |given |alias |specified )*(?:user|recipient|mailbox|account|address|person|addressee|mail ?box|e-?mail|local user|destination address)`,
  String.raw`x-unix; ?67\b|user[- _]?unknown|unknown[- _]user|usernotfound|recipnotfound|recipientnotfound|recipient_not_found|nosuchuser|nouser|bad_?recipient|badrcptto|unrouteable address|unroutable address|address not found|not listed in (?:the )?(?:public name|domino|address|directory)|no mail(?:box)? (?:box )?(?:here|available|found|account)|mail(?:box)? not found|no account|unknown address|address unknown|account not (?:found|valid|known)|not found in (?:the )?(?:directory|database|ldap)|\bnxuser\b|no such (?:person|local|name|e-?mail|alias|in)|who\?|resolver\.adr\.\w*(?:notfound|recip|invalid|ambig)\w*|not yet been (?:activated|created)|unknown or illegal alias|recipient address(?:es)? rejected ?: (?:access denied|user|undeliverable|unknown|invalid|not|no|address|unverified)|invalid (?:mailbox|local|final delivery)|possibly (?:forged|misspelled)|deliver(?:y|ed)? to (?:a )?non-?existent|name (?:is )?not (?:recogni|known)\w*`,
  String.raw`(?:empf(?:.|ae)nger|benutzer|adressat|postfach|mailbox|adresse|konto|user)\w*.{0,50}(?:unbekannt|nicht (?:.{1,40} )?(?:gefunden|bekannt|vorhanden|existier\w*|registriert|g.ltig|verzeichnet)|existiert nicht|ung.ltig)|(?:unbekannte[rn]?|ung.ltige[rn]?) (?:empf.nger|benutzer|adress|postfach|mail)\w*|(?:destinataire|utilisateur|adresse|compte|bo.te)\b.{0,50}(?:inconnu|inexistant|introuvable|n'existe|invalide|non trouv|incorrect)\w*|n'existe pas|inconnu . cette adresse`,
  String.raw`(?:usuario|destinatari[oa]|direcci.n|cuenta|buz.n)\b.{0,50}(?:desconocid|no existe|inexistente|no (?:se )?encontr|inv.lid|no es v.lid|no v.lid)\w*|(?:usu.rio|endere.o|conta|caixa)\b.{0,50}(?:desconhecid|n.o existe|inexistente|n.o encontrad|inv.lid|n.o .)\w*|(?:utente|indirizzo|casella|destinatario)\b.{0,50}(?:sconosciut|inesistente|non esiste|non (?:.|e'?) ?(?:stat[oa] )?(?:trovat|valid|presente|attiv)|errat)\w*`,
  String.raw`(?:odbiorca|u.ytkownik|adres\w*|skrzynk\w*|konto)\b.{0,50}(?:nie istnieje|nieznan\w*|nieprawid.ow\w*|brak)|brak (?:takiego )?(?:konta|u.ytkownika|adresu)|(?:nie ma|nieznany) (?:takiego )?(?:u.ytkownik|odbiorc|adres|konta)\w*|(?:gebruiker|ontvanger|adres|geadresseerde|mailbox)\b.{0,50}(?:onbekend|niet gevonden|bestaat niet|ongeldig)|(?:mottagare|adress|modtager|bruger|mottaker)\w*.{0,50}(?:ok.nd|finns inte|hittades inte|findes ikke|ukendt|finnes ikke|ukjent)|(?:u.ivatel|p..jemce|adres\w*|schr.nka)\b.{0,50}(?:neexistuje|nenalezen|nezn.m)\w*|(?:al.c.|kullan.c.|adres|posta kutusu)\w*.{0,50}(?:bulunamad|mevcut de.il|yok|ge.ersiz)\w*`,
  '(?:пользовател|адресат|получател|ящик|адрес)[а-я]*.{0,50}(?:не (?:найден|существует|зарегистрирован|известен)|неизвест|несуществ|отсутств|неверн)[а-я]*|(?:нет|не существует|несуществующ[а-я]*) (?:так[а-я]* )?(?:пользовател|адрес|ящик|почтов)[а-я]*|неизвестн[а-я]* (?:пользовател|адрес|получател)[а-я]*|одержувач.{0,40}не (?:знайден|існує)',
  '(?:收件人|用户|用戶|帐号|账号|账户|帳號|邮箱|邮件地址|信箱|收信人|地址|使用者|收件者)[^。\n]{0,20}(?:不存在|未找到|找不到|无此|無此|有误|錯誤|错误|无效|無效|未注册)|(?:不存在|无此|無此|没有(?:这个|此)|找不到|查无|查無)(?:该|的|此|这个)?(?:收件人|用户|用戶|帐号|账号|账户|帳號|邮箱|信箱|邮件地址|收信人|使用者|收件者)|(?:宛先|あて先|送信先|メールアドレス|アドレス|受信者|ユーザ|受取人)[^。\n]{0,30}(?:見つかり|見つから|存在し(?:ません|ない)|存在いたしません|不明|間違|誤り|ありません|登録されて(?:い)?(?:ない|ません))|宛先不明|(?:수신자|사용자|주소|계정|메일|받는|아이디)[^.\n]{0,24}(?:존재하지|없(?:는|습|음)|찾을 수 없|잘못|등록되지|올바르지)',
  ...NO_MAILBOX_ELSEWHERE,
]);

const DOMAIN_GONE = anyOf([
  String.raw`(?:host|domain|mail server|dns|server|name|mx|hostname)\b.{0,60}\b(?:unknown|not found|does ?n[o']t exist|do not exist|non-?exist\w*|nonexistent|invalid|could not be found|cannot be found|not exist|not known|unrouteable|unresolvable|lookup failed: non|has no (?:mail|mx|valid))(?!,? try again)`,
  String.raw`(?:unknown|no such|non-?existent|nonexistent|invalid|bad|unroutable|unrouteable|unresolvable) (?:mail )?(?:host|domain|destination (?:host|domain|system)|mail (?:host|domain)|remote (?:host|domain)|server)|nxdomain|malformed (?:or unexpected )?name server reply|can'?t find (?:any|a) (?:host|domain|mx)\w*|couldn'?t find any host|malformed (?:or unexpected )?name server reply|cannot find .{0,20}(?:host|domain|mail exchanger)|no (?:mx|mail exchanger|a record|mx (?:record|host))|(?:null|nul) mx|does not accept (?:any )?(?:mail|e-?mail)(?! (?:in|with|from|over|of|that|containing|larger)\b)|all relevant mx records point to non|no valid (?:hosts|mx)|name or service not known|no address associated|domain (?:has )?(?:expired|suspended|no longer)|not a valid (?:host|domain)|no route to (?:domain|host found)|unable to resolve (?:route|domain)|(?:could not find a|no) gateway|misspelled domain|dns domain .{0,80}does not exist`,
  String.raw`(?:domain|dom.n[ei]\w*|domaine|dominio|dom.nio|serveur|server)\b.{0,40}(?:inconnu|n'existe|inexistant|introuvable|no existe|inexistente|desconocid|n.o existe|non esiste|sconosciut|existiert nicht|unbekannt|nicht gefunden|nie istnieje|niet gevonden|bestaat niet|neexistuje)\w*|домен[а-я]*.{0,30}не (?:существует|найден)|(?:域名|网域|網域)[^。\n]{0,14}(?:不存在|错误|無效|无效|找不到|未找到)|ドメイン[^。\n]{0,20}(?:存在しません|見つかり|不明)|도메인[^.\n]{0,16}(?:없|찾을 수|존재)`,
]);

const RELAYING = anyOf([
  String.raw`relay(?:ing)?(?: access| operation)?.{0,20}(?:denied|not (?:permitted|allowed|authori[sz]ed|supported|possible)|prohibited|refused|rejected|disallowed|disabled|forbidden|blocked)|(?:unable|not (?:permitted|allowed|authori[sz]ed)|cannot|can'?t|won'?t|refus\w*|denied|don'?t|do not|does not|(?:will )?not) (?:to )?(?:relay|act as (?:a |an )?relay)|not (?:in|listed in|on) (?:my |our |the )?(?:list of )?(?:allowed )?rcpthosts|not a relay|isn'?t in my (?:list|control)|relay (?:not|access denied)|no relay|mail for .{0,60}not (?:accepted|handled) here|not (?:a )?(?:gateway|local domain)|we (?:do not|don'?t) relay|domain isn'?t (?:in|allowed)|(?:5\.7\.1|550|553|554) .{0,40}\brelaying\b|authentication required for relay|must (?:authenticate|check) .{0,20}before|mail server does not (?:handle|accept) .{0,20}domain|unauthori[sz]ed relay|relaying is|not hosted here|(?:use|using) (?:me|us|this \w+) .{0,60}as a relay`,
]);

const TOO_LARGE = anyOf([
  String.raw`(?:message|mail|e-?mail|size|file|attachment|content|data|letter)s?\b.{0,60}\b(?:too (?:large|big)|exceed\w* .{0,40}(?:size|limit|maximum|length|bytes|kb|mb)|over .{0,20}size limit|larger than|bigger than|size limit)|(?:exceed\w*|over|larger than|bigger than|above) (?:the |a |our |your |this )?(?:maximum |max |fixed |allowed |permitted |server'?s? |administrative |system |configured |current )*(?:message|mail|e-?mail|attachment|file)? ?(?:size|length)|exceed\w* .{0,40}\bsize\b|size (?:limit|restriction|exceed)\w*|(?:maximum|max) (?:message |mail |e-?mail )?size|message (?:is )?too (?:large|big|long)|too large|recipsizelimit|message length exceeds|sizelimit`,
  String.raw`(?:nachricht|mail)\b.{0,40}zu gro|taille (?:limite|maxim)\w*|trop (?:volumineux|gros|lourd|grand)\w*|(?:demasiado|muito|troppo) grande|tama.o .{0,30}(?:excede|supera)|za du.\w*|te groot|слишком больш|превышает .{0,30}размер|邮件(?:过大|太大|大小超)|郵件(?:過大|太大)|サイズ.{0,16}(?:超|大き)|크기.{0,16}초과`,
  ...TOO_LARGE_ELSEWHERE,
]);

const SPAM = anyOf([
  String.raw`\bspam\w*\b|\bspammer|unsolicited|\bu[bc]e\b|junk ?mail|black-?list\w*|block-?list\w*|\brbl\b|dnsbl|\bsurbl\b|\buribl\b|spamhaus|spamcop|barracuda|brightmail|cloudmark|proofpoint|sorbs|senderbase|ironport|reputation|abus(?:e|ive)|bulk ?e?-?mail|mass ?mail\w*|anti-?spam|unwanted (?:mail|e-?mail|messages)|go away\b|(?:viru|malware|phish)\w*|poor (?:sender|ip)|(?:ip|host|server|address|mail|message|sender|connection|you|e-?mail)\b.{0,60}\b(?:is |has |are |was |been |being )*(?:blocked|block listed|banned|blocked using)|blocked (?:by|using|for|due|because|at|as|from)|:blocked\b|content (?:reject|filter|denied|block)\w*|looks like|suspicious|suspected|advertis\w*|message (?:content )?(?:rejected|refused|filtered)|hard-?bounce|high probability|bad content|objectionable|mailfrom .{0,20}blocked|\bjmrp\b|snds|s3140|s3150|bounce profanity|profanity|banned (?:content|file|ip)|bl-?ackholed|refus.{0,12}par (?:le filtre|anti)|(?:e-?mails?|messages?|adresse ip|serveur)\b.{0,60}bloqu|垃圾|スパム|迷惑メール|스팸|спам`,
  // our server or domain is, by whoever keeps a list; whom to write to instead is listed on a page
  String.raw`(?:\b(?:ip|host|server|domain|sender|client|relay|network)s?\b|\byou\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:reject|refus|block|den(?:y|i))\w*)(?:(?![.!?] |\baddresses\b).){0,60}?(?<!\bnot )\blisted (?:in|at|by|on)\b`,
  // 163 and 126, by the letters of their list of refusals; the points that a filter gave
  String.raw`\b(?:dt:(?:spm|rbl)|mi:spb|hl:(?:rep|mep|ipb)|wm:bl[iu])\b|\bscor(?:ed?|ing)(?: of| at)? [\d.,]{1,8}(?: points?| hits?)?\b`,
  ...SPAM_ELSEWHERE,
]);

const RATE = anyOf([
  String.raw`(?:too (?:many|much|fast)|rate[- ]?limit\w*|throttl\w*|(?:sending|message|hourly|daily|connection|sender|mail|recipient|bandwidth) (?:rate|limit)s? (?:exceed|reach|limit|control)\w*|exceed\w* .{0,60}(?:rate|per (?:hour|day|minute|connection|session)|messages (?:per|allowed)|number of|hourly|daily|connections|allowable|recipients)|(?:at a rate|too quickly|receiving mail at|receiving too)|(?:maximum|max) (?:number|connections|messages|recipients)|number of (?:messages|connections|recipients)|slow down|receiving limit|(?:thread|session|concurren\w+) limit|concurrent|sending limit|frequency|请求过于频繁|发信(?:频率|超)|频率|(?:送信|受信)(?:制限|数))|\b(?:hl:(?:icc|if[cq])|mi:(?:dmc|sfq)|rp:(?:drc|qrc|trc))\b`,
]);

const LOOP = anyOf([
  String.raw`(?:mail|message|routing|forward\w*|delivery|smtp|alias)?[ -]?loop(?:s|ing|ed)?\b|too many (?:hops|received|received headers)|hop ?count|mailing loop|hops? exceeded|loops back to|mx (?:list|record).{0,40}(?:point\w*|loop\w*) (?:back )?to(?! non)|excessive (?:hop|recursion)|hopcount|max(?:imum)? hops|schleife|boucle|bucle|петл`,
]);

const EXPIRED = anyOf([
  String.raw`maximum[- ]time[- ]expired|(?:delivery )?(?:time|retry|retries|queue|message|lifetime|ttl)\w* .{0,30}(?:expired|exhausted|exceeded|timeout exceeded)|(?:delivery|queue|message|envelope) expired|not (?:be )?(?:reach\w*|contacted|delivered) within|queue period|queue\.expired|(?:message|mail) (?:could|can) ?not be delivered (?:for|in|within|after) .{0,20}(?:day|hour|minute)|(?:in|on) (?:the |my )?queue (?:too|for|longer)|too long in (?:the )?queue|too (?:long|old)|retry time(?:out)? (?:not reached|exceeded)|retry timeout|giving up after .{0,20}(?:day|hour|attempt)|(?:been )?failing for a long time|for (?:the )?(?:past|last) .{0,12}(?:day|hour)s?|maximum (?:queue|retry|delivery|number of (?:retries|attempts))|undeliverable for|not delivered (?:within|for|in) .{0,20}(?:day|hour)|unable to (?:deliver|send) .{0,40}(?:after|for|within) .{0,20}(?:day|hour|attempt)|has been .{0,20}for too long|(?:after|failed|made) \d+ (?:days?|hours?|attempts?|tries)|exceeded (?:its )?(?:maximum )?(?:delivery|retry|time|queue)|seit .{0,20}(?:tag|stunde)|4\.4\.7|5\.4\.7`,
  ...EXPIRED_ELSEWHERE,
]);

const NOT_REACHED = anyOf([
  String.raw`time[d-]?[ -]?out|connection (?:was |to .{0,60} )?(?:refused|reset|dropped|lost|closed|fail\w*|timed|could not|cannot|aborted|broken)|(?:network|host|server|route) (?:is )?(?:unreachable|down|not (?:responding|available|reachable)|unavailable|busy)|no route to host|connect to (?:the )?.{0,80} failed|(?:连接|連接|連線).{0,20}(?:失败|失敗)|could ?n[o']t (?:connect|establish|open|reach|be contacted)|can(?:not|'?t) (?:connect|reach|contact)|unable to (?:connect|contact|reach|establish)|connect(?:ion)? (?:error|fail\w*|attempt)|lost connection|(?:(?<!\bdo )not|did ?n[o']t|does ?n[o']t|never) (?:respond|answer|accept\w* connect)\w*|no (?:answer|response)|not responding|(?:network|socket|i\/o|read|write|protocol) error|interrupted system call|mis-?configur\w*|x-unix; ?\d|(?:system|server|local) config\w* (?:error|problem)|could ?n[o']t (?:load|create|write|open)|can(?: ?not|'?t) (?:load|create|write|open)|procmail|maildrop|pipe to \||unreachable|(?:essayer|r.essayer) plus tard|sp.ter (?:noch|wieder|erneut)|int.ntelo (?:de nuevo|m.s tarde)|temporar\w* (?:failure|error|problem|unavailable|dns|name)|(?:dns|name|domain|lookup|name server)\b.{0,60}(?:temporar\w*|try again|timeout|timed|servfail|deferred|soft error|not respond\w*)|try again(?: later)?|(?:service|system|server) (?:is )?(?:currently |temporarily )?(?:not available|unavailable)|(?:server|system|host|internal|local|software|configuration|resources?) (?:error|failure|problem|configuration|trouble)|insufficient (?:system )?(?:resources|storage|disk)|out of memory|shutting down|too busy|command (?:died|failed|time)|mailer error|deferred|bad connection|nicht erreichbar|zeit.berschreitung|(?:délai|delai) d.pass|connexion (?:refus|imposs)\w*|连接(?:超时|失败|被拒|对方|不上)|連線|无法连接|無法連線|接続(?:でき|タイム|に失敗)|연결|соедин[а-я]*`,
  ...NOT_REACHED_ELSEWHERE,
]);

const POLICY = anyOf([
  String.raw`polic(?:y|ies)|organi[sz]ational settings|multiple (?:from )?addresses|(?:not |un-?)(?:be )?(?:authori[sz]ed|permitted|allowed|authenticated)|authenticat\w*|\bspf\b|\bdkim\b|\bdmarc\b|(?:access|permission|service|relay|submission)? ?(?:denied|forbidden|prohibited)|restrict\w*|administrative(?:ly)? (?:prohibit|reject|den)\w*|rejected (?:by|due|for|because)|transport\.rules|notauthori[sz]ed|security|violat\w*|not accept\w*|refused|reject(?:ed|ion)|moderat\w*|only accepts?|private|whitelist|white list|requires? (?:confirmation|verification)|sender (?:is )?not|must (?:use|be) |tls|encrypt\w*|certificate|5\.7\.\d|4\.7\.\d|header|malformed|rfc ?\d{3,4}|bare (?:lf|cr)|content|attachment|format|拒收|拒绝|拒絕|ポリシー|受信拒否|拒否|거부|политик`,
  ...POLICY_ELSEWHERE,
]);

/** Words that say "no such mailbox" only where nothing else is said; servers hide other reasons behind them. */
const PERHAPS_NO_MAILBOX = anyOf([
  String.raw`mailbox (?:is )?(?:currently )?(?:un-?available|not available|unreachable|name not allowed)|requested (?:mail )?action (?:not taken|aborted)|(?:recipient|address|user|rcpt|addressee)s?(?: address)?(?: \S{1,100})? (?:is |was |has been )?(?:rejected|refused|not accept\w*|denied|not allowed|not available)|not (?:a )?deliverable|no access|can(?:not|'?t) deliver|cannot (?:receive|accept)|no such|not found|unknown|doesn'?t|incorrect`,
]);

/** Google's groups do not tell whether there is one of this name or whether it is closed to us: trying again helps in neither case. */
const NO_GROUP_FOR_US = anyOf([
  String.raw`\bthe group (?:you tried to contact )?\S{1,100} may not exist,? or you may not have permission to post`,
  String.raw`\bdie gruppe, die sie kontaktieren m.chten \S{1,100} m.glicherweise nicht vorhanden ist`,
]);

/** The same, said so plainly that it comes before what is said of mailboxes. */
const NO_SUCH_DOMAIN = anyOf([
  String.raw`\b(?:domain|host)(?: name)? (?:\S{1,100} )?(?:does ?n[o']t exist|not found|unknown)|no such (?:domain|host)|(?:unknown|illegal|invalid) (?:host|domain)(?:\/domain)?(?: name)?|nxdomain|mx records point to non`,
]);

/** Nobody knows yet whether the domain is there. */
const NO_ANSWER_FROM_DNS = anyOf([
  String.raw`(?:not found|lookup|look up|resolv\w*|dns|name serv\w*).{0,40}(?:try again|temporar\w*|servfail|time[d-]?[ -]?out)`,
]);

/** The same words say that a message is too large. */
const TRIED_ENOUGH = anyOf([
  String.raw`\bexceed\w* (?:the |its |our )?(?:maximum |max |allowed |number of )*(?:delivery |retry )?(?:attempts|retries|tries)\b`,
]);

/** Asked in this order; what is asked first is clear whatever else is said. */
export const causesByWords: readonly (readonly [BounceCause, AnyOf])[] = [
  [
    'over quota',
    anyOf([
      String.raw`(?:receiving mail at a rate|too quickly|rate that prevents|too many (?:invalid|bad|unknown|wrong) )`,
    ]),
  ],
  ['no such mailbox', NO_GROUP_FOR_US],
  ['policy', ABOUT_SENDER],
  ['server not reached', NO_ANSWER_FROM_DNS],
  ['domain gone', NO_SUCH_DOMAIN],
  ['mailbox full', FULL],
  ['mail loop', LOOP],
  ['expired', TRIED_ENOUGH],
  ['mailbox closed', CLOSED],
  ['no such mailbox', NO_MAILBOX],
  ['domain gone', DOMAIN_GONE],
  ['relaying refused', RELAYING],
  ['too large', TOO_LARGE],
  ['over quota', RATE],
  ['blocked as spam', SPAM],
  ['expired', EXPIRED],
  ['server not reached', NOT_REACHED],
];

export const vagueCausesByWords: readonly (readonly [BounceCause, AnyOf])[] = [
  ['no such mailbox', PERHAPS_NO_MAILBOX],
  ['policy', POLICY],
];
