import { phrases } from './phrases.js';

/** What programs put before the subject, or instead of it, when they answer by themselves. People answer with `Re:`. */
const titles = [
  // English
  'auto(?:matic|mated)?[ -]?(?:e-?mail )?(?:reply|response|responder|answer)',
  'out[ -]of[ -](?:the[ -])?office(?: (?:auto[ -]?)?(?:reply|response|message|notice|notification|assistant))?',
  'ooo',
  'oof',
  'auto',
  'vacation(?: (?:reply|message|response|notice))?',
  'away from (?:my )?(?:mail|office|desk)',
  'away(?: message)?',
  'on (?:vacation|holiday|leave)',
  'absence (?:notice|message|reply)',
  'i am out of (?:the )?office',
  // German
  'automatische (?:antwort|rückantwort|abwesenheitsnotiz|eingangsbestätigung|empfangsbestätigung|e-?mail-?antwort)',
  'abwesen(?:d|heit)(?:s?-?(?:notiz|nachricht|meldung|mitteilung|assistent|agent))?',
  'nicht im (?:büro|hause?)',
  // French
  'réponse automatique',
  "(?:message|réponse|notification|avis) d'absence",
  'absent(?:e)? du bureau',
  'absence du bureau',
  // Spanish, Portuguese, Catalan, Italian
  'resp(?:u|o)esta automática',
  'resposta automática',
  'fuera de (?:la )?oficina',
  'fora do? escritório',
  'ausencia temporal',
  'ausência temporária',
  'risposta automatica',
  'fuori (?:ufficio|sede)',
  'assenza(?: dall.ufficio)?',
  // Dutch
  'automatisch (?:antwoord|bericht)',
  'automatische (?:beantwoording|reactie)',
  'afwezig(?:heid|heidsbericht)?',
  'niet op kantoor',
  // Nordic
  'auto(?:matiskt? )?svar',
  'frånvaro(?:meddelande)?',
  'fravær(?:s(?:melding|besked|beskjed))?',
  'ikke på kontoret',
  'inte på kontoret',
  'automaattinen (?:vastaus|poissaoloviesti)',
  'poissaolo(?:viesti|ilmoitus)?',
  'automaatvastus',
  'sjálfvirkt svar',
  // Slavic and Baltic
  'automatyczna odpowiedź',
  'odpowiedź automatyczna',
  'autoodpowiedź',
  'nieobecność',
  'poza biurem',
  'automatická odpov[eě]ď',
  'automatická odpoveď',
  'mimo kancelář',
  'автоответ(?:чик)?',
  'автоматический ответ',
  'автоматична відповідь',
  'автоматичен отговор',
  'automatski odgovor',
  'samodejni odgovor',
  'аутоматски одговор',
  'automātiskā atbilde',
  'automatinis atsakymas',
  // other languages of Europe
  'automatikus válasz',
  'házon kívül',
  'răspuns automat',
  'αυτόματη απάντηση',
  'εκτός γραφείου',
  'otomatik (?:yanıt|cevap)',
  'ofis dışında',
  'erantzun automatikoa',
  'ymateb awtomatig',
  'freagra uathoibríoch',
  // Asia
  '自動(?:返信|応答|返答)(?:メール)?',
  '不在(?:通知|のお知らせ|のご連絡)',
  '自动(?:回复|答复)',
  '自動(?:回覆|回復|答覆)',
  '(?:假期|休假|外出)自[动動](?:回复|回覆|答复)',
  '자동 ?(?:회신|응답|답장)',
  '부재 ?중(?: ?자동 ?(?:회신|응답))?',
  'תשובה אוטומטית',
  'מענה אוטומטי',
  '(?:ال)?رد (?:ال)?(?:تلقائي|آلي)',
  'پاسخ خودکار',
  'trả lời tự động',
  'balasan otomatis',
  'ตอบกลับอัตโนมัติ',
  'स्वचालित उत्तर',
];

const title = phrases(...titles).source;
/** What stands before it: what mail gateways add, and the program's own bracket. */
const before = '(?:(?:\\[[^\\]]{1,30}\\]|\\*{2,}[^*]{1,30}\\*{2,}|external|extern) ?:? ?){0,2}[\\[(【<"*]?';
const beginning = new RegExp(`^${before}(?:${title}) ?(?:[:：\\])】>"*!.–—-]|$)`, 'u');
const ending = new RegExp(`[\\[(](?:${title})[\\])]$`, 'u');

/** `AUTO: Jane Doe is out of the office (returning 01/12/2026)`, of Notes; `Jane Doe is out of the office`, of others. */
const sentence = phrases(
  '^(?:auto: )?(?:[^\\s:]+ ){1,4}(?:is|will be|ist|est|är|er) (?:currently )?(?:out of (?:the )?office|on (?:annual )?leave|nicht im büro|außer haus|absente?\\b)',
);

/** Does a program speak in this subject (in plain words, see `plainWords`)? */
export const isMachineSubject = (subject: string): boolean =>
  beginning.test(subject) || ending.test(subject) || sentence.test(subject);

/** Is it a subject that says “automatic”, which nobody gives to a mail of their own? */
export const isAutomaticTitle = (subject: string): boolean => automatic.test(subject);

const automatic = phrases(
  'auto(?:matic|mated|matis|matiqu|maat|maatti|matikus|matycz|matick|matski|mata|mat|reply|reaktion|svar|odpowied|[ -]?re(?:ply|spons))',
  'otomat',
  'авто(?:мат|ответ)',
  'аутомат',
  'αυτόματ',
  'samodejni',
  'sjálfvirkt',
  'ymateb awtomatig',
  'uathoibríoch',
  '自動',
  '自动',
  '자동',
  'אוטומטי',
  'تلقائي',
  'آلي',
  'خودکار',
  'tự động',
  'อัตโนมัติ',
  'स्वचालित',
);
