import { addresses, hasHeader, header, type MessageHeaders } from '../../mail/message-headers.js';
import { plainText } from '../../mail/plain-text.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { returnedHeaders, withoutCopy } from '../../mail/returned-message.js';
import type { Ourselves, Verdict } from '../incoming.rules.js';
import type { Rule } from './classify.js';
import { subjectOf } from './daemon-words.js';
import { failedAddress } from './failed-address.js';
import { listIn, OF_LIST, PROGRAM } from './list-address.js';
import { machineSigns } from './machine-signs.js';
import { areResultsOfMajordomo, reasonOfMajordomo } from './majordomo.js';
import { originalMessageId } from './original-message-id.js';
import { isGreeting, isSaidByPerson } from './person-words.js';
import { isAutoSubmitted } from './signs.js';
import { oneLine } from './words-about.js';
import { isHeldForModerator, isNoList, isRefusedByList, isUnknownList } from './words/lists.js';
import { plainWords } from './words/phrases.js';
import { isOnePerson } from './words/who-speaks.js';

/** A program of a list says at the beginning what it has to say. */
const BEGINNING = 1500;

/** Headers that Mailman, fml, Sympa, ezmlm, mlmmj, LISTSERV and the like put on what they write themselves, and on posts. */
const LIST_HEADERS = [
  'x-mlserver',
  'x-list-administrivia',
  'x-mailman-version',
  'x-ml-name',
  'x-loop',
  'x-sympa-to',
  'x-listserver',
  'x-beenthere',
  'x-majordomo-version',
];
const PROGRAM_NAME =
  /\b(?:listserv|list server|mailman|sympa|majordomo|list manager|groups? (?:system|service|notification)|mailing list (?:server|manager|program))\b/i;
/** ezmlm, mlmmj and fml say I. */
const NAMES_ITSELF =
  /^.{0,200}(?:this is the (?:ezmlm|mlmmj|majordomo|list|mailing list|[\w-]{2,20} list) ?|i am the fml (?:ml )?)(?:program|manager|server)/i;

/**
 * What a program of mailing lists says of a post of ours: that it was refused, which is a bounce that is no fault of the address, or
 * that somebody has to approve it first. Those who look after a list write under the same names, so that two signs of a program are
 * needed beside its words, and a person's words outweigh them.
 */
export const asListServer: Rule = (message, ourselves) => {
  const why = listSigns(message);
  if (!why) return null;
  const { said, returned: copied } = withoutCopy(plainText(message));
  const opening = oneLine(said).slice(0, BEGINNING);
  if (!NAMES_ITSELF.test(opening) && isPersons(opening)) return null;
  const silent = reasonOfMajordomo(message);
  const words = plainWords(`${subjectOf(message)}. ${opening}`);
  if (silent === 'approval required' || isHeldForModerator.test(words))
    return { kind: 'auto-reply', why: `Automatic: ${why}; a list holds our mail until somebody approves it` };
  const report = { message, ourselves, said, returned: returnedHeaders(message.parts) ?? copied, why };
  const isUnknown = areResultsOfMajordomo(message)
    ? isNoList.test(words)
    : isAutoSubmitted(message.headers) && isUnknownList.test(words);
  if (isUnknown) return noList(report);
  return silent || isRefusedByList.test(words) ? refusal(report) : null;
};

const isPersons = (opening: string): boolean =>
  isGreeting(opening) ||
  isSaidByPerson(opening) ||
  isOnePerson.test(plainWords(opening)) ||
  ASKING.test(opening);

const ASKING =
  /\b(?:(?:can|could|would|will|do|did|have|are) you|(?:pouvez|pourriez|avez)-vous|(?:k.nnen|k.nnten|haben|wollen) sie|(?:puede|podr.a)[ns]?|potete|potrebbe|kunt u|mo.e pa)\b[^.?!]{0,120}\?/iu;

/** Its sender's name, as people who post to a list do not have it, and a second sign of a program; null where one is missing. */
function listSigns(message: ReadMessage): string | null {
  const { headers } = message;
  const [from] = addresses(headers, 'from');
  const local = from?.address.split('@')[0] ?? '';
  if (!PROGRAM.test(local) && !PROGRAM_NAME.test(from?.name ?? '') && !OF_LIST.test(local)) return null;
  const name = LIST_HEADERS.find((one) => hasHeader(headers, one));
  const second = name
    ? `${name}: ${header(headers, name).slice(0, 60)}`
    : (machineSigns(message).signs.find((sign) => !/^(?:From|Precedence)/.test(sign)) ??
      signOfMajordomo(message));
  return second ? `From is ${header(headers, 'from').slice(0, 100)}; ${second}` : null;
}

function signOfMajordomo(message: ReadMessage): string | null {
  const subject = `the subject “${subjectOf(message).slice(0, 60)}”`;
  if (areResultsOfMajordomo(message)) return `${subject} above nothing but its results`;
  return reasonOfMajordomo(message) && `${subject} above a copy of our mail`;
}

type Report = {
  message: ReadMessage;
  ourselves: Ourselves;
  said: string;
  returned: MessageHeaders | null;
  why: string;
};

function refusal({ message, ourselves, said, returned, why }: Report): Verdict {
  const { headers } = message;
  const address =
    listIn(message, ourselves, { returned, said }) ??
    failedAddress({ said, returned, report: headers, ourselves });
  return {
    kind: 'bounce',
    why: `${why}; a list refused our mail`,
    problem: { hard: false, status: null, address, cause: 'policy' },
    originalMessageId: originalMessageId({ returned, headers, said }),
  };
}

/** There is no list of this name, so that nothing will ever arrive there. */
function noList({ message: { headers }, ourselves, said, returned, why }: Report): Verdict {
  const address = failedAddress({ said, returned, report: headers, ourselves });
  return {
    kind: 'bounce',
    why: `${why}; there is no such list`,
    problem: { hard: true, status: null, address, cause: 'no such mailbox' },
    originalMessageId: originalMessageId({ returned, headers, said }),
  };
}
