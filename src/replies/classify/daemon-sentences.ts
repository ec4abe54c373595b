/**
 * Sentences that mail servers write, looked for in text whose blanks are single. The fixed ones are so much a program's that
 * hardly anybody writes them by hand; the others say in many languages that something did not arrive, as people may say as well.
 */
const either = (patterns: readonly string[]): RegExp => new RegExp(`(?:${patterns.join('|')})`, 'iu');

/** What Exim, qmail, Postfix, Sendmail, Exchange, Gmail, Yahoo, Domino, GroupWise and gateways begin with. */
export const FIXED_SENTENCE = either([
  // qmail, Postfix and those after them
  String.raw`this is (?:the|an?) (?:[\w.@-]{1,40} ){0,4}(?:program|mail system|mail server|mailer[- ]daemon|delivery (?:agent|system|program)|e-?mail (?:server|system)|mta|smtp server)\b`,
  String.raw`i'?m (?:sorry|afraid) (?:to have to inform you that|i wasn'?t able to deliver)`,
  String.raw`wasn'?t able to deliver your message`,
  String.raw`this is a permanent error; ?i'?ve given up`,
  String.raw`i wasn'?t able to (?:establish an smtp|find)`,
  // Exim and the like
  String.raw`(?:message|report|e-?mail|notice|notification|mail) (?:was|is|has been) (?:an? )?(?:automatically (?:created|generated|produced|sent)|(?:created|generated|produced|sent) automatically)(?: delivery| by (?:the |a |our )?(?:[\w.-]{1,40} )?(?:(?:mail |e-?mail )?delivery|(?:mail|smtp|e-?mail) (?:server|daemon|gateway|software|transfer|transport|filter)))`,
  String.raw`a message that you (?:have )?sent (?:could not be delivered|has not yet been delivered|contained|was rejected|to the following)`,
  String.raw`could not be delivered to:? (?:<|one or more of its|one or more|all|some or all of (?:its|the)|the following) ?(?:recipients?|\S{1,80}@)`,
  // Sendmail
  String.raw`-----+ ?(?:the following addresses (?:had|have)|transcript of (?:the )?session|failed addresses|addresses? with)`,
  String.raw`the (?:original|following) message was received at .{5,80} from`,
  String.raw`this is a (?:mime-encapsulated message|warning message only)`,
  String.raw`the following (?:address|recipient|user|destination)\w*(?: ?\(?e?s\)?)?(?: addresses)? (?:had|have|has|failed|was|were|could|cannot|did|is|are)\b`,
  // Exchange and Outlook.com
  String.raw`(?:did not|didn'?t|could ?n[o']t|was(?:n't| not)|has not|hasn't) (?:reach|(?:be )?delivered to|been delivered to) (?:some or all of )?(?:the (?:following|intended) |these |one or more )(?:intended )?recipients?`,
  String.raw`delivery (?:to|has failed to|is delayed to) (?:the following|these) (?:recipients?|distribution|address)`,
  String.raw`delivery has failed to these`,
  String.raw`your message (?:to \S+ )?(?:couldn'?t|wasn'?t|can'?t) be delivered`,
  String.raw`diagnostic information for administrators`,
  String.raw`this is an? (?:automatic(?:ally)? ?(?:generated )?|computer[- ]generated |system[- ]generated |machine[- ]generated )?(?:delivery (?:status|failure|failed|report)|non-?delivery|undeliverable|bounce|(?:mail|message) delivery)`,
  // Gmail, Yahoo, AOL, the others
  String.raw`delivery to the following recipients? (?:failed|has been delayed|was aborted|permanently)`,
  String.raw`(?:technical details of (?:permanent|temporary) failure|there was a (?:temporary )?problem (?:while )?delivering your message)`,
  String.raw`your message wasn'?t delivered to \S+ because`,
  String.raw`message from ?(?:the )?(?:yahoo|aol|mail|e-?mail|[\w.-]{1,40})[\w. -]{0,20}(?:daemon|mail system|delivery)`,
  String.raw`sorry, we were unable to deliver your message to the following`,
  String.raw`unable to deliver (?:your |the |this )?(?:message|mail|e-?mail|item) to the following`,
  String.raw`(?:user|recipient)s? (?:name|not listed|[\w.+-]{1,60}).{0,40} not listed in (?:the )?(?:public name|domino|address)`,
  String.raw`your (?:message|mail) ?(?:subject: .{0,120})?was not delivered to:`,
  String.raw`the message that you sent was undeliverable`,
  String.raw`(?:the )?message (?:was|is) (?:not|undeliver)\w* ?(?:relayed|able|delivered)? (?:to|for) the following`,
  String.raw`undeliverable (?:message|mail|to|address)\w*`,
  String.raw`(?:this|your) (?:message|mail|e-?mail) (?:was|has been) (?:undeliverable|returned|bounced|rejected|refused|blocked) (?:due to|by|for|because|to (?:you|the sender)|from|as)`,
  String.raw`\b(?:550|551|552|553|554|5\.\d\.\d{1,3}) (?:5\.\d\.\d{1,3} )?(?:requested action|mailbox unavailable|user unknown|no such user|unknown user)`,
  String.raw`this report relates to (?:a|your) message`,
  String.raw`(?:the )?delivery of (?:the |your |a )?(?:message|following message|mail|e-?mail) .{0,200}(?:failed|was not successful|has not been|could not)`,
  String.raw`return(?:ed|ing) (?:mail|message|your)\w* (?:to sender|follows|attached)`,
  String.raw`-{2,} ?(?:failed recipients|failure reasons?|non-?delivery report|delivery failure|message not delivered)`,
  String.raw`this is an? (?:advisory|warning)[- ](?:only )?(?:e-?mail|message)`,
  String.raw`(?:mail|message) (?:below )?has been returned (?:because|to you|for)`,
  String.raw`the (?:following|above|attached) (?:mail|message|e-?mail)(?: message)? (?:could|can) ?not be delivered`,
  String.raw`invalid final delivery userid|unknown (?:user|host): ?\S|delivery of e-?mail to this address`,
  String.raw`your (?:mail|message) to the following recipients could not be delivered`,
  // servers in China
  '(?:您|你)(?:发送|發送|寄出)?的(?:邮件|郵件)(?:已|已经)?被(?:系统|系統)?退|退信原因|(?:无法|無法)(?:发送|發送|傳送|投递|投遞)(?:到|至)',
  // Exchange in other languages: to these recipients or groups, or to some or all of them
  String.raw`(?:diesen|folgende[nr]?) empf.nger\w* oder (?:gruppen|verteilerlisten)|einige oder alle empf.nger`,
  String.raw`(?:ces|suivants) destinataires ou (?:groupes|listes)|destinataires ou groupes suivants|certains ou .{1,10}tous les destinataires`,
  String.raw`(?:estos|siguientes|estes|seguintes) destinat.rios (?:o|ou) (?:grupos|listas)|algunos o todos los destinatarios|alguns ou todos os destinat.rios`,
  String.raw`(?:questi|seguenti) destinatari o (?:gruppi|liste)|alcuni o tutti i destinatari`,
  String.raw`(?:deze|volgende) (?:geadresseerden|ontvangers) of (?:groepen|distributielijsten)|(?:dessa|f.ljande|disse|f.lgende) (?:mottagare|modtagere|mottakere) (?:eller|och|og) (?:grupper|distributionslist\w*)`,
  String.raw`(?:nast.puj.cych|tych) (?:adresat.w|odbiorc.w) lub (?:grup|list)|(?:t.mto|n.sleduj.c.m) p..jemc.m nebo (?:skupin.m|distribu)|(?:следующим|этим) получателям или (?:группам|спискам)`,
]);

/** Did not arrive, in many languages. */
export const FAILED = either([
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
  String.raw`(?:n'a|n.a|n'ont|pas) (?:pas |pu |.tre ){1,3}(?:remis|d.livr|envoy|distribu|livr|achemin|transmis|parven)\w*|non (?:remis|d.livr|distribu)\w*|.chec (?:de |lors )|n'est pas parvenu|remise .{0,30}.chou|impossible (?:de |d')(?:remettre|d.livrer|distribuer|livrer)`,
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
  '退信|退回|退件|被拒|(?:无法|無法|未能|不能|没有|沒有|未)(?:成功)?(?:投递|投遞|送达|送達|发送|發送|传递|傳遞|递送|遞送|到达|到達|发出|傳送|寄达|寄達|寄送|寄到)|(?:投递|投遞|发送|發送|传送|傳送|递送|遞送|寄送)(?:失败|失敗|错误)',
  '(?:配信|送信|配達|配送|送達|転送)(?:が|は|を)?(?:でき|出来|不能|エラー|失敗|され(?:ません|ず)|することが)|(?:届け|とどけ)(?:られ|でき|る?こと)|届きません|宛先不明|エラーのため|見つかりません|存在しません|戻ってき|返送',
  '(?:전송|전달|배달|발송|수신)(?:이|을|를|하지|되지|할|에)? ?(?:못|실패|않|수 없|불가|거부)|반송|존재하지',
  // Turkish, Arabic, Hebrew, Thai, Vietnamese, Indonesian
  String.raw`(?:edile|iletile|ula.t.r.la|g.nderile)m[ae](?:d[iı]|z|mi)\w*|تعذر|لم يتم (?:تسليم|إرسال)|فشل (?:في )?(?:تسليم|إرسال)|לא (?:ניתן|היה ניתן|נמסר)|ไม่สามารถ(?:ส่ง|จัดส่ง)|không thể (?:gửi|chuyển|phát|giao)|(?:tidak (?:dapat|bisa) (?:di)?|gagal )(?:kirim|terkirim|mengirim|disampaikan|menyampaikan)\w*`,
]);

/** Its server will try again, it says. */
export const WILL_TRY_AGAIN = either([
  String.raw`still (?:being retried|trying|in the queue|attempting)|status notification \(delay\)|do(?:es)? not need to (?:resend|re-?send)|no (?:further )?action is (?:required|needed)|warning (?:message )?only|(?:advisory|warning)[- ]only`,
  String.raw`(?:will|we'll|'ll) (?:continue|keep (?:on )?|go on )(?:to )?(?:be )?(?:try|retry|attempt|retri|deliver)\w*|(?<!not )(?:will|to) be (?:retried|attempted again|tried again|re-?attempted)|(?<!\bno [\w ]{0,30})(?:attempts?|retr(?:y|ies)) (?:to deliver .{0,60} )?will (?:continue|be (?:made|repeated))|will (?:re)?try (?:again|to (?:re)?(?:send|deliver)|for|sending|deliver)`,
  String.raw`wird (?:weiterhin|weiter|noch|erneut).{0,60}(?:versuch|zuzustellen)\w*|weitere zustellversuche|nouvelles? tentatives?|seguir.n? intentando|continu(?:ar.n?|aremos|er.) .{0,20}(?:intent|tent)\w*|kolejne pr.by|b.dzie (?:ponawia|pr.bowa)\w*|(?:попытки|будет|будут).{0,60}(?:продолж|повтор)[а-я]*|(?:会|將|将)?(?:继续|繼續)(?:尝试|嘗試|投)|(?<![请請])(?:稍后|稍後)(?:会|会再|将|將)?(?:再|重)|再送を(?:試|続)|再送信を(?:試|続)`,
]);

/** Late so far; whether its server gave up is asked besides. */
export const LATE = either([
  String.raw`not (?:yet )?been (?:able to be )?delivered (?:yet|so far)|(?:has|have|could|was) not (?:yet|so far) (?:be|been) (?:able|delivered|sent)|still undelivered|(?:deliver(?:y|ed|ing)|message|mail)\b.{0,50}\b(?:is|was|has been|been|being) (?:temporarily |currently )?(?:delayed|deferred|postponed)|delayed (?:mail|message|delivery)|\(delay(?:ed)?\)|delivery delay|warning: (?:could not send|message|mail|delivery)|delayed \d+ (?:hour|minute|day)`,
  String.raw`verz.gert|noch nicht zugestellt|(?:est|a .t.|.t.) (?:retard|diff.r)\w*|retard (?:de|dans)|pas encore (?:.t. |pu )|(?:retras|demor|atras|aplaz)ad[oa]|ainda n.o|todav.a no|non ancora|ritardat[ao]|in ritardo|op..nion[ae]|vertraagd|f.rsenad|forsinket|zpo.d.n|viiv.sty`,
  '(?:задержан|задержива|отложен)[а-я]*|еще не (?:было|доставл)[а-я]*|відкладен|延迟|延遲|延误|尚未|遅延|遅れて|まだ配信|지연|gecik|ertelen',
]);

/** It says itself that nothing more will be tried. */
export const GAVE_UP = either([
  String.raw`(?<!will )(?:giv(?:en|ing|e) up|gave up)|will not (?:be )?(?:retr|try|attempt)\w*|won'?t (?:be )?(?:retr|try)\w*|not going to try|no (?:further|more) (?:attempts|delivery)|permanent(?:ly)? (?:fatal )?(?:error|fail|reject)\w*|(?:message|mail) (?:has )?(?:been )?expired|message expired|too (?:long|old)|has been (?:deleted|removed|returned|cancell?ed)|will be (?:deleted|removed)`,
  String.raw`delivery (?:has )?(?:failed|failure|aborted)|\(failure\)|undeliverable:`,
]);

/** It arrived, and a mail server says so. */
export const ARRIVED = either([
  String.raw`(?:successfully|has been|was|were) (?:successfully )?(?:delivered|relayed)\b(?! (?:back|to you|yet))|\((?:success|relay(?:ed)?|delivered)\)|delivery (?:was )?successful|successful (?:mail )?delivery|return receipt|erfolgreich zugestellt|wurde zugestellt|a (?:bien )?.t. (?:remis|distribu.|d.livr.)|se ha entregado correctamente|consegnat[oa] correttamente|был[ао]? (?:успешно )?доставлен[ао]?`,
]);
