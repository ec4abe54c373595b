import { phrases } from './phrases.js';

/** The writer is not there now. What was ("I was away") and what others are ("our director is away") a person says as well. */
export const isAbsent = phrases(
  // English
  "(?:i am|i'm|im|i will be|i'll be|we are|we will be|and am|am) …(?:out of|away from|not in|absent from) (?:the |my |our )?(?:office|desk|country|e-?mail)",
  "(?:i am|i'm|i will be|i'll be) …on …(?:leave|vacation|holidays?|sabbatical|a business trip)\\b",
  "(?:i am|i'm|i will be|i'll be) …(?:away|absent|unavailable|travell?ing|offline) …(?:until|till|from|between|through|and (?:will|am|have|not)|with(?:out)? |this week|today)",
  'you (?:have )?reached (?:me|us) (?:while|during|when|outside)',
  '(?:the )?office is (?:currently |now )?closed',
  '(?:this|the) …(?:mailbox|inbox|account|address) is (?:no longer|not(?: being)?) (?:in use|used|monitored|attended|checked|read|active|valid)',
  // German
  '(?:dieses postfach|diese (?:e-?mail-?)?adresse) …(?:nicht (?:mehr )?(?:gelesen|betreut|gültig|aktiv|verwendet|genutzt))',
  '(?:ich bin|bin ich|ich befinde mich|befinde ich mich|wir sind|ich werde|bin) …(?:nicht (?:im (?:büro|hause?|dienst|amt)|am (?:arbeits)?platz|erreichbar|anwesend|da\\b)|außer haus|abwesend|im urlaub|in (?:urlaub|elternzeit|mutterschutz|karenz)|auf (?:dienst|geschäfts)?reisen?|dienstreise|verreist)',
  'unser büro ist …geschlossen',
  // French
  '(?:je suis|je serai|suis|étant) …(?:absent|en congés?|en vacances|en déplacement|hors du bureau|indisponible|en arrêt)',
  'nos bureaux (?:sont|seront) fermés',
  // Spanish, Catalan, Portuguese, Italian
  '(?:estoy|estaré|me encuentro|me encontraré|soc|estic|estaré) …(?:fuera de (?:la |mi )?oficina|ausente|de vacaciones|de baja|de permiso|de viaje|fora de l.oficina)',
  '(?:estou|estarei|encontro-me|encontrar-me-ei) …(?:fora d[oe] escritório|ausente|de férias|em férias|de licença|em licença|em viagem)',
  "(?:sono|sarò|mi trovo) …(?:fuori (?:sede|ufficio|dall'ufficio)|assente|in ferie|in vacanza|in congedo|in maternità|in trasferta)",
  "(?:l'ufficio è|gli uffici sono|la oficina está|o escritório está) …(?:chius|cerrad|encerrad|fechad)",
  // Dutch
  '(?:ik ben|ben ik|wij zijn) …(?:niet (?:op kantoor|aanwezig|bereikbaar|op het werk)|afwezig|met (?:vakantie|verlof|zwangerschapsverlof)|op vakantie|buiten (?:het )?kantoor)',
  // Nordic
  '(?:jag är|är jag|jag kommer) …(?:inte på (?:kontoret|plats)|från kontoret|frånvarande|på (?:semester|tjänsteresa)|ledig|tjänstledig|föräldraledig|bortrest)',
  '(?:jeg er|er jeg|jeg har) …(?:ikke på (?:kontoret|kontor|plass|jobb)|ikke til stede|på (?:ferie|reise|barsel|kursus|tjenestereise)|fraværende|bortrejst|bortreist|ude af kontoret|ute av kontoret|i permisjon|ferie\\b)',
  '(?:olen|en ole) …(?:poissa|lomalla|vuosilomalla|vapaalla|tavoitettavissa|virkamatkalla|matkoilla|toimistolla|paikalla|töissä)',
  // Slavic and Baltic
  '(?:jestem|przebywam|będę|nie ma mnie|nie będzie mnie) …(?:nieobecn[ya]|poza (?:biurem|firmą)|na urlopie|w biurze|na zwolnieniu|w delegacji)',
  '(?:jsem|budu|nejsem|nebudu|čerpám) …(?:mimo kancelář|na dovolené|dovolenou|nepřítomn|v kanceláři|k zastižení)',
  '(?:som|budem|nie som|nebudem) …(?:mimo kancelárie|na dovolenke|neprítomn|v kancelárii)',
  '(?:я|сейчас|нахожусь|буду|в настоящее время) …(?:отсутствую|отсутствовать|нахожусь в (?:отпуске|командировке)|в отпуске|в командировке|вне офиса)',
  'меня (?:нет|не будет) …(?:в офисе|на (?:работе|месте))',
  '(?:отсутствую|нахожусь) (?:в|на) (?:офисе|рабочем месте|отпуске|командировке)',
  '(?:я|зараз|перебуваю|буду) …(?:у відпустці|у відрядженні|відсутн)',
  'мене (?:немає|не буде) …(?:в офісі|на роботі)',
  '(?:na godišnjem|na odmoru|nisam u uredu|odsotn|na dopustu|izvan ureda)',
  '(?:в отпуск съм|извън офиса)',
  '(?:atvaļinājumā|ārpus biroja|atostogauju|atostogose|puhkusel)',
  // other languages of Europe
  '(?:szabadságon|házon kívül|irodán kívül|távol) …(?:vagyok|leszek)',
  'nem (?:vagyok|leszek|tartózkodom) …irod',
  '(?:sunt|voi fi|mă aflu) …(?:în concediu|plecat|în afara biroului|absent|indisponibil)',
  '(?:εκτός γραφείου|σε άδεια|απουσιάζω|θα απουσιάζω|θα λείπω|λείπω)',
  '(?:ofis dışında(?:yım)?|izindeyim|yıllık izin(?:deyim)?|izinde (?:olacağım|bulunmaktayım)|ofiste (?:değilim|olmayacağım|bulunmayacağım)|tatildeyim)',
  // Asia
  '不在(?:に(?:して(?:おります|います)|します|いたします|なります|しており、)|とな(?:ります|っており)|です|のため)',
  '(?:休暇(?:中|を(?:取得|いただ|頂))|お休みをいただ|休業とさせ|出張(?:中|のため)|外出(?:中|しており))',
  '我?(?:现|現)?(?:正|在|目前|将|將)*(?:不在(?:办公室|辦公室|公司)|(?:正在|在)(?:休假|度假|出差)|休假(?:中|至|期间|期間)|出差(?:中|至|期间|期間)|外出(?:中|,|,))',
  '(?:부재 ?중|휴가 ?중|휴가로|출장 ?중|출장으로|자리를 비(?:웁|우)|사무실에 없)',
  '(?:אני|אהיה) …(?:לא (?:נמצא|במשרד|אהיה)|נמצא(?:ת)? (?:בחופש|מחוץ)|בחופש|בחופשה|מחוץ למשרד|בחו"ל)',
  'מחוץ למשרד',
  '(?:خارج المكتب|خارج مكتبي|في إجازة|غير متواجد|خارج البلاد)',
  '(?:در مرخصی|خارج از دفتر)',
  '(?:tôi|hiện) …(?:nghỉ phép|vắng mặt|không có mặt|đi công tác)',
  '(?:saya) …(?:sedang cuti|tidak berada di kantor|di luar kantor)',
  '(?:ไม่อยู่ที่สำนักงาน|ลาพักร้อน|ไม่ได้อยู่ในสำนักงาน)',
  '(?:मैं|कार्यालय) …(?:अवकाश पर|कार्यालय से बाहर|छुट्टी पर)',
);

/** What a program promises on somebody's behalf. A person who answers while away has no need of it. */
export const isLeftToOthers = phrases(
  // English
  '(?:urgent|emergency|immediate (?:attention|assistance|help))',
  '(?:limited|no|intermittent|without) access to (?:my )?e-?mail',
  "(?:i will|i'll|will) …(?:reply|respond|answer|read|deal|get back|attend|be in touch|return your) …(?:when|upon|on|after|as soon as) …(?:my return|i return|i am back|i'm back|back)",
  '(?:will not be|is not being|are not being) …(?:forwarded|read|monitored|checked)',
  'in my absence',
  // German, Dutch, Nordic
  '(?:in dringenden|bei dringenden|in eiligen|dringende)',
  'wird nicht …(?:weitergeleitet|gelesen|bearbeitet)',
  '(?:nach|bei) meiner rückkehr',
  'ab dem …wieder …(?:erreichbar|da|im büro)',
  '(?:in dringende|voor dringende|bij dringende|spoed)',
  'niet …doorgestuurd',
  'bij (?:mijn )?terugkomst',
  '(?:brådskande|bråttom|akut)',
  '(?:haster|hastende|presserende|akutte?)',
  'vidarebefordras inte',
  '(?:kiireelli|kiireasio)',
  // Romance languages
  '(?:urgence|urgent)',
  'à mon retour',
  '(?:ne sera|ne seront) pas (?:transféré|lu|transmis)',
  '(?:urgenc|urgente|urgent|urgenț|urgenz)',
  '(?:a mi (?:regreso|vuelta)|no meu (?:regresso|retorno)|al mio rientro)',
  // Slavic, Baltic and others of Europe
  '(?:pilnych|pilnej|pilne)',
  'po (?:moim )?powrocie',
  '(?:naléhav|urgentn|nutnosti|neodkladn|súrn)',
  'po (?:mém )?návratu',
  '(?:срочн|экстренн|неотложн|терміновими|термінов|спешн|hitn|nujn)',
  'после (?:моего )?возвращения',
  'після повернення',
  '(?:sürgős|acil|επείγ|έκτακτ|steidzam|skubi|kiireloomul)',
  '(?:döndüğümde|dönüşümde|visszatérésem)',
  // Asia
  '(?:緊急|お急ぎ|至急|戻り次第|帰社後|後日)',
  '(?:紧急|緊急|急事|回来后|回來後|尽快回复|儘快回覆)',
  '(?:긴급|급한|복귀)',
  '(?:דחופ|בשובי|דחוף)',
  '(?:للضرور|عاجل|طارئ|عند عودتي)',
  '(?:khẩn|mendesak|เร่งด่วน|अत्यावश्यक)',
);

/** The same in words that people who answer end with as well: a program's subject is needed beside it. */
export const isCovered = phrases(
  'if you need (?:something|anything|assistance|help|someone|an answer|a reply) (?:right away|at once|immediately|sooner|before then|urgently)[, ] ?(?:please )?(?:call|ring|phone|contact|e-?mail|write to)',
);
