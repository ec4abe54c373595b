import { hasHeader, header } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { causesByWords } from './cause-words.js';
import { FAILED, FIXED_SENTENCE, LATE, WILL_TRY_AGAIN } from './daemon-sentences.js';
import type { MachineSigns } from './machine-signs.js';

/** What a report says: its own words without the copy of our message, and the same on one line without what it quotes. */
export type Said = { text: string; words: string; subject: string; hasCopy: boolean };

const BOUNCE_SUBJECT =
  /returned (?:e?mail|message|to)|failure notice|undeliver|non-?deliver|delivery (?:status|report|notification|problem|warning|error)|mail system error|\bndr\b|bounce/i;
/** How programs call an answer that a person left with them. */
const AUTO_ANSWER =
  /^\s*(?:auto(?:matic|mated)?[- ]?(?:reply|response|answer)|out of (?:the )?office|automatische antwort|abwesenheit|r.ponse automatique|absence|respuesta autom|resposta autom|risposta automatica|fuori|automatisch antwoord|afwezig|autosvar|automaattinen|automatyczna|automatick|автоответ|автоматический ответ|自动回复|自動回覆|自動応答|不在)/iu;
const GREETING =
  /^(?:dear|hi|hello|hey|good (?:morning|day|afternoon)|hallo|liebe|sehr geehrt|guten|bonjour|chere?|hola|estimad|buen[oa]s|ciao|gentile|buongiorno|beste|geachte|hej|здравствуйте|добрый|уважаем)\S{0,3}\b(?!.{0,40}\bthis is (?:the|an?) )/iu;
const GOODBYE =
  /\b(?:(?:best|kind|warm)(?:est)? (?:regards|wishes)|yours (?:sincerely|faithfully)|sincerely|cheers|mit freundlichen gr|viele gr|herzliche|cordialement|bien . vous|saludos|un saludo|cordiali saluti|met vriendelijke|pozdrawiam|с уважением)/iu;

/** Whoever says I, but for qmail and those after it. */
const FIRST_PERSON =
  /(?:^|[\s,;.!?"(])(?:I(?!(?:'m|'ve| am| have)? (?:wasn't|couldn't|haven't|was not|could not|tried to deliver|sorry|afraid|not going|given up|failed))(?:'m|'ve|'ll|'d)?|[Ii]ch|[Jj]e|[Jj]'ai)(?=[\s,])/;

const mailboxWords = causesByWords
  .filter(([cause]) => cause === 'no such mailbox' || cause === 'mailbox full')
  .map(([, pattern]) => pattern);

const saysFailed = (text: string): boolean =>
  [FAILED, LATE, WILL_TRY_AGAIN, ...mailboxWords].some((pattern) => pattern.test(text));

/**
 * Is this a mail server's report? Of a sender that is one, a word of failure is enough. Of anybody else's program it takes a sentence
 * that daemons begin with, or such a word together with a reply code or the copy of our message. And where nothing but the sender's
 * name speaks for a program, as with a postmaster, it must not sound like a person either.
 */
export function isDaemonsReport(message: ReadMessage, machine: MachineSigns, said: Said): boolean {
  if (machine.points < 2) return false;
  const opening = said.words.slice(0, machine.points < 3 ? 400 : 1500);
  const isCalledSo = BOUNCE_SUBJECT.test(said.subject) || saysFailed(said.subject);
  const hasFailed = saysFailed(opening);
  if (machine.isDaemon) return hasFailed || isCalledSo || said.hasCopy || hasReport(message, said);
  if (AUTO_ANSWER.test(said.subject)) return false;
  const marks = [isCalledSo, said.hasCopy, hasCode(said.words)].filter(Boolean).length;
  const isFixed = hasReport(message, said) || (FIXED_SENTENCE.test(opening) && saysFailed(said.words));
  if (soundsLikePerson(said.words)) return false;
  if (machine.points >= 3) return isFixed || (hasFailed && marks >= 2);
  return isFixed ? marks >= 1 : hasFailed && marks === 3;
}

/**
 * Some gateways answer our message as a person would, in its thread, but what they say begins with the error and names both sides of
 * the envelope.
 */
export const isTranscript = ({ isServer }: MachineSigns, { words }: Said): boolean =>
  isServer &&
  /^(?:error|failure|failed|undeliver\w*|[45]\d\d)\b/i.test(words) &&
  hasCode(words) &&
  /\bmail from:.{1,300}\brcpt to:/i.test(words) &&
  !soundsLikePerson(words);

/** Failed recipients in the header (Exim, Gmail), or a report by RFC 3464 that lost its form on the way. */
const hasReport = ({ headers, params }: ReadMessage, { text }: Said): boolean =>
  hasHeader(headers, 'x-failed-recipients') ||
  /delivery-?status/i.test(params['report-type'] ?? '') ||
  /^(?:final|original)-recipient\s*:/im.test(text);

const hasCode = (words: string): boolean => /(?:^|\s|[("':<#])[45](?:\d\d[ -]|\.\d\.\d{1,3}\b)/.test(words);

const soundsLikePerson = (words: string): boolean =>
  [GREETING, GOODBYE, FIRST_PERSON].some((pattern) => pattern.test(words));

export const subjectOf = ({ headers }: ReadMessage): string =>
  header(headers, 'subject').slice(0, 300).replaceAll(/\s+/g, ' ').trim();
