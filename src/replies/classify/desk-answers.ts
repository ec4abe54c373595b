import { header, type MessageHeaders } from '../../mail/message-headers.js';
import { isAcknowledgement } from './acknowledgement.js';
import { autoReplyHeaders } from './auto-reply-headers.js';
import { hasNullReturnPath, isFromHelpDesk, plainHeader } from './signs.js';
import { isAbsent, isLeftToOthers } from './words/absence.js';
import { isOpened, isPromised, isReceived } from './words/acknowledgement.js';
import { hasLeft } from './words/leaving.js';
import { isMachineSubject } from './words/subjects.js';
import { isUnattended, isUnread } from './words/unattended.js';
import { isSaidAutomatic, isSelfDeclared } from './words/who-speaks.js';

/** `[#8841]`, `[Ticket 8841]`, `[T-55190]`: the number that a help desk gave to what we wrote. */
const NUMBERED =
  /[[(](?:[\p{L} -]{0,20}#|(?:ticket|case|request|vorgang|anfrage|demande|caso|zaak)[ :-]{0,3}|[a-z]{1,5}-) ?\d[\d-]{2,15}[\])]/u;

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
];

/**
 * A header that only programs have which answer by themselves, as it stands there; null where there is none. Some help desks have it
 * on what people write there.
 * @param text in plain words
 */
export function markOfPrograms(headers: MessageHeaders, text: string): string | null {
  const [first, ...others] = autoReplyHeaders(headers);
  if (!first) return null;
  const isAlone = first.startsWith('Auto-Submitted') && others.length === 0;
  return isAlone && isWrittenAtDesk(headers, text) ? null : first;
}

/**
 * Did somebody write this in a help desk, which marks whatever it sends `Auto-Submitted: auto-replied`? It bears the marks of a desk, answers our
 * mail with a return path, and says nothing of what programs say: no absence, no acknowledgement, no notice.
 * @param text in plain words
 */
const isWrittenAtDesk = (headers: MessageHeaders, text: string): boolean =>
  isOfDesk(headers) && text !== '' && !isOfProgram(headers, text);

/** Programs that answer by themselves, such as vacation(1) and Exchange, give no number and leave the return path empty. */
const isOfDesk = (headers: MessageHeaders): boolean =>
  (isFromHelpDesk(headers) || NUMBERED.test(plainHeader(headers, 'subject'))) &&
  header(headers, 'in-reply-to').trim() !== '' &&
  !hasNullReturnPath(headers);

const isOfProgram = (headers: MessageHeaders, text: string): boolean =>
  isMachineSubject(plainHeader(headers, 'subject')) ||
  isAcknowledgement(text) ||
  ofPrograms.some((phrase) => phrase.test(text));
