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

/** How words for an answer begin, and how people say that it is inside the quote: "my comments in red". */
const answersInside: [string, string][] = [
  ['answer|repl(?:y|ie)|comment|respon|remark', 'below|in-?line|in (?:red|blue|green|bold)|in capitals'],
  ['antwort|anmerkung|kommentar|stellungnahme', 'unten|nachstehend|im text|in (?:rot|blau|grün)'],
  ['répon|commentaire|remarque', 'ci-dessous|ci-après|dans le (?:texte|corps)|en (?:rouge|bleu|vert)'],
  ['respuesta|respond|comentario', 'abajo|a continuación|en el texto|en (?:rojo|azul|verde)'],
  ['rispost|rispond|comment', 'sotto|di seguito|nel testo|in (?:rosso|blu|verde)'],
  ['resposta|respond|comentário', 'abaixo|a seguir|no texto|em (?:vermelho|azul|verde)'],
  ['antwoord|opmerking|reactie', 'hieronder|onderstaand|in de tekst|in (?:het )?(?:rood|blauw|groen)'],
  ['svar|kommentar|vastau', 'nedan|nedenfor|herunder|alla|i (?:rött|rødt|blått|texten|teksten)|punaisella'],
  ['odpowied|komentarz|odpověď|odpoved', 'poniżej|w tekście|na czerwono|níže|nižšie|v textu'],
  ['ответ|комментар|відповід', 'ниже|нижче|в тексте|у тексті|красным|червоним'],
];

const inOneSentence = answersInside.flatMap(([answer, place]) => {
  const answers = `(?<!\\p{L})(?:${answer})\\p{L}{0,12}`;
  const places = `(?<!\\p{L})(?:${place})(?!\\p{L})`;
  return [`${answers}[^.!?\\n]{0,60}${places}`, `${places}[^.!?\\n]{0,40}${answers}`];
});

export const ANSWERS_INSIDE = new RegExp(
  [
    ...inOneSentence,
    '(?:以下|下記|文中|赤字)[^。\\n]{0,20}(?:回答|返信|コメント)|(?:回复|答复|回覆)[^。\\n]{0,20}(?:下|红|紅)',
  ].join('|'),
  'iu',
);
