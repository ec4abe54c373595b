/**
 * How servers say "it was not delivered" or "it was refused" beside the ways that every Exchange and Exim has, by family of languages.
 * A dot stands for a letter that may have lost its accent on the way. `\p{L}*` takes the endings.
 */
export const FAILED_ELSEWHERE = [
  // Germanic languages
  String.raw`(?:nachricht|e-?mail|mail|anhang|anlage|sendung)\b(?: \S+){0,12}? (?:abgewiesen|abgelehnt|zur.ckgewiesen|blockiert|geblockt|gel.scht|verworfen|zur.ckgesandt|zur.ckgeschickt|abgefangen)|(?:zustellung|auslieferung) (?:ist |war )?(?:fehlg|gescheitert|abgebrochen|nicht)|nicht (?:ausgeliefert|.bermittelt|angenommen)`,
  String.raw`(?:bericht|e-?mail|mail)\b(?: \S+){0,8}? (?:geweigerd|geblokkeerd|teruggestuurd|afgewezen|verwijderd)|(?:meddelande|mejl|meddelelse|besked|melding|e-?post)\p{L}*(?: \S+){0,6}? (?:avvisa|avvist|afvist|blockera|blokker|stoppa|returner|retur)\p{L}*|(?:leverans|levering)\p{L}* (?:misslyck|mislyk|mislykk)\p{L}*`,
  // Romance languages
  String.raw`(?:message|courriel|e-?mail|mail|pi.ce jointe)\b(?: \S+){0,8}? (?:rejet|refus|bloqu|retourn|renvoy|supprim)\p{L}*|(?:correo|mensaje|e-?mail)\b(?: \S+){0,8}? (?:devuelt|rechazad|bloquead|eliminad)\p{L}*|(?:messaggio|e-?mail|posta|allegato)\b(?: \S+){0,8}? (?:respint|rifiutat|bloccat|restituit|eliminat)\p{L}*|(?:mensagem|e-?mail|anexo)\b(?: \S+){0,8}? (?:devolvid|rejeitad|recusad|bloquead|retornad|exclu.d)\p{L}*`,
  String.raw`(?:consegna|recapito) (?:\S+ ){0,4}?(?:fallit|non riuscit|impossibile)\p{L}*|(?:entrega) (?:\S+ ){0,4}?(?:fallid|fallad|falhou|imposible)\p{L}*|(?:mesaj|e-?mail)\p{L}*(?: \S+){0,6}? (?:respins|returnat|blocat|nelivrat)\p{L}*|livrar\p{L}* .{0,20}e.uat`,
  // Finnish, Estonian, Hungarian
  String.raw`(?:viesti|s.hk.posti)\p{L}*(?: \S+){0,6}? (?:hyl.tt|torju|palaute|palautu|estet)\p{L}*|toimitus .{0,20}ep.onnistui|k.zbes.t\p{L}* (?:hib|sikertelen|nem)\p{L}*|nem (?:volt )?k.zbes\p{L}*|(?:sikertelen|meghi.sult) k.zbes\p{L}*|visszak.ld|elutas.t(?:va|ott)|(?:ei (?:saanud|saa|.nnestunud|olnud v.imalik)) .{0,30}(?:kohale|toimeta|edasta|saata)\p{L}*|kohaletoimetami\p{L}* .{0,20}(?:eba.nnest|nurju)\p{L}*`,
  // Slavic and Baltic languages
  String.raw`(?:wiadomo..|przesy.k)\p{L}*(?: \S+){0,6}? (?:odrzuc|zwr.c|zablok)\p{L}*|(?:zpr.v|spr.v)\p{L}*(?: \S+){0,6}? (?:odm.tnut|odmietnut|vr.c|vr.ten|zablok|zam.tnut)\p{L}*|doru.en\p{L}* .{0,20}(?:selhal|zlyhal)\p{L}*`,
  String.raw`(?:nije|nisu|poruku nije) .{0,30}(?:isporu|dostav|uru.)\p{L}*|(?:isporuka|dostava) .{0,20}(?:nije uspj|nije uspe|neuspj|neuspe|ni uspe)\p{L}*|neisporu.|(?:ni|bilo) .{0,20}mogo.e .{0,20}(?:dostaviti|poslati)|nedostavlj|poruka (?:\S+ ){0,4}?(?:vra.ena|odbijena)|(?:nepavyko|negalima|nebuvo) .{0,30}(?:pristaty|i.si)\p{L}*|nepristaty|(?:neizdev.s|nevar.ja|nav) .{0,30}pieg.d\p{L}*|nepieg.d`,
  String.raw`(?:письмо|сообщение)(?: \S+){0,6}? (?:отклонен|возвращ|заблок|удален)\p{L}*|неуспешн\p{L}* достав|не (?:може|можа|беше|бе) .{0,20}доставен|(?:није|нису) .{0,30}(?:испоруч|достав|уруч)\p{L}*|неиспоручен|(?:лист|повідомлення)(?: \S+){0,6}? (?:відхилен|поверну|заблок)\p{L}*|(?:помилка|збій) доставки|не вдалося .{0,20}(?:доставити|надіслати)`,
  // Greek, Turkish, Hebrew, Arabic, Persian
  String.raw`(?:αποτυχ.α|αδυναμ.α) (?:παρ.δοσης|αποστολ.ς)|δεν (?:παραδ.θηκε|.ταν δυνατ)|(?:απορρ.φθηκε|επιστρ.φηκε)|(?:teslim|iletim|g.nderim) (?:hatas|ba.ar.s)\p{L}*|(?:ileti|mesaj|e-?posta)\p{L}*(?: \S+){0,6}? (?:reddedil|geri d.n|geri .evril|engellen)\p{L}*`,
  String.raw`(?:ההודעה|הודעתך|הדואר)(?: \S+){0,4}? (?:לא נמסר|לא הגיע|חזרה|נדחת|הוחזר)|(?:מסירת|משלוח) [^.\n]{0,20}נכשל|ההודעה שלך לא|לא נמסרה|لم (?:يتم|تصل|نتمكن)|رسالة مرتجعة|تم رفض|(?:ارسال|تحویل) .{0,20}(?:ناموفق|نشد)`,
  // Thai, Vietnamese, Indonesian
  String.raw`การ(?:ส่ง|จัดส่ง)[^\n]{0,20}(?:ล้มเหลว|ไม่สำเร็จ)|(?:gửi|chuyển) .{0,20}(?:thất bại|không thành công)|(?:pengiriman|pesan) .{0,30}(?:gagal|ditolak|dikembalikan)`,
];
