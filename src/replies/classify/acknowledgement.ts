import {
  isOnePerson,
  isOpened,
  isPromised,
  isReceived,
  isSaidAutomatic,
  isSelfDeclared,
  isThanked,
} from './words/acknowledgement.js';

/** A program says at once what it is; what comes later may be the footer under what a person wrote. */
const AT_ONCE = 300;
const LONGEST = 1500;

/**
 * Does a mail that bears the mark of a program only say that ours came in? Help desks mark what people write in the same way.
 * @param text in plain words
 */
export function isAcknowledgement(text: string): boolean {
  const begins = text.slice(0, AT_ONCE);
  if (isSelfDeclared.test(begins)) return true;
  if (text.length > LONGEST || isOnePerson.test(text)) return false;
  if (isOpened.test(begins)) return true;
  const further = [isPromised, isOpened, isSaidAutomatic].filter((phrase) => phrase.test(text)).length;
  return (isReceived.test(begins) && further > 0) || (isThanked.test(begins) && further > 1);
}

/** Does a mail without any mark say of itself that a program wrote it, and what programs write? */
export const isAutomaticByItsWords = (text: string): boolean =>
  isSelfDeclared.test(text.slice(0, AT_ONCE)) &&
  [isReceived, isOpened, isPromised, isThanked].some((phrase) => phrase.test(text)) &&
  !isOnePerson.test(text);
