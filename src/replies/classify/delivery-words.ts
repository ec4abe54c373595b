import { anyOf } from './any-of.js';
import { FAILED_ELSEWHERE } from './failure-words-in-languages.js';

/**
 * Words with which mail servers say in many languages what became of a message, looked for in text whose blanks are single. People
 * say so as well. A dot stands for a letter that may have lost its accent on the way.
 */

/** Did not arrive, in many languages. */
export const FAILED = anyOf([
  String.raw`(?:could|can|did|has|have|was|were|will|is)(?: not|n'?t|not) (?:yet |currently |(?:be )?successfully )?(?:be |been |able to (?:be )?)?(?:yet |successfully )?(?:deliver|sent|reach|forward|relay|accept|process|transmit|receiv)\w*`,
  String.raw`(?:un|non-?)deliver(?:able|ed|y)`,
  String.raw`(?:deliver(?:y|ing|ed)|sending|mail|message|transmission|send)\b.{0,40}\b(?:fail(?:ed|ure|s)?|unsuccessful|impossible|error|problem|rejected|refused|delay(?:ed)?|abort(?:ed)?|suspended|stopped|blocked)|considered unsolicited|banned (?:contents?|names?|files?)|(?:virus|malware) .{0,30}(?:found|detected|in mail)`,
  String.raw`(?:fail(?:ed|ure|s)?|unable|error|problems?|impossible|trouble) (?:to |in |while |with |when )?(?:the )?(?:deliver|send|mail|transmit|transport|reach|rout|relay)\w*`,
  String.raw`(?:failure|delivery|undeliver\w*|rejection|bounce) (?:notice|notification|report)|failure reasons?\b|returned mail|return(?:ed)? to sender|bounced (?:mail|message|back)`,
  String.raw`(?:user|recipient|mailbox|account|address)(?: name)? (?:is |was )?(?:unknown|not (?:found|known|exist)|does ?n[o']t exist|invalid|full|disabled|rejected|unavailable)|(?:unknown|invalid|no such|bad) (?:user|recipient|mailbox|account|address|local)`,
  // German, Dutch, the Nordic languages
  String.raw`nicht (?:zugestellt|zustellbar|ausgeliefert|(?:weiter)?geleitet|erreicht|versendet|gesendet)|unzustellbar|zustell\w{0,12}?.{0,60}(?:fehl|nicht|unm.glich|verz.g|versp.t)|fehler bei der \w*zustellung`,
  String.raw`(?:niet|kon|onmogelijk).{0,40}(?:afgeleverd|bezorgd|verzonden|afleveren|bezorgen)|onbestelbaar`,
  String.raw`(?:inte|ikke|kunne ikke|ej) .{0,30}(?:lever|n.tt|sendes|framme|fram)\w*|ei (?:voi(?:tu|da)|ole|saapunut) .{0,30}toimit|toimittaminen .{0,40}ep.onnistui`,
  // French, Spanish, Portuguese, Italian, Catalan, Romanian
  String.raw`(?:n'a|n.a|n'ont|pas) (?:pas |pu |.tre |.t. ){1,3}(?:remis|d.livr|envoy|distribu|livr|achemin|transmis|parven)\w*|non (?:remis|d.livr|distribu)\w*|.chec (?:de |lors )|n'est pas parvenu|remise .{0,30}.chou|impossible (?:de |d')(?:remettre|d.livrer|distribuer|livrer)`,
  String.raw`no (?:se )?(?:ha |han |fue |pudo |puede |pudieron |se )?(?:podido |pudo |puede |sido |posible |llegado |ser |logr. )*(?:entreg|enviar|enviado|llegar|distribu|lliur)\w*|(?:error|fallo|problema|falla) (?:de|en|en la|al) (?:la )?(?:entreg|env|distribu)\w*|mensaje (?:no entregado|devuelto|rechazado)`,
  String.raw`n.o (?:p.de|pode|foi|foram|puderam|conseguiu|conseguimos|.)? ?(?:poss.vel |ser |sido )*(?:entreg|envi|encaminh)\w*|(?:falha|erro|problema) (?:na|de|no|ao) (?:entreg|envi)\w*|(?:mensagem|e-?mail) (?:n.o entregue|devolvid|rejeitad|retornad)\w*`,
  String.raw`(?:non|impossibile|mancat[ao]|errore|fallit[ao]) .{0,60}(?:consegn|recapit|inoltr|inviat|spedit|recevut)\w*`,
  String.raw`nu (?:a |am |s-a )?(?:putut|fost|poate) .{0,20}(?:livr|trimis)\w*`,
  // Polish, Czech, Slovak, Hungarian, Slovene, Croatian, the Baltic languages
  String.raw`nie (?:mog.a|mo.e|m.g.|zosta.a|uda.o|zosta.) .{0,40}(?:dostarcz|dor.cz|wys.a)\w*|niedostarcz\w*|nie dostarczon\w*|(?:zwrot|b..d) .{0,20}(?:wiadomo.ci|dostarcz\w*|poczt\w*)`,
  String.raw`(?:nelze|nebyl[ao]?|nepoda.ilo|nebolo|nemohl[ao]?|nepodarilo) .{0,40}doru.\w*|nedoru.\w*`,
  String.raw`nem (?:siker.lt|lehet|lehetett|volt|tudtuk|k.zbes)\w* .{0,40}k.zbes\w*|k.zbes.thetetlen|(?:ni|nije) (?:bil|mog|dostav|isporu)\w*|nepavyko .{0,30}(?:pristaty|i.si)\w*|nevar.ja .{0,30}pieg.d\w*`,
  // Russian, Ukrainian, Bulgarian, Greek
  String.raw`не (?:может|могло|могла|мог|удалось|удается|было|была|были|был|вдалося)?.{0,40}(?:доставл|доставит|достави|доставк|отправл|отослан|переслан|передан)[а-яі]*|недостав[а-я]*|невозможн[а-я]* доставить|(?:ошибка|сбой) (?:при )?(?:доставк|отправк)[а-я]*|возвращен[а-я]*`,
  String.raw`δεν (?:ήταν|μπόρεσε|παραδόθηκε|είναι).{0,40}`,
  // Chinese, Japanese, Korean
  '(?:配信|送信|受信|メール)(?:が|を|は)?(?:停止|拒否|ブロック)|退信|退回|退件|被拒|(?:无法|無法|未能|不能|没有|沒有|未)(?:成功)?(?:投递|投遞|送达|送達|发送|發送|传递|傳遞|递送|遞送|到达|到達|发出|傳送|寄达|寄達|寄送|寄到)|(?:投递|投遞|发送|發送|传送|傳送|递送|遞送|寄送)(?:失败|失敗|错误)',
  '(?:配信|送信|受信|配達|配送|送達|転送)(?:が|は|を)?(?:でき|出来|不能|エラー|失敗|され(?:ません|ず)|することが)|(?:届け|とどけ)(?:られ|でき|る?こと)|届きません|宛先不明|エラーのため|見つかりません|存在しません|戻ってき|返送',
  '(?:전송|전달|배달|발송|수신)(?:이|을|를|하지|되지|할|에)? ?(?:못|실패|않|수 없|불가|거부)|반송|존재하지',
  // Turkish, Arabic, Hebrew, Thai, Vietnamese, Indonesian
  String.raw`(?:edile|iletile|ula.t.r.la|g.nderile)m[ae](?:d[iı]|z|mi)\w*|تعذر|لم يتم (?:تسليم|إرسال)|فشل (?:في )?(?:تسليم|إرسال)|לא (?:ניתן|היה ניתן|נמסר)|ไม่สามารถ(?:ส่ง|จัดส่ง)|không thể (?:gửi|chuyển|phát|giao)|(?:tidak (?:dapat|bisa) (?:di)?|gagal )(?:kirim|terkirim|mengirim|disampaikan|menyampaikan)\w*`,
  ...FAILED_ELSEWHERE,
  String.raw`\b(?:was|were|is|has been|have been) (?:therefore |then |thus |automatically )?(?:rejected|refused|discarded|dropped|deleted|blocked|quarantined) by (?:the|our|an?|its) (?:[\w-]{1,20} ){0,3}(?:filter|gateway|firewall|scanner|server|system|appliance|anti-?virus)`,
  String.raw`\b(?:was|were|is|has been|have been) (?:therefore|thus|hence|consequently|automatically) (?:been )?(?:rejected|refused|blocked|discarded|returned)\b|did not (?:exactly |quite )?match (?:an?|any|the|one of) (?:\S{1,30} ){0,3}(?:address|user|account|mailbox|recipient)`,
  // what gateways do with a message
  String.raw`(?:message|mail|e-?mail|attachment|posting|submission|letter)s?\b.{0,60}\b(?:was|were|is|has been|have been|had been) (?:automatically |silently )?(?:discarded|dropped|destroyed|deleted|removed|returned|bounced|quarantined|intercepted|expired|dis-?allowed)|(?:message|mail) expired|expired in (?:the |our )?queue|(?:deleted|removed|blocked|rejected|discarded) and (?:was )?not (?:been )?delivered|not (?:stored|distributed|accepted (?:any ?more|for delivery))\b|did not receive (?:it|this|your)\b|(?:thrown away|discarded|deleted) unread\b`,
  String.raw`(?:blocked|stopped|rejected|refused|removed|deleted|quarantined|intercepted|discarded) (?:your|the following|the|this|an?) (?:message|mail|e-?mail|attachment|file|posting)|(?:attachment|file|message|mail) (?:was |has been )?(?:blocked|rejected|refused|quarantined|removed|deleted)|detected (?:a |the |an? )?(?:\S+ )?virus|\bnot (?:been )?delivered\b|(?:has been|have been|was|were) (?:rejected|blocked|refused|stopped|declined) (?:by|because|due|as|for)\b`,
]);

/** Its server will try again, it says. */
export const WILL_TRY_AGAIN = anyOf([
  String.raw`still (?:being retried|trying|in the queue|attempting)|status notification \(delay\)|do(?:es)? not need to (?:resend|re-?send)|no (?:further )?action is (?:required|needed)|warning (?:message )?only|(?:advisory|warning)[- ]only`,
  String.raw`(?:will|we'll|'ll) (?:continue|keep (?:on )?|go on )(?:to )?(?:be )?(?:try|retry|attempt|retri|deliver)\w*|(?<!not )(?:will|to) be (?:retried|attempted again|tried again|re-?attempted)|(?<!\bno [\w ]{0,30})(?:attempts?|retr(?:y|ies)) (?:to deliver .{0,60} )?will (?:continue|be (?:made|repeated))|will (?:re)?try (?:again|to (?:re)?(?:send|deliver)|for|sending|deliver)`,
  String.raw`wird (?:weiterhin|weiter|noch|erneut).{0,60}(?:versuch|zuzustellen)\w*|weitere zustellversuche|(?<!aucune )nouvelles? tentatives?|seguir.n? intentando|continu(?:ar.n?|aremos|er.) .{0,20}(?:intent|tent)\w*|kolejne pr.by|b.dzie (?:ponawia|pr.bowa)\w*|(?:попытки|будет|будут).{0,60}(?:продолж|повтор)[а-я]*|(?:会|將|将)?(?:继续|繼續)(?:尝试|嘗試|投)|(?<![请請])(?:稍后|稍後)(?:会|会再|将|將)?(?:再|重)|再送を(?:試|続)|再送信を(?:試|続)`,
  String.raw`\b(?:we|it|the system|(?:the|this|our) (?:mail )?server) (?:will )?(?:keeps?|continues?|goes on) (?:on |to )?(?:try|attempt|retry)\w*|(?:need not|do not|don't) (?:re-?send|send (?:it|the message|this message|your message) again)|you (?:do not|don't) need to (?:re-?send|send)`,
  String.raw`(?:server|system|serveur|servidor|sistema) (?:.{1,20} )?(?:probiert|versucht) (?:es )?(?:weiter|noch)|inutile de (?:le |la )?(?:renvoyer|r.exp.dier)|(?:brauchen|m.ssen) .{0,30}nicht (?:erneut|noch ?(?:ein)?mal) (?:zu )?(?:send|schick)\p{L}*|(?:riprover|ritenter|continuer)\p{L}* .{0,20}(?:tent|consegn|inv)\p{L}*|(?:blijft|blijven|opnieuw) .{0,30}prober\p{L}*|(?:f.rs.ker|forts.tter|pr.ver|forts.tte|jatka|yrit)\p{L}* .{0,30}(?:igen|f.rs.k|lever|uudelleen|toimit)\p{L}*`,
]);

/** Late so far; whether its server gave up is asked besides. */
export const LATE = anyOf([
  String.raw`not (?:yet )?been (?:able to be )?delivered (?:yet|so far)|(?:has|have|could|was) not (?:yet|so far) (?:be|been) (?:able|delivered|sent)|still undelivered|(?:deliver(?:y|ed|ing)|message|mail)\b.{0,50}\b(?:is|was|has been|been|being) (?:temporarily |currently )?(?:delayed|deferred|postponed)|delayed (?:mail|message|delivery)|\(delay(?:ed)?\)|delivery delay|warning: (?:could not send|message|mail|delivery)|delayed \d+ (?:hour|minute|day)`,
  String.raw`verz.gert|noch nicht zugestellt|(?:est|a .t.|.t.) (?:retard|diff.r)\w*|retard (?:de|dans)|pas encore (?:.t. |pu )|(?:retras|demor|atras|aplaz)ad[oa]|ainda n.o|todav.a no|non ancora|ritardat[ao]|in ritardo|op..nion[ae]|vertraagd|f.rsenad|forsinket|zpo.d.n|viiv.sty`,
  '(?:задержан|задержива|отложен)[а-я]*|еще не (?:было|доставл)[а-я]*|відкладен|延迟|延遲|延误|尚未|遅延|遅れて|まだ配信|지연|gecik|ertelen',
  String.raw`\b(?:still )?(?:in|on) (?:our|the|its|this) (?:mail |delivery )?queue\b.{0,20}\b(?:for|since) .{0,20}(?:hour|minute|day)|(?:message|mail) .{0,60}\bstill (?:waiting|queued|pending|on its way)|could not (?:yet|so far) be`,
]);

/** It says itself that nothing more will be tried. */
export const GAVE_UP = anyOf([
  String.raw`(?<!will )(?:giv(?:en|ing|e) up|gave up)|will not (?:be )?(?:retr|try|attempt)\w*|won'?t (?:be )?(?:retr|try)\w*|not going to try|no (?:further|more) (?:attempts|delivery)|permanent(?:ly)? (?:fatal )?(?:error|fail|reject)\w*|(?:message|mail) (?:has )?(?:been )?expired|message expired|too (?:long|old)|has been (?:deleted|removed|returned|cancell?ed)|will be (?:deleted|removed)`,
  String.raw`delivery (?:has )?(?:failed|failure|aborted)|\(failure\)|undeliverable:`,
  String.raw`expired in (?:the |our )?queue|(?:is|are|was|were) (?:now )?(?:being )?returned|no longer be (?:retried|tried)|(?:endg.ltig|d.finitiv|definitiv)\p{L}* (?:nicht|fehl|.chou|falli)|ei (?:en..) yritet|(?:wird|werden) .{0,20}nicht (?:mehr|weiter) versucht`,
]);

/** It arrived without what a filter took out of it. */
export const STRIPPED = anyOf([
  String.raw`(?:message|mail|e-?mail)(?: itself)? (?:was|has been) (?:still )?delivered without|(?:message|mail|e-?mail) itself (?:was|has been) (?:still )?delivered|delivered (?:to (?:the|its) recipients? )?without (?:the|its|your) (?:attachment|file)|(?:nachricht|e-?mail) (?:selbst )?wurde (?:ohne .{0,40} )?zugestellt|(?:sans|sin|senza|sem) (?:la pi.ce jointe|el (?:archivo )?adjunto|l'allegato|o anexo)`,
]);

/** It arrived, and a mail server says so. */
export const ARRIVED = new RegExp(
  String.raw`(?:successfully|has been|was|were) (?:successfully )?(?:delivered|relayed)\b(?! (?:back|to you|yet))|\((?:success|relay(?:ed)?|delivered)\)|delivery (?:was )?successful|successful (?:mail )?delivery|return receipt|erfolgreich zugestellt|wurde zugestellt|a (?:bien )?.t. (?:remis|distribu.|d.livr.)|se ha entregado correctamente|consegnat[oa] correttamente|был[ао]? (?:успешно )?доставлен[ао]?`,
  'iu',
);
