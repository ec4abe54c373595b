import type { EntryFacts } from '../history/entry.rules.js';
import type { Place } from '../working-days.js';
import {
  acknowledgementDue,
  unacknowledgedLetter,
  type AcknowledgementDue,
  type FirstLetter,
} from './acknowledgement.rules.js';

/**
 * What is to be said of the acknowledgement of one recipient, from the facts rather than from the stored copy.
 * @param entries those that stand
 * @param days what its campaign expects; nothing is expected where it is absent
 * @returns null when none is awaited
 */
export function acknowledgementOf(
  entries: readonly (EntryFacts & FirstLetter)[],
  days: number | null | undefined,
  place: Place,
  now: Date,
): AcknowledgementDue | null {
  const letter = days ? unacknowledgedLetter(entries) : null;
  return letter && acknowledgementDue(letter, { days: days!, place }, now);
}
