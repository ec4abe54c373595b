/**
 * Words by which mail programs of many languages begin what they quote. All are compared in lower case; a word that stands for
 * two things in two languages is given its more frequent meaning, as several headers are looked at together.
 */

/** "wrote", with letters around which it would be part of another word. */
const wrote = [
  'wrote|writes|schrieb|schreibt|geschrieben|a écrit|écrit|escribió|escribio|ha scritto|scritto|scrive|schreef|geschreven|skrev',
  'escreveu|napisał(?:a|\\(a\\))?|pisze|kirjoitti|napsal(?:a|\\(a\\))?|napísal(?:a|\\(a\\))?|írta|yazdı|a scris|napisao|napisala',
  'quoting|zitat von|napisao/la|rašė|rakstīja|kirjutas|va escriure|ha escrit|menulis|đã viết|skrifaði|skreiv|ysgrifennodd|scríobh',
  'написал(?:а|\\(а\\))?|писал(?:а|\\(а\\))?|пишет|пише|написав|написала|написа|έγραψε|כתב|כתבה|كتب|كتابة|نوشت',
].join('|');

/** The same in writing that has no space between words. */
const wroteInside = '写道|寫道|写到|작성|님이 씀|のメッセージ|のメール|書きました|書いた|เขียนว่า|ने लिखा';

export const WROTE = new RegExp(`(?<![\\p{L}\\p{M}])(?:${wrote})(?![\\p{L}\\p{M}])|${wroteInside}`, 'iu');

/** How such a line begins: "On", "Am", "Le"… */
const on = [
  'on|at|am|le|el|il giorno|il|in data|em|op|den|på|w dniu|dnia|dne|dňa|vào|pada|în|pe|la|el dia|u|za|kuupäev|ar|á|missatge de|v',
  'в|у|на|στις|la data de|בתאריך|ב|في|در تاریخ|در',
].join('|');

const onInside = '在|于|於|ในวันที่';

export const STARTS_WITH_ON = new RegExp(`^(?:(?:${on})(?![\\p{L}\\p{M}])|${onInside})`, 'iu');

/** "Original message", as Outlook and others write it between dashes. */
export const ORIGINAL_MESSAGE = new RegExp(
  `^(?:${[
    'original message|reply message|ursprüngliche nachricht|original-?nachricht|ursprüngliche (?:e-)?mail|antwort nachricht|message d.origine|message original|mail original|courriel original',
    'message initial|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|origineel bericht',
    'oprindelig (?:meddelelse|besked)|ursprungligt meddelande|originalmeddelande|opprinnelig melding|alkuperäinen viesti',
    '(?:oryginalna wiadomość|wiadomość oryginalna)|původní (?:zpráva|e-mail)|pôvodná správa|eredeti üzenet|mesajul? original',
    'orijinal (?:mesaj|ileti)|özgün ileti|izvorna poruka|izvirno sporočilo|оригинальное сообщение|исходное сообщение',
    'оригінальне повідомлення|αρχικό μήνυμα|הודעה מקורית|الرسالة الأصلية|元のメッセージ|原始邮件|原始郵件|原邮件|원본 메시지|원본 메일|thư gốc|pesan asli',
  ].join('|')})$`,
  'iu',
);

/** "Forwarded", wherever it is in the line. */
export const FORWARDED = new RegExp(
  [
    'forwarded|weitergeleitet|transféré|réexpédié|reenviad|encaminhad|inoltrat|doorgestuurd|videresend|vidarebefordra',
    'välitetty|przekazan|przesłan|přeposlan|preposlan|továbbított|iletilen|redirecționat|transmis|proslijeđen|posredovan',
    'пересыла|пересланн|переслан|προωθημένο|הועבר|معاد توجيه|転送|转发|轉寄|전달|đã chuyển tiếp|diteruskan',
  ].join('|'),
  'iu',
);

/** Headers of a message as mail programs write them above what they quote: in lower case, without spaces. */
const headerWords = {
  from: [
    'from von absender de expéditeur remitente da mittente van afzender fra från avsender avsändare lähettäjä od nadawca odesílatel',
    'odosielateľ feladó от від από kimden gönderen dela expeditor šalje saatja no nuo siuntėjas מאת من 差出人 送信者 发件人 寄件者 寄件人',
    '發件人 보낸사람 보낸이 จาก từ dari',
  ],
  date: [
    'sent date gesendet datum envoyé enviado enviadoel enviada enviadaem fecha inviato data verzonden sendt dato skickat lähetetty',
    'päiväys wysłano wysłane odesláno odoslané elküldve küldve dátum отправлено дата надіслано надіслане изпратено στάλθηκε',
    'ημερομηνία gönderildi tarih trimis poslano poslato saadetud kuupäev nosūtīts sūtīts datums išsiųsta enviat נשלח תאריך',
    'تاريخالإرسال التاريخ 送信日時 日時 日付 发送时间 时间 日期 發送時間 寄件日期 보낸날짜 보낸시간 날짜 ส่ง วันที่ đãgửi ngày dikirim tanggal',
  ],
  to: [
    'to an empfänger à para a aan til till vastaanottaja do komu címzett кому до προς kime alıcı către prima za adressaat saaja kam',
    'pera אל إلى 宛先 收件人 收件者 받는사람 받는이 ถึง đến tới kepada ke cc kopie copia dw',
  ],
  subject: [
    'subject betreff objet sujet asunto assunto oggetto onderwerp emne ämne aihe temat předmět predmet tárgy тема относно θέμα konu',
    'subiect zadeva naslov teema tēma tema assumpte נושא الموضوع 件名 主题 主題 主旨 제목 เรื่อง chủđề perihal subjek',
  ],
} as const;

export type HeaderRole = keyof typeof headerWords;

export const HEADER_ROLES: ReadonlyMap<string, HeaderRole> = new Map(
  (Object.keys(headerWords) as HeaderRole[]).flatMap((role) =>
    headerWords[role].flatMap((words) => words.split(' ').map((word) => [word, role] as const)),
  ),
);

/** Where the person says that the answers are inside the quote, in a sentence about answers or by naming their colour. */
export const ANSWERS_INSIDE = new RegExp(
  [
    '(?:answer|repl(?:y|ies|ied)|comment|respon[sd]|remark|note)[^.!?\\n]{0,60}(?:below|in-?line|in (?:red|blue|green|bold|capitals)|within|interspersed)',
    '(?:below|in-?line|in (?:red|blue|green|bold))[^.!?\\n]{0,40}(?:answer|repl(?:y|ies)|comment|respon[sd]|remark|note)',
    '(?:antwort|anmerkung|kommentar|stellungnahme)[^.!?\\n]{0,60}(?:unten|im text|in (?:rot|blau|grün)|eingefügt)|(?:unten|im text)[^.!?\\n]{0,40}(?:antwort|kommentar)',
    '(?:réponse|réponds|commentaire|remarque)[^.!?\\n]{0,60}(?:ci-dessous|dans le (?:texte|corps)|en (?:rouge|bleu|vert))',
    '(?:respuesta|respond|comentario)[^.!?\\n]{0,60}(?:abajo|a continuación|en (?:rojo|azul)|en el texto)',
    '(?:rispost|comment|rispond)[^.!?\\n]{0,60}(?:sotto|di seguito|in (?:rosso|blu)|nel testo)',
    '(?:resposta|respond|comentário)[^.!?\\n]{0,60}(?:abaixo|em (?:vermelho|azul)|no texto)',
    '(?:antwoord|opmerking|reactie)[^.!?\\n]{0,60}(?:hieronder|onderstaand|in (?:het )?(?:rood|blauw)|in de tekst)',
    '(?:svar|kommentar)[^.!?\\n]{0,60}(?:nedan|nedenfor|herunder|under|i (?:rött|rødt|rød|texten|teksten))|(?:odpowied|komentarz)[^.!?\\n]{0,60}(?:poniżej|w tekście|na czerwono)',
    '(?:ответ|комментар)[^.!?\\n]{0,60}(?:ниже|в тексте|красным)|(?:以下|下記|文中|インライン)[^。\\n]{0,20}(?:回答|返信|コメント)|(?:回复|答复|回覆)[^。\\n]{0,20}(?:下|红|紅)',
  ].join('|'),
  'iu',
);
