import { hasHeader, header } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { causesByWords } from './cause-words.js';
import { FIXED_SENTENCE } from './daemon-sentences.js';
import { FAILED, LATE, WILL_TRY_AGAIN } from './delivery-words.js';
import type { MachineSigns } from './machine-signs.js';
import { isGreeting, isSaidByPerson } from './person-words.js';
import { isAutoSubmitted } from './signs.js';
import { recipientInReturnPath } from './verp.js';
import { hasCode, isForm, isSaidToBeAutomatic, sidesNamed } from './report-marks.js';

/** What a report says: its own words without the copy of our message, and the same on one line without what it quotes. */
export type Said = { text: string; words: string; subject: string; hasCopy: boolean };

const BOUNCE_SUBJECT =
  /returned (?:e?mail|message|to)|failure notice|undeliver|non-?deliver|delivery (?:status|report|notification|problem|warning|error)|mail system error|\bndr\b|^(?:\[[^\]]{1,30}\] ?)?ndn: |bounce|\bvirus\b|malware|^(?:\[[^\]]{1,30}\] ?)?(?:security |content |policy )?alert\b/i;
/** How programs call an answer that a person left with them. */
const AUTO_ANSWER =
  /^\s*(?:auto(?:matic|mated)?[- ]?(?:reply|response|answer)|out of (?:the )?office|automatische antwort|abwesenheit|r.ponse automatique|absence|respuesta autom|resposta autom|risposta automatica|fuori|automatisch antwoord|afwezig|autosvar|automaattinen|automatyczna|automatick|автоответ|автоматический ответ|自动回复|自動回覆|自動応答|不在)/iu;
const mailboxWords = causesByWords
  .filter(([cause]) => cause === 'no such mailbox' || cause === 'mailbox full')
  .map(([, pattern]) => pattern);

/** Does it say, in any of many languages, that something did not arrive? */
export const saysFailed = (text: string): boolean =>
  [FAILED, LATE, WILL_TRY_AGAIN, ...mailboxWords].some((pattern) => pattern.test(text));

/** Is it called a bounce, or does it begin with what says that something did not arrive? */
const isSaidToFail = ({ subject }: Said, opening: string): boolean =>
  BOUNCE_SUBJECT.test(subject) || saysFailed(opening) || saysFailed(subject);

/** What in a report shows that it is one; `proof` counts what a subject cannot fake, `count` the subject as well. */
function marksOf(message: ReadMessage, said: Said, opening: string) {
  const isCalledSo = BOUNCE_SUBJECT.test(said.subject) || saysFailed(said.subject);
  const hasFields = hasReport(message, said);
  const isAutomatic = isSaidToBeAutomatic(said.words);
  const sides = sidesNamed(message, said.words);
  // hardly anybody writes a form, and hardly any program that fills one in writes anything else
  const proof =
    [said.hasCopy, hasCode(said.words), isAutomatic].filter(Boolean).length + (isForm(said.text) ? 2 : 0);
  return {
    hasFields,
    isAutomatic,
    sides,
    proof,
    count: proof + (isCalledSo ? 1 : 0),
    hasFailed: saysFailed(opening),
    saysSo: isCalledSo || saysFailed(opening),
    isFixed: hasFields || (FIXED_SENTENCE.test(opening) && saysFailed(said.words)),
    /** whatever else a report leaves out, it says which mail it is about */
    isAboutMail:
      hasFields ||
      said.hasCopy ||
      sides > 0 ||
      isAutomatic ||
      namesUser(said.words) ||
      recipientInReturnPath(message.headers) !== null,
  };
}

/**
 * Is this a mail server's report? Of a sender that is one, a word of failure is enough. Of anybody else's program it takes a sentence
 * that daemons begin with, or such a word together with marks of a report: a reply code, the copy of our message, a form, a word that
 * it is automatic. And wherever a person may be behind it, as with a postmaster, it must not sound like one either.
 */
export function isDaemonsReport(message: ReadMessage, machine: MachineSigns, said: Said): boolean {
  if (machine.points < 2) return false;
  const opening = said.words.slice(0, machine.points < 3 ? 400 : 1500);
  if (machine.isDaemonByName && machine.points >= 5 && isSaidToFail(said, opening)) return true;
  const marks = marksOf(message, said, opening);
  const { hasFields, hasFailed, saysSo, isFixed, isAboutMail, isAutomatic, count, proof, sides } = marks;
  if (machine.isDaemonByName)
    return said.hasCopy || hasFields || (saysSo && (isAboutMail || isFixed || proof > 0));
  if (isAboutOurMailbox(said) || (AUTO_ANSWER.test(said.subject) && !machine.isDaemon)) return false;
  if (isSaidByPerson(said.words)) return machine.isDaemon && (hasFields || (isFixed && said.hasCopy));
  if (machine.isDaemon) return isAboutMail && saysSo;
  if (isGreeting(said.words) && machine.points < 5) return false;
  if (machine.points < 3 && !(isAutomatic && isAutoSubmitted(message.headers)))
    return isFixed ? count >= 1 : hasFailed && count >= 3;
  const isLikely = hasFailed && count + (sides === 2 || (sides === 1 && isAutomatic) ? 1 : 0) >= 2;
  return isAboutMail && (isFixed || isLikely);
}

/** Does it name somebody without an address, as in `unknown user: kim`? */
const namesUser = (words: string): boolean =>
  /\b(?:user|recipient|mailbox|account)s?(?: name)?:? ?["'<(]?(?!(?:is|are|was|were|has|name|not)\b)[\w.-]{2,64}["'>)]? ?(?:unknown|not (?:found|listed|known))|\b(?:unknown|invalid|no such) (?:user|recipient|mailbox|account)s?:? \S/i.test(
    words.slice(0, 1500),
  );

/** "Your mailbox is almost full" is a warning, or a fraud, and no message of ours. */
const isAboutOurMailbox = ({ subject, words }: Said): boolean =>
  /\byour (?:e-?mail |mail )?(?:mailbox|inbox|account|quota|storage)\b/i.test(
    `${subject} ${words.slice(0, 300)}`,
  ) && ![FAILED, LATE, WILL_TRY_AGAIN].some((pattern) => pattern.test(words));

/**
 * Some gateways answer our message as a person would, in its thread, but what they say begins with the error and names both sides of
 * the envelope.
 */
export const isTranscript = ({ isServer }: MachineSigns, { words }: Said): boolean =>
  isServer &&
  /^(?:error|failure|failed|undeliver\w*|[45]\d\d)\b/i.test(words) &&
  hasCode(words) &&
  /\bmail from:.{1,300}\brcpt to:/i.test(words) &&
  !isGreeting(words) &&
  !isSaidByPerson(words);

/** Failed recipients in the header (Exim, Gmail), or a report by RFC 3464 that lost its form on the way. */
const hasReport = ({ headers, params }: ReadMessage, { text }: Said): boolean =>
  hasHeader(headers, 'x-failed-recipients') ||
  /delivery-?status/i.test(params['report-type'] ?? '') ||
  /^(?:final|original)-recipient\s*:/im.test(text);

export const subjectOf = ({ headers }: ReadMessage): string =>
  header(headers, 'subject').slice(0, 300).replaceAll(/\s+/g, ' ').trim();
