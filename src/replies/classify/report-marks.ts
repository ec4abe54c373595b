import { addressesIn } from '../../mail/address-in-text.js';
import { addresses } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';

/** A form begins with the report; further down stands a copy. */
const FORM_WITHIN = 3000;

/** `To: kim@example.org`, in the languages of the servers that write so. */
const RECIPIENT_LINE =
  /^[ \t>|*-]{0,8}(?:to|for|an|à|a|para|per|aan|till|til|do|recipients?|receiver|user|mailbox|account|rcpt(?: to)?|addressee|recipients? of (?:the|this|your) message|empf.nger|destin\p{L}{1,12}|mottagare|modtager|mottaker|ontvanger|geadresseerde|adresat\p{L}*|odbiorca|p..jemce|c.mzett|vastaanottaja|al.c.|кому|получатель|адресат|одержувач|παραλ.πτης|收件人|宛先|받는 ?사람|수신자)(?: ?\(e?s\))?[ \t]*[:：][ \t]*\n?[^@\n]{0,60}@/imu;
/** What became of it, and why: no summary that a person quotes has such a line. */
const OUTCOME_LINE =
  /^[ \t>|*-]{0,8}(?:(?:mailmarshal |filter |policy |last )?(?:reason|error|result|status|rule|action(?: taken)?|attempts|virus|threat|diagnos\p{L}*|response|reply|cause|verdict|policy)|grund|ursache|fehler|raison|motif|erreur|cause|motivo|causa|error|errore|regra|regola|razón|reden|oorzaak|orsak|årsag|årsak|syy|virhe|ok|hiba|powód|przyczyna|důvod|dôvod|причина|ошибка|neden|sebep|hata|λόγος|αιτία|razlog|原因|理由|사유|원인)(?: code)?[ \t]*[:：][ \t]*\n?[ \t]*\S/imu;

/** Does it list whom a message was for and what became of it, line by line, as forms do that a program fills in? */
export function isForm(text: string): boolean {
  const begins = text.slice(0, FORM_WITHIN);
  return RECIPIENT_LINE.test(begins) && OUTCOME_LINE.test(begins);
}

/** Whom does it name: nobody, somebody who neither sent nor received it, or also whom it came to, as reports name both sides? */
export function sidesNamed({ headers }: ReadMessage, words: string): 0 | 1 | 2 {
  const to = addresses(headers, 'to').map(({ address }) => address);
  const from = addresses(headers, 'from').map(({ address }) => address);
  const named = addressesIn(words.slice(0, 1500)).map(({ address }) => address);
  if (!named.some((one) => !to.includes(one) && !from.includes(one))) return 0;
  return named.some((one) => to.includes(one)) ? 2 : 1;
}

/** A reply code or an enhanced one (RFC 5321, section 4.2; RFC 3463). */
export const hasCode = (words: string): boolean =>
  /(?:^|\s|[("':<#])[45](?:\d\d(?! ?(?:[kmgt]i?b|bytes)\b)[ -]|\.\d\.\d{1,3}\b)/i.test(words);

const AUTOMATIC =
  /\bauto-?(?:mated|matic(?:ally)?)\b.{0,30}\b(?:generated|created|sent|notice|notification|message|mail|e-?mail|report)|(?:generated|created|sent|produced) automatically|do not (?:reply|answer|respond)|(?:maschinell|automatisch) (?:erstellt|erzeugt|generiert|versandt|gegenereerd|verzonden|aangemaakt)|automatisch(?:e|es) (?:nachricht|mitteilung|meldung|bericht)|(?:généré|envoyé|généré|genéré|emis|émis)\w*.{0,12} automatiquement|message automatique|(?:generad|enviad|gerad|envad|enviad)[oa] (?:de forma )?autom[aá]tic|mens(?:aje|agem) autom[aá]tic|(?:generat|inviat)[oa] automaticamente|messaggio automatico|automat(?:iskt|isk) (?:meddelande|besked|melding|genererad|genereret|generert)|automaattinen (?:viesti|ilmoitus)|automaattisesti|wygenerowan\p{L}* automatycznie|automatycznie wygenerowan|automaticky (?:vygenerov|vytvo|odesl|generov)|automatikus(?:an)? (?:üzenet|értesítés|generált)|generat automat|mesaj automat|автоматическ\p{L}* (?:сообщ|уведом|письм|сформ|созда)|(?:сформирован|создан|отправлен)\p{L}* автоматически|автоматичн|automatski (?:generir|poslan|poruka)|automatska poruka|samodejno|αυτόματ|otomatik (?:olarak|mesaj|ileti)|自動(?:送信|生成|的に|配信|通知)|自动(?:发送|生成|发出)|自動(?:發送|產生)|자동(?:으로)? ?(?:발송|생성)|אוטומטי|تلقائي|อัตโนมัติ|tự động|secara otomatis|otomatis/iu;

/** Does it say that no person wrote it? */
export const isSaidToBeAutomatic = (words: string): boolean => AUTOMATIC.test(words.slice(0, 3000));
