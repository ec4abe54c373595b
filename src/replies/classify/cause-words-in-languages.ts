/**
 * What mail servers say in languages of smaller mail systems, and in the larger ones further ways to say it, by cause. A dot stands
 * for a letter that may have lost its accent on the way. `\p{L}*` takes the endings.
 */
export const FULL_ELSEWHERE = [
  // Romance and Germanic languages
  String.raw`quota.{0,60}(?:d.pass|atteint|superat|esaurit|raggiunt)|d.pass\p{L}* (?:le |la |son |sa |leur )(?:quota|limite de stock)|ne peut plus recevoir de|espace .{0,20}(?:insuffisant|satur)`,
  String.raw`(?:superat|esaurit|raggiunt|oltrepassat)\p{L}* (?:la |il |lo )?(?:propria |sua )?(?:quota|spazio)|spazio (?:disponibile |su disco )?(?:esaurit|insufficiente)|(?:cuota|buz.n|espacio)\b.{0,40}(?:super|exced|agotad|llen)\p{L}*|(?:superad|excedid|sobrepasad)\p{L}* (?:la |el |su )(?:cuota|l.mite de almac)`,
  String.raw`(?:cota|quota|caixa)\b.{0,40}(?:ultrapass|exced|esgotad|chei)\p{L}*|(?:excedeu|ultrapassou|atingiu) (?:a |o |sua |a sua )(?:cota|quota|limite de (?:espa|armaz))|(?:postvak|postbus|mailbox)\b.{0,40}\bvol\b|(?:quot|opslag)\p{L}*.{0,40}overschreden|(?:quota|speicher)\p{L}*.{0,40}(?:.berschritten|ersch.pft|belegt)`,
  String.raw`(?:brevl.da|postl.da|inkorg)\p{L}*.{0,40}(?:full|fylld|.verfull)|(?:postkasse|indbakke|innboks|postboks)\p{L}*.{0,40}(?:fuld|full|fyldt)|(?:kvot|lagrings)\p{L}*.{0,40}(?:.verskrid|overskred|opbrugt|brukt opp|slut)`,
  // Finnish, Estonian, Hungarian
  String.raw`postilaatikko\p{L}*.{0,40}(?:t.ynn.|t.ysi|t.yttyn)|(?:tallennustila|kiinti.)\p{L}*.{0,40}(?:t.ynn.|ylit|loppu)|postkast\p{L}*.{0,40}(?:t.is|t.itun)|kvoo?t\p{L}*.{0,30}.leta|(?:postafi.k|postal.da)\p{L}*.{0,40}(?:megtelt|betelt|\btele\b)|(?:t.rhely|kv.t)\p{L}*.{0,30}(?:megtelt|betelt|t.ll.p|elfogyott)`,
  // Slavic and Baltic languages
  String.raw`(?:скриньк)\p{L}*.{0,40}(?:переповнен|заповнен|повна)|перевищ\p{L}* (?:квот|ліміт|обсяг)|квот\p{L}*.{0,20}(?:перевищ|вичерпан|исчерпан|превыш|надвиш|превиш|изчерпан|прекорач)|(?:кутия)\p{L}*.{0,40}(?:пълна|препълнен)|сандуче\p{L}*.{0,40}(?:пун|попуњен)|ящик\p{L}*.{0,30}заполнен`,
  String.raw`(?:sandu.i.|sandu.e|po.tanski pretin)\p{L}*.{0,40}(?:\bpun|prepun|popunjen)|(?:nabiralnik|predal)\p{L}*.{0,40}(?:poln|prepoln)|schr.nk\p{L}*.{0,40}(?:pln|prepln|p.epln)|(?:kvot|kv.t)\p{L}*.{0,30}(?:prekora.|prema.|prese.en|prekro.en|p.ekro.en|vir.yt|p.rsnieg)|prekora.en\p{L}* (?:je )?kvot|(?:limit|kwot)\p{L}*.{0,30}przekrocz|przekrocz\p{L}* (?:limit|kwot|pojemno)|d..ut\p{L}*.{0,40}(?:pilna|perpildyt|u.pildyt)|pastkast\p{L}*.{0,40}(?:piln|p.rpild)`,
  // Romanian, Greek, Turkish
  String.raw`(?:c.su.a|cutia|inboxul)\b.{0,40}(?:plin|dep..i)|cota .{0,30}dep..i|(?:γραμματοκιβ.τιο|θυρ.δα|χ.ρος)\p{L}*.{0,40}(?:πλ.ρ|γεμ.τ|γεμ.σει|εξαντλ)|υπ.ρβαση .{0,20}(?:ορ.ου|χ.ρου)|(?:.ριο|ποσ.στωση)\p{L}*.{0,40}(?:υπερβ|ξεπερ)|kutusu\p{L}*.{0,40}(?:dolu|dolmu|doldu)`,
  // Hebrew, Arabic, Persian, Thai, Vietnamese, Indonesian
  String.raw`תיב[תה][^.\n]{0,40}(?:מלא|חרג)|מכס[תה][^.\n]{0,30}(?:חרג|מלא|נוצל)|חריגה מ[^.\n]{0,12}מכס|صندوق[^.\n]{0,40}(?:ممتل|امتلأ|مليء|پر است)|تجاوز[^.\n]{0,30}(?:الحصة|السعة|المساحة)|(?:الحصة|السعة|المساحة)[^.\n]{0,30}(?:تجاوز|ممتل)`,
  String.raw`กล่อง(?:จดหมาย|ข้อความ|เมล)[^\n]{0,40}เต็ม|พื้นที่[^\n]{0,30}เต็ม|เกินโควต้า|hộp thư.{0,40}(?:đầy|vượt)|(?:vượt|hết) (?:quá )?(?:dung lượng|hạn mức)|(?:kotak (?:surat|pesan|masuk)|peti (?:surat|mel)).{0,40}penuh|kuota.{0,30}(?:penuh|terlampaui|habis)|melebihi kuota`,
];

export const CLOSED_ELSEWHERE = [
  // an address was withdrawn, or those whom it belonged to are no more
  String.raw`adresse\p{L}*.{0,40}(?:aufgehoben|aufgegeben|eingezogen|abgeschaltet)|(?:abteilung|referat|dienststelle|beh.rde|firma|gesellschaft|verein)\p{L}*.{0,60}aufgel.st|adresse.{0,40}(?:a .t. retir.e|abandonn.e)|(?:service|direction|d.partement|association|soci.t.)\b.{0,60}\bdissous|direcci.n.{0,40}(?:retirad|anulad|eliminad)a|(?:departamento|unidad|unidade|servicio|asociaci.n)\b.{0,60}(?:disuelt|suprimid|extint)[ao]|endere.o.{0,40}(?:retirad|desativad)o|(?:ufficio|reparto|societ.|associazione)\b.{0,60}(?:sciolt|soppress)[ao]|indirizzo.{0,40}(?:ritirat|soppress)o|(?:afdeling|dienst|vereniging|bedrijf)\b.{0,60}opgeheven`,
  String.raw`dad[ao] de baja|n'(?:est|existe) plus(?: (?:valide|activ|utilis|en service|attribu)\p{L}*)?|non (?:. |e' )?pi. (?:attiv|in uso|valid|esistente)\p{L}*|dismess[ao]|j. n.o (?:existe|est. (?:ativ|em uso))|(?:conta|caixa|endere.o)\b.{0,40}(?:encerrad|exclu.d|removid)\p{L}*|(?:account|mailbox|adres|postvak)\b.{0,40}(?:opgeheven|gesloten|geblokkeerd|niet meer (?:in gebruik|actief|geldig))`,
  String.raw`(?:konto|brevl.da|adress|postkasse)\p{L}*.{0,40}(?:avslutad|avst.ngd|sp.rra|sp.rret|inaktiv|upph.rt|inte l.ngre|borttag|nedlagt|lukket|deaktiver|ikke l.ngere|ikke lenger|avsluttet|slettet|stengt)|(?:tili|postilaatikko|osoite)\p{L}*.{0,40}(?:suljettu|poistettu|lukittu|ei ole en..|poistunut)|(?:postkast|konto|aadress)\p{L}*.{0,40}(?:suletud|kustutatud)|(?:fi.k|postafi.k|c.m)\p{L}*.{0,40}(?:megsz.n|letiltva|felf.ggeszt|t.r.lt|inakt.v|z.rolva)`,
  String.raw`(?:.čet|schr.nk|adres)\p{L}*.{0,40}(?:zru.en|zablokov|deaktiv|ji. nen.|u. nie je)|(?:cont|c.su|adres)\p{L}*.{0,40}(?:dezactiv|suspendat|.nchis|blocat|desfiin)|(?:ra.un|nalog|sandu.i.|naslov|predal)\p{L}*.{0,40}(?:zatvoren|deaktivir|ukinut|suspendir|blokiran|zaprt|onemogo.en|nije vi.e)|(?:скриньк|обліков|акаунт|кутия|налог)\p{L}*.{0,40}(?:заблок|видален|вимкнен|закрит|деактив|блокиран|спрян|угашен)`,
  String.raw`(?:λογαριασμ|διε.θυνση|γραμματοκιβ)\p{L}*.{0,40}(?:απενεργοπ|ανασταλ|κλε.σει|διαγραφ|καταργ)|(?:hesab|hesap|kutusu|adres)\p{L}*.{0,40}(?:kapat.l|ask.ya|devre d..|dondur|silin)|(?:الحساب|العنوان|البريد)[^.\n]{0,40}(?:معطل|موقوف|مغلق|تم (?:حذف|تعطيل|إيقاف|إغلاق))|(?:חשבון|תיבה|תיבת|כתובת)[^.\n]{0,40}(?:הושבת|נסגר|נחסמ|אינ[וה] פעיל)|tài khoản.{0,40}(?:bị khóa|vô hiệu|ngừng|đã đóng)|akun.{0,40}(?:dinonaktifkan|ditutup|diblokir|ditangguhkan|tidak aktif)`,
];

export const NO_MAILBOX_ELSEWHERE = [
  String.raw`(?:bruker|anv.ndar|postboks)\p{L}*.{0,50}(?:finns inte|finnes ikke|ukjent|ok.nd|saknas)|(?:felhaszn.l|c.mzett|postafi.k|e-?mail c.m)\p{L}*.{0,50}(?:nem l.tezik|ismeretlen|nem tal.lhat)|nincs ilyen (?:felhaszn|c.m|postafi|fi.k)|ismeretlen (?:felhaszn|c.mzett)|(?:vastaanottaja|k.ytt.j|osoite|postilaatikko)\p{L}*.{0,50}(?:tuntematon|ei ole olemassa|ei l.yd|ei l.ytyn|ei tunneta)|tuntematon (?:vastaanottaja|k.ytt.j)|(?:kasutaja|saaja|adressaa|aadress|postkast)\p{L}*.{0,50}(?:ei eksisteeri|ei ole olemas|tundmatu|ei leitud)|tundmatu (?:kasutaja|saaja)`,
  String.raw`(?:utilizator|destinatar|adresa|c.su.a|contul)\p{L}*.{0,50}(?:nu exist|necunoscut|inexistent|nu a fost g.sit)|(?:παραλ.πτη|χρ.στη|διε.θυνση|λογαριασμ)\p{L}*.{0,50}(?:δεν (?:υπ.ρχει|βρ.θηκε|αναγνωρ)|.γνωστ)|.γνωστ\p{L}* (?:παραλ|χρ.στ|διε)`,
  String.raw`(?:korisni|primatelj|primalac|sandu.i.|nalog|adresa)\p{L}*.{0,50}(?:ne postoj|nepoznat|nije prona.en)|nepoznat\p{L}* (?:korisni|primatelj|primalac|adres)|(?:uporabnik|prejemnik|naslov|nabiralnik|predal)\p{L}*.{0,50}(?:ne obstaja|neznan|ni najden)|neznan\p{L}* (?:uporabnik|prejemnik)|(?:pou..vate|pr.jemc|adres|schr.nk)\p{L}*.{0,50}(?:neexistuj|nezn.m|nena.l)|(?:naudotoj|vartotoj|gav.j|adres|d..ut)\p{L}*.{0,50}(?:neegzistuoj|ne.inom|nerast)|(?:lietot.j|sa..m.j|adres|pastkast)\p{L}*.{0,50}(?:neeksist|nezin.m|nav atrast)`,
  String.raw`(?:потребител|получател|кутия|корисник|прималац|користувач|скриньк|одержувач)\p{L}*.{0,50}(?:не съществува|непознат|не е намерен|не постоји|није пронађен|не існує|не знайден|невідом)|невідом\p{L}* (?:користувач|одержувач|адрес)|непознат\p{L}* (?:потребител|получател|корисник)`,
  String.raw`(?:נמען|משתמש|כתובת|תיבה|תיבת)[^.\n]{0,40}(?:לא (?:קיימ|נמצא|מוכר|ידוע)|אינ[וה] (?:קיימ|מוכר|רשומ))|אין (?:משתמש|נמען|תיבה) כז|(?:المستلم|المستخدم|العنوان|الحساب|صندوق)[^.\n]{0,50}(?:غير موجود|غير معروف|لا يوجد|لم يتم العثور|غير صالح)|لا يوجد (?:مستخدم|حساب|عنوان|صندوق)`,
  String.raw`(?:ผู้รับ|ผู้ใช้|ที่อยู่|บัญชี)[^\n]{0,40}ไม่(?:พบ|มี|ถูกต้อง|รู้จัก)|ไม่(?:พบ|มี)(?:ผู้รับ|ผู้ใช้|ที่อยู่|บัญชี)|(?:người nhận|người dùng|địa chỉ|tài khoản|hộp thư).{0,50}không (?:tồn tại|tìm thấy|hợp lệ)|không tìm thấy (?:người|địa chỉ|tài khoản|hộp thư)|(?:pengguna|penerima|alamat|kotak surat).{0,50}tidak (?:ditemukan|ada|dikenal|terdaftar)`,
];

export const TOO_LARGE_ELSEWHERE = [
  String.raw`st.rre (?:end|enn|.n) .{0,40}(?:till|gr.n)|(?:for|f.r) stor\b|(?:tilladte|tillatte|till.tna) st\p{L}*|supera .{0,40}(?:dimension|tama.o)|(?:excede|ultrapassa|maior que) .{0,40}tamanho|tama(?:nh|.)o m.xim|d.passe .{0,40}taille|groter dan .{0,30}toegestaan|overschrijdt .{0,40}grootte|gr..er als .{0,30}(?:erlaubt|zul.ssig)|(?:maximale|zul.ssige) gr..e|gr..e .{0,40}.berschr`,
  String.raw`liian suuri|enimm.iskoko|ylitt.. .{0,40}(?:koko|koon)|liiga suur|.letab .{0,30}(?:maht|suurus)|t.l nagy|meghaladja .{0,40}m.ret|przekracza .{0,30}(?:rozmiar|wielko)|(?:p..li.|pr.li.) ve[lľ]?k|(?:p.ekra.uje|prekra.uje|presega) .{0,30}(?:velikost|ve.kos)|prevelik|prema.uje .{0,30}veli.in|per didel|vir.ija .{0,30}dyd|p.r.k liel|p.rsniedz .{0,30}izm.r`,
  String.raw`prea mare|dep...te .{0,40}(?:dimensiun|m.rime)|πολ. μεγ.λ|υπερβα.νει .{0,40}μ.γεθος|.ok b.y.k|boyut.{0,30}a..yor|(?:занадто|надто) велик|перевищує .{0,30}розмір|твърде голям|надвишава .{0,30}размер|превелик|גדול\p{L}? מדי|حجم[^.\n]{0,30}(?:يتجاوز|أكبر)|كبيرة جد|ใหญ่เกินไป|容量が大きすぎ|quá lớn|vượt quá kích thước|terlalu besar|melebihi (?:batas )?ukuran`,
];

export const EXPIRED_ELSEWHERE = [
  String.raw`(?:innerhalb von|seit|nach) \d+ (?:tag|stund)|(?:pendant|depuis|apr.s) \d+ (?:jour|heure)|(?:durante|despu.s de|tras|ap.s) \d+ (?:d.as|horas)|(?:per|dopo|da) \d+ (?:giorni|ore)\b|(?:gedurende|na|binnen) \d+ (?:dagen|uur)|(?:under|efter|inom|etter|i) \d+ (?:dagar|dygn|dage|d.gn|dager|timer|timmar)|\d+ (?:vuorokau|p.iv)\p{L}* (?:aikana|ajan|j.lkeen)|\d+ nap(?:ja|on| alatt| ut.n)|przez \d+ (?:dni|godzin)|(?:po|za|b.hem|po.as) \d+ (?:dn|hod|dana|sati)|(?:в течение|за|после|протягом|в продължение на) \d+ (?:дн|час|сут|год)|timp de \d+ (?:zile|ore)|για \d+ (?:ημ.ρ|.ρ)|\d+ (?:gün|saat) (?:boyunca|içinde)|\d+ ?(?:天|日|小时|小時|時間)(?:内|間|后|後|经过)`,
];

export const NOT_REACHED_ELSEWHERE = [
  String.raw`(?:ei|nicht|keine) .{0,20}(?:erreich|verbind|yhtey|tavoit)\p{L}*|yhteyttä ei|pas .{0,20}(?:joign|joindre|connecter|connexion)|no .{0,30}(?:conectar|conexi.n|contactar)|n.o .{0,30}(?:conectar|conex)|non .{0,30}(?:connetter|raggiung|conness)\p{L}*|niet .{0,20}(?:bereik|verbind|verbonden)\p{L}*|(?:inte|ikke|ej) .{0,20}(?:\bn.s\b|anslut|kontakt|forbind|svara)\p{L}*|nem .{0,20}(?:el.rhet|kapcsol)\p{L}*|nie .{0,30}(?:po..czy|osi.gn)\p{L}*|ne(?:lze|bylo|poda.ilo|bolo|podarilo) .{0,30}(?:spoj|p.ipoj|prip|kontakt)\p{L}*|не .{0,30}(?:соедин|подключ|связат|з.єдн|підключ|свърж|повез)\p{L}*|nu .{0,30}(?:conect|contact)\p{L}*|(?:nije|ni) .{0,30}(?:povez|kontakt|dosegljiv)\p{L}*|δεν .{0,30}(?:συνδε|σ.νδε|επικοιν)\p{L}*|ba.lan(?:.lamad|t. kurulamad)|לא .{0,12}להתחבר|تعذر الاتصال|không .{0,10}kết nối|tidak (?:dapat|bisa) (?:ter)?hubung`,
];

export const SPAM_ELSEWHERE = [
  String.raw`skr.ppost|s.ppelpost|uønsket (?:post|e-?post|mail)|roskaposti|pourriel|ind.sirable|no desead[oa]|no solicitad[oa]|indesejad[oa]|indesiderat[oa]|ongewenste|(?:schwarze\p{L}*|sperr-?|negativ) ?liste|liste noire|lista (?:negra|nera)|czarn\p{L}* li[sś]|.ern\p{L}* (?:list|zoznam)|niechcian|nevy.[aá]dan|nevy.iadan|ne.elen|istenmeyen|k.retlen|levélszem.t|r.mpspost|черн\p{L}* спис|чорн\p{L}* спис|нежелан|небажан|דואר זבל|רשימה שחורה|مزعج|غير مرغوب|สแปม|thư rác`,
];

/** A filter is spoken of, or that something is forbidden, which says no more than that there is a rule. */
export const POLICY_ELSEWHERE = [
  String.raw`\bfilt(?:er|re|ro|r)\b|szűrő|suodat|фильтр|фільтр|филтър|フィルタ|过滤|過濾|필터`,
  String.raw`nicht (?:erlaubt|zul.ssig|zugelassen|gestattet)|verboten|interdit|non autoris|no (?:permitid|autorizad)|prohibid|proibid|n.o (?:permitid|autorizad)|non (?:consentit|permess|autorizzat)|vietat|niet toegestaan|inte till.t|ikke till|kielletty|ei sallit|niedozwol|zabronion|zak.zan|nepovolen|nem enged|interzis|nu este permis|δεν επιτρ.π|απαγορ|yasak|izin verilm|запрещ|не разреш|заборонен|забранен|zabranjen|nije dozvoljen|prepovedan|許可され|禁止|허용되지|금지|不允许|不允許`,
];
