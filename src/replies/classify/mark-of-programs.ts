import { header, type MessageHeaders } from '../../mail/message-headers.js';
import { isAcknowledgement } from './acknowledgement.js';
import { autoReplyHeaders } from './auto-reply-headers.js';
import { hasNullReturnPath, plainHeader } from './signs.js';
import { isAbsent, isLeftToOthers } from './words/absence.js';
import { isOpened, isPromised, isReceived } from './words/acknowledgement.js';
import { isHeld, isToProve } from './words/confirming.js';
import { hasLeft } from './words/leaving.js';
import { isMachineSubject } from './words/subjects.js';
import { isUnattended, isUnread } from './words/unattended.js';
import { isSaidAutomatic, isSelfDeclared } from './words/who-speaks.js';

const ofPrograms = [
  isAbsent,
  isLeftToOthers,
  hasLeft,
  isReceived,
  isOpened,
  isPromised,
  isSaidAutomatic,
  isSelfDeclared,
  isUnattended,
  isUnread,
  isToProve,
  isHeld,
];

/**
 * A header that only programs have which answer by themselves, as it stands there; null where there is none. Help desks, and servers
 * that are set up so, have it on what people write: where it is the only one, what is said decides.
 * @param text in plain words
 */
export function markOfPrograms(headers: MessageHeaders, text: string): string | null {
  const [first, ...others] = autoReplyHeaders(headers);
  if (!first) return null;
  const isOnPeoplesToo = others.length === 0 && /^(?:auto-submitted|x-auto)/i.test(first);
  return isOnPeoplesToo && isWrittenByHand(headers, text) ? null : first;
}

/**
 * Did somebody write this? It answers our mail, leaves a return path, as vacation(1) and Exchange do not, and says nothing of what
 * programs say: no absence, no acknowledgement, no notice.
 */
const isWrittenByHand = (headers: MessageHeaders, text: string): boolean =>
  header(headers, 'in-reply-to').trim() !== '' &&
  !hasNullReturnPath(headers) &&
  text !== '' &&
  !isOfProgram(headers, text);

const isOfProgram = (headers: MessageHeaders, text: string): boolean =>
  isMachineSubject(plainHeader(headers, 'subject')) ||
  isAcknowledgement(text) ||
  ofPrograms.some((phrase) => phrase.test(text));
