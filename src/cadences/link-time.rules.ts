import { sendingOf } from '../campaigns/campaigns.js';
import { dayOf, instantInWords } from '../dates.js';
import { givenTime, stepTime, waitsForPromise, type StepTime } from './cadence.rules.js';
import type { Before, Chain, Link } from './chain.js';

/** When a step of a chain leaves, and how that was found. Nobody is chased before the day is over by which they promised an answer. */
export function timeOf(
  link: Link,
  before: Before,
  chain: Chain,
  now: Date,
): StepTime & { timeSetByHand: boolean } {
  const time = countedTime(link, before, chain, now);
  const { office, campaign, recipient } = chain;
  const { promisedFor } = recipient;
  if (!promisedFor || dayOf(time.dueAt, office.timeZone) > promisedFor) return time;
  const promise = { day: promisedFor, what: 'the promised day', planned: false };
  const { dueAt } = stepTime(promise, 1, office, sendingOf(campaign).window, now, link.soFar);
  return { dueAt, how: waitsForPromise(promisedFor), timeSetByHand: false };
}

/** The time somebody gave it, as long as that lies ahead and on a later day than the step before. */
function countedTime(
  { gap, setTo, soFar, given }: Link,
  { step, day, after, isGiven }: Before,
  { campaign, office }: Chain,
  now: Date,
): StepTime & { timeSetByHand: boolean } {
  const isAfter = setTo && (step === 0 || dayOf(setTo, office.timeZone) > day);
  if (isAfter && setTo > now)
    return { dueAt: setTo, how: 'Somebody gave it this time by hand.', timeSetByHand: true };
  const { window } = sendingOf(campaign);
  const { dueAt, how } =
    given && !isGiven
      ? givenTime(given, office, window, now, soFar)
      : stepTime(after, gap, office, window, now, soFar);
  if (!setTo) return { dueAt, how, timeSetByHand: false };
  const byHand = `The time that was given by hand, ${instantInWords(setTo, office.timeZone)}, `;
  const lost = isAfter ? 'has passed.' : `does not lie on a later day than step ${step}.`;
  return { dueAt, how: `${byHand}${lost} ${how}`, timeSetByHand: false };
}
