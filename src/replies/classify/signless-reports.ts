import { addresses, header } from '../../mail/message-headers.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { withoutBanner } from './banner.js';
import { saysFailed } from './daemon-words.js';
import { isSaidByPerson } from './person-words.js';
import { isForm } from './report-marks.js';
import { isServersOwnNotice } from './server-says-so.js';
import { isToldTwice } from './told-twice.js';
import type { Said } from './what-it-says.js';
import { oneLine } from './words-about.js';

/** `C=GB;A=GOLD;P=HALL;S=Reed`, an address of X.400 (ITU-T X.402), and beside it the diagnostic of X.411. */
const X400 =
  /^your (?:message|mail) (?:was not|could not be) delivered to (?:[A-Z]{1,3}=[^;=]{0,64}[;/] ?){2,9}[^:]{1,200} reason: [^;]{1,80}; ?diagnostic: [^.]{1,80}\.?$/i;

/**
 * Why a mail without any sign of a program in its header is a mail server's report all the same: all of its text is such as no person
 * writes. Null for anything else.
 */
export function reportWithoutSigns(message: ReadMessage, said: Said): string | null {
  if (isToldTwice(message)) return 'all of its text says, in two languages, that one address was not reached';
  if (isServersOwnNotice(message, said))
    return 'it says of itself that a mail server wrote it, and nothing but that an address was not reached';
  if (isAnsweredByFilter(message, said))
    return 'X-Loop names its sender, and below a sentence it brings nothing but the header of our mail';
  if (isFormOfGateway(message, said)) return 'From is a gateway; all of its text is a form about one address';
  const own = oneLine(withoutBanner(said.own));
  return own.length < 600 && X400.test(own) ? 'all of its text is a report of X.400' : null;
}

/**
 * A filter of procmail answers with formail: it marks its answer with its own address and brings back our header, line by line and no
 * text. People quote what they answer, and no fields of it.
 */
function isAnsweredByFilter(message: ReadMessage, { own, quoted }: Said): boolean {
  const loop = header(message.headers, 'x-loop').trim().toLowerCase();
  if (!loop || loop !== addresses(message.headers, 'from')[0]?.address || own.length > 300) return false;
  const fields = quoted.split('\n').filter((line) => line.trim());
  return (
    own.trim().endsWith(':') &&
    fields.length > 2 &&
    fields.every((line) => /^> ?(?:[A-Za-z][\w-]{1,60}:|[ \t]+\S)/.test(line)) &&
    fields.some((line) => /^> ?message-id:/i.test(line)) &&
    plainText(message).trimEnd().endsWith(fields.at(-1)!.trimEnd()) &&
    saysFailed(own) &&
    !isSaidByPerson(oneLine(own))
  );
}

/** Below a line that says that it failed there is nothing but `To: …`, `Reason: …`, `Subject: …` and more of the kind. */
function isFormOfGateway({ headers }: ReadMessage, said: Said): boolean {
  const words = withoutBanner(said.words);
  if (words.length > 600 || !/^gateway$/i.test(addresses(headers, 'from')[0]?.name ?? '')) return false;
  const [first = '', ...lines] = words.split('\n').filter((line) => line.trim());
  return (
    lines.length > 2 &&
    saysFailed(first) &&
    isForm(words) &&
    lines.some((line) => SUBJECT.test(line)) &&
    lines.every((line) => /^\s{0,8}[\p{L} ]{1,20}: {1,20}\S/u.test(line))
  );
}

const SUBJECT = /^\s{0,8}(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|тема)\b/iu;
