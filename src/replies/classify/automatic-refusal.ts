import { header } from '../../mail/message-headers.js';
import type { ReadMessage } from '../../mail/read-message.js';
import { anyOf } from './any-of.js';
import { withoutBanner } from './banner.js';
import { saysFailed } from './daemon-words.js';
import { markOfPrograms } from './desk-answers.js';
import { isSaidByPerson } from './person-words.js';
import { hasCode } from './report-marks.js';
import { namesAnother, piecesOf } from './server-says-so.js';
import type { Said } from './what-it-says.js';
import { oneLine } from './words-about.js';
import { isAbsent, isLeftToOthers } from './words/absence.js';
import { isOpened, isReceived } from './words/acknowledgement.js';
import { isTakingStand } from './words/answering.js';
import { hasLeft } from './words/leaving.js';
import { isUnattended, isUnread } from './words/unattended.js';
import { isOnePerson, isPassingOn } from './words/who-speaks.js';

const LONGEST = 1000;

/** A server is spoken of, or what became of a message that no person had in hand. */
const OF_SERVER = anyOf([
  String.raw`\b(?:on|at|in|by|of|from|through) (?:this|our|the) (?:mail |e-?mail |list |message |ticket )?(?:server|system|host|site|domain|gateway)\b`,
  String.raw`\b(?:message|mail|e-?mail|it) (?:was|has been) (?:automatically |therefore )?(?:discarded|dropped|deleted|rejected|refused|returned|bounced)\b`,
  String.raw`\bno (?:new )?(?:request|ticket|case|issue) (?:was|has been|could be) (?:created|opened|logged|raised)\b|\b(?:request|ticket|case|issue) (?:could|can) ?not be (?:created|opened|logged|raised)\b`,
  String.raw`(?:auf|von|vom|dieser|diesem|unserem|unser) \p{L}{0,12}-?(?:server|gateway|mailsystem)\b|(?:nachricht|e-?mail) (?:wurde|wird) (?:automatisch |daher )?(?:verworfen|gel.scht|abgewiesen|zur.ckgewiesen)|kein (?:ticket|vorgang) (?:angelegt|er.ffnet|erstellt)`,
  String.raw`(?:sur|par|de) (?:ce|notre|le) (?:serveur|syst.me)\b|serveur de (?:messagerie|listes)|(?:il|message) a .t. (?:supprim|rejet|refus|d.truit)\p{L}*|aucun (?:ticket|dossier) n'a .t. (?:cr..|ouvert)`,
  String.raw`(?:en|por|de) (?:este|nuestro|el) (?:servidor|sistema)\b|(?:mensaje|correo) (?:fue|ha sido) (?:descartado|eliminado|rechazado|devuelto)|(?:neste|por este|pelo|deste) (?:servidor|sistema)\b|mensagem (?:foi )?(?:descartada|rejeitada|eliminada)`,
  String.raw`(?:su|da|dal|di) (?:questo |nostro )?(?:server|sistema)\b|messaggio . stato (?:scartato|respinto|eliminato)|(?:op|door|van) (?:deze|onze|de) (?:mail)?(?:server|systeem)\b|bericht is (?:verwijderd|geweigerd)`,
]);

/** What a desk did not do, in the words of what it does. */
const NOT_OPENED =
  /\bno (?:new )?(?:request|ticket|case|issue) (?:was|has been) (?:created|opened|logged|raised)\b/g;

/** What somebody left with a program, or a desk says of what did arrive. */
const ofPeople = [
  isAbsent,
  isLeftToOthers,
  hasLeft,
  isUnattended,
  isUnread,
  isReceived,
  isOpened,
  isOnePerson,
  isPassingOn,
  isTakingStand,
];

/**
 * Is it an answer that a machine marked as its own (RFC 3834) and that says, as servers and desks do, that our mail did not reach an
 * address? "Your message was not read" or "is not forwarded" are of somebody's absence.
 */
export function isAutomaticRefusal(message: ReadMessage, said: Said): boolean {
  const { headers } = message;
  if (!header(headers, 'auto-submitted') || !markOfPrograms(headers, said.plainOwn)) return false;
  const own = withoutBanner(said.own);
  const others = said.plainOwn.replaceAll(NOT_OPENED, ' ');
  if (own.length > LONGEST || ofPeople.some((phrase) => phrase.test(others))) return false;
  const words = oneLine(own);
  return (
    piecesOf(own).some((piece) => namesAnother(message, piece) && isOfAddress(piece)) &&
    (OF_SERVER.test(words) || hasCode(words)) &&
    !words.includes('?') &&
    !isSaidByPerson(words)
  );
}

const isOfAddress = (piece: string): boolean => saysFailed(piece) && !FORWARDED.test(piece);

/** A message that is sent on or not did arrive. */
const FORWARDED =
  /\b(?:forward|redirect|pass(?:ed)? on|weitergeleitet|transf.r|reenvi|reencaminh|encaminh|inoltrat|doorgestuurd)/iu;
