import { isAbsent, isLeftToOthers } from './words/absence.js';
import {
  isConfirmed,
  isOfRegistry,
  isOpened,
  isPromised,
  isReceived,
  isThanked,
} from './words/acknowledgement.js';
import { hasLeft } from './words/leaving.js';
import { isTakingStand } from './words/answering.js';
import { isUnattended } from './words/unattended.js';
import { isOnePerson, isPassingOn, isSaidAutomatic, isSelfDeclared } from './words/who-speaks.js';

/** A program says at once what it is; what comes later may be the footer under what a person wrote. */
const AT_ONCE = 300;
const LONGEST = 1500;

const ofPrograms = [isReceived, isOpened, isPromised, isThanked, isAbsent, isLeftToOthers, hasLeft];

/** Does a text say of itself that a program wrote it, and does it say what programs write? In plain words. */
export const isAutomaticByItsWords = (text: string): boolean =>
  isSelfDeclared.test(text.slice(0, AT_ONCE)) &&
  ofPrograms.some((phrase) => phrase.test(text)) &&
  !isOfPerson(text);

/** Nobody who has an answer says so much of this in so few words. */
const SHORTEST_ANSWER = 900;

/**
 * Is it the notice of a help desk that left out every header? It gives our mail a number, promises an answer and says that nobody reads
 * what is sent to it. People whose desk puts such lines below what they write have more to say.
 */
export const isBareAcknowledgement = (words: string): boolean =>
  words.length < SHORTEST_ANSWER && isBare(words.replaceAll(WORKING_DAYS, 'days'));

/** Whatever is done within ten working days need not be the answer. */
const WORKING_DAYS = /\b(?:working|business) (?:days|hours)\b/g;

const isBare = (text: string): boolean =>
  [isOpened, isPromised, isUnattended].every((phrase) => phrase.test(text)) &&
  (isReceived.test(text.slice(0, AT_ONCE)) || isThanked.test(text.slice(0, AT_ONCE))) &&
  strangeSentences(text) < 2 &&
  !isTakingStand.test(text) &&
  !isOfPerson(text);

/** Does every sentence say what programs say, and none take a stand? */
export const isNothingElse = (text: string): boolean =>
  strangeSentences(text.replaceAll(WORKING_DAYS, 'days')) === 0 && !isTakingStand.test(text);

const ofNotices = [...ofPrograms, isUnattended, isSaidAutomatic];

/** How many sentences say something else than such notices do. */
const strangeSentences = (text: string, known: readonly RegExp[] = ofNotices): number =>
  text.split(/(?<=[.!?。])(?<!\bno\.) +/).filter((sentence) => !known.some((phrase) => phrase.test(sentence)))
    .length;

/** We received it, and more. */
const GOES_ON = / (?:and|but|und|aber|et|mais|y|pero|e|mas|ma|en|maar|oraz|i|ale) /;

/**
 * Does a registry confirm that ours came in, say that a system wrote this, and nothing else? Its lines stand below what people write
 * there, too.
 * @param text in plain words
 */
export const isBareConfirmation = (text: string): boolean =>
  text.length < SHORTEST_ANSWER &&
  [isReceived, isConfirmed].some((phrase) => phrase.test(text.slice(0, AT_ONCE))) &&
  [isSaidAutomatic, isOfRegistry].some((phrase) => phrase.test(text)) &&
  strangeSentences(text, [...ofNotices, isConfirmed, isOfRegistry]) === 0 &&
  !GOES_ON.test(text.replaceAll(/\bdamen und herren\b/g, ' ')) &&
  !isTakingStand.test(text) &&
  !isOfPerson(text);

/**
 * Does a mail that bears the mark of a program only say that ours came in? Help desks mark what people write in the same way.
 * @param text in plain words
 */
export function isAcknowledgement(text: string): boolean {
  if (text.length > LONGEST || isOfPerson(text)) return false;
  const begins = text.slice(0, AT_ONCE);
  const further = [isPromised, isOpened, isSaidAutomatic].filter((phrase) => phrase.test(text)).length;
  if (isOpened.test(begins)) return further > 1 || isReceived.test(text) || isThanked.test(text);
  return (isReceived.test(begins) && further > 0) || (isThanked.test(begins) && further > 1);
}

/** Somebody says "I", or a help desk passes on what somebody wrote. */
const isOfPerson = (text: string): boolean => isOnePerson.test(text) || isPassingOn.test(text);
