import { addressesIn } from '../../mail/address-in-text.js';
import { addresses } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { anyOf } from './any-of.js';
import { withoutBanner } from './banner.js';
import { causesByWords } from './cause-words.js';
import { saysFailed } from './daemon-words.js';
import { isFromWritingProgram } from './machine-signs.js';
import { isGreeting, isSaidByPerson } from './person-words.js';
import type { Said } from './what-it-says.js';
import { oneLine } from './words-about.js';
import { isTakingStand } from './words/answering.js';
import { isOnePerson } from './words/who-speaks.js';

const LONGEST = 600;

const SERVER = String.raw`(?:(?:e-?mail|mail|e-?post)[ -]?(?:server|system|robot|filter|gateway)|(?:content|spam) filter)`;

/** A sentence or a signature, the whole of it, in which a mail server says that it speaks. */
const DECLARED = anyOf(
  [
    String.raw`this (?:message |e-?mail |mail |notice )?(?:is|was|has been) (?:automatically )?(?:generated|sent|created|written|produced) (?:automatically )?by (?:our|the|this|an?) ${SERVER}(?: (?:of|at) \S+)?`,
    String.raw`(?:sent|generated|written) by the ${SERVER} (?:of|at|for) \S+`,
    String.raw`diese (?:nachricht|e-?mail|mail) (?:wurde|ist) (?:automatisch )?(?:vo[nm]|durch) (?:unsere[mn] |de[mn] )?${SERVER} (?:erzeugt|erstellt|generiert|verschickt|versandt)`,
    String.raw`ceci est un message (?:automatique )?du serveur(?: de messagerie| mail)?(?:,? (?:inutile d'y|merci de ne pas y) r.pondre)?`,
    String.raw`este (?:mensaje|correo) (?:ha sido |fue |es )?(?:generado|enviado) (?:autom.ticamente )?por (?:el|nuestro) servidor de correo`,
    String.raw`questo messaggio . (?:stato )?(?:generato|inviato) (?:automaticamente )?dal (?:nostro )?server di posta`,
    String.raw`dit bericht is (?:automatisch )?(?:gegenereerd|verstuurd|verzonden|gemaakt) door (?:onze|de) mail-?server`,
    String.raw`\[(?:[\p{L}'-]{2,20} ){0,3}${SERVER}\]`,
    String.raw`(?:the |your )?(?:(?:[\p{L}-]{2,20} )?(?:inbox|mailbox|mail|list|delivery) ?(?:robot|bot)|listbot|mailbot)(?: (?:at|of) \S+)?`,
    String.raw`(?:[\p{L}\d'-]{2,20} ){1,3}\((?:automated|automatic|automatisch|automatique|autom.tico|automatico)\)`,
    String.raw`(?!.*\b(?:team|beheer|admin|support|abteilung|leiter|ansvarig))[\p{L}\d'-]{2,30} ${SERVER}(?: (?:im auftrag von|on behalf of|pour le compte de) \S+)?`,
  ].map((whole) => `^(?:${whole})[.!]?$`),
);

/** What else stands in such a notice. */
const AROUND = anyOf([
  String.raw`^(?:nobody|no ?one) has (?:seen|read|received) (?:your|this) (?:message|mail|e-?mail)\.$`,
  String.raw`^you wrote to \S+@\S+$`,
  String.raw`^there is no (?:[\p{L}]+ ){1,4}with (?:that|this) address(?: at \S+)?$`,
  String.raw`^please do not (?:reply|answer)[^.]{0,40}\.$`,
]);

const isClosed = causesByWords.find(([cause]) => cause === 'mailbox closed')![1];

/**
 * Is it the notice of a server that leaves no sign in its header? It says itself that a mail server wrote it, names an address, and every
 * other sentence says that this was not reached. Whoever passes such a notice on adds a word, and it is theirs.
 */
export function isServersOwnNotice(message: ReadMessage, said: Said): boolean {
  const own = withoutBanner(said.own);
  if (own.length > LONGEST || !namesAnother(message, own) || isFromWritingProgram(message.headers))
    return false;
  const pieces = piecesOf(own);
  const declared = pieces.findIndex((piece) => DECLARED.test(piece));
  if (declared === -1) return false;
  const others = pieces.filter(
    (piece, at) => at !== declared && !isAddressing(piece, at) && !isName(piece, at, declared),
  );
  return (
    others.some(isFailure) &&
    others.every((piece) => isFailure(piece) || AROUND.test(piece)) &&
    !isSaidByPerson(oneLine(own)) &&
    !isOnePerson.test(said.plainOwn) &&
    !isTakingStand.test(said.plainOwn)
  );
}

/** Sentences, and lines that stand alone: a greeting, a signature, what a program puts in brackets in front. */
export const piecesOf = (text: string): string[] =>
  text
    .split(/\n\s*\n|^-- ?$/m)
    .flatMap((paragraph) =>
      oneLine(paragraph).split(/(?<=[.!?]) |(?<=^\[[^\]]{1,60}\]) |(?<=^[^.!?]{1,60},) (?=\p{Lu})/u),
    )
    .map((piece) => piece.trim())
    .filter(Boolean);

const isAddressing = (piece: string, at: number): boolean =>
  at === 0 && piece.length <= 60 && (piece.endsWith(',') || (isGreeting(piece) && /^[^,.;]*$/.test(piece)));

/** One or two words below the last sentence. */
const isName = (piece: string, at: number, declared: number): boolean =>
  at > declared && /^[\p{L}'-]{2,30}(?: [\p{L}'-]{2,30})?$/u.test(piece);

/** Whoever goes on with a but is no server, and letters are refused by boards as well. */
function isFailure(piece: string): boolean {
  if (piece.endsWith('?') || BUT.test(piece)) return false;
  const undecided = piece.replaceAll(/\b(?:rejected|refused|declined)\b/gi, ' ');
  return saysFailed(undecided) || isClosed.test(undecided);
}

const BUT = /[,;] ?(?:but|aber|jedoch|mais|pero|ma|mas|maar|men|ale|lecz|но|але)(?!\p{L})/iu;

/** Somebody but whom it came to; its sender may be the one whose mailbox is full. */
export function namesAnother({ headers }: ReadMessage, text: string): boolean {
  const to = addresses(headers, 'to').map(({ address }) => address);
  return addressesIn(text).some(({ address }) => !to.includes(address));
}
