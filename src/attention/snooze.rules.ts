import { DateTime } from 'luxon';
import { dayAfter, dayInWords, type Day } from '../dates.js';
import type { Kind } from './kinds.rules.js';

const LONGEST = 366;
/** Somebody waits for these, or may have been written to twice: they are out of sight for a weekend, and no longer. */
const FEW = 3;
const cannotWait: readonly Kind[] = ['replies', 'uncertain'];

/** The days that something of this kind may be put off until, both included, where today is this day. */
export const snoozeDays = (kind: Kind, today: Day): { first: Day; last: Day } => ({
  first: dayAfter(today),
  last: DateTime.fromISO(today, { zone: 'utc' })
    .plus({ days: cannotWait.includes(kind) ? FEW : LONGEST })
    .toISODate()!,
});

/** @returns why it cannot be put off until that day, a sentence; null where it can */
export function whyNotUntil(until: Day, kind: Kind, today: Day): string | null {
  const { first, last } = snoozeDays(kind, today);
  if (until < first) return 'Choose a day after today.';
  if (until <= last) return null;
  return cannotWait.includes(kind)
    ? `This may be put off for ${FEW} days at most, until ${dayInWords(last)}: ${kind === 'replies' ? 'somebody waits for it to be read' : 'it may have gone or not'}.`
    : `Choose a day within a year, until ${dayInWords(last)}.`;
}
