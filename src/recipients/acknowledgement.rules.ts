import { dayAfter, dayInWords, dayOf, startOfDay, type Day } from '../dates.js';
import {
  isHumanAnswer,
  weWrote,
  zoneOfDay,
  type EntryFacts,
  type Precision,
} from '../history/entry.rules.js';
import { addWorkingDays, type Place } from '../working-days.js';
import { countedFrom, holidaysLeftOut, withoutHolidays } from '../working-days-in-words.js';

/** Within how many working days of a recipient's calendar, from 1, an acknowledgement of the first letter is expected. */
export type Within = { days: number; place: Place };

/** When they were first written to, and how well that is known. */
export type FirstLetter = { occurredAt: Date; precision: Precision };

/**
 * The first email or letter of ours, as long as no person over there has said anything: an acknowledgement, an answer, a
 * meeting. What a machine said, and what we only planned or captured, is none of these.
 * @param entries those that stand (superseded ones left out by the caller), in any order
 * @returns null when nothing was written, or somebody has spoken
 */
export function unacknowledgedLetter<E extends EntryFacts & FirstLetter>(entries: readonly E[]): E | null {
  if (entries.some(isHumanAnswer)) return null;
  const written = entries.filter(weWrote);
  return written.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())[0] ?? null;
}

/** By when an acknowledgement is in time: all of `lastDay` on the recipient's calendar, so until just before `missingFrom`. */
export type AcknowledgementDue = { lastDay: Day; missingFrom: Date; isMissing: boolean; how: string };

/**
 * Counts from the day the letter was sent, as that day is called where the recipient is; a day that is no working day
 * there counts as the next one. `how` says in words how the last day was found.
 */
export function acknowledgementDue(
  letter: FirstLetter,
  { days, place }: Within,
  now: Date,
): AcknowledgementDue {
  const sentOn = dayOf(letter.occurredAt, zoneOfDay(letter.precision, place.timeZone));
  const lastDay = addWorkingDays(sentOn, days, place);
  const missingFrom = startOfDay(dayAfter(lastDay), place.timeZone);
  const written = `Written to ${letter.precision === 'by-day' ? 'by' : 'on'} ${dayInWords(sentOn)}${countedFrom(sentOn, place)}`;
  const counted = `${days} working ${days === 1 ? 'day' : 'days'} in ${cityOf(place)} end${days === 1 ? 's' : ''} on ${dayInWords(lastDay)}`;
  const how = `${written}; ${counted}${leftOut(sentOn, lastDay, place)}.${withoutHolidays(place)}`;
  return { lastDay, missingFrom, isMissing: now >= missingFrom, how };
}

/** `London` of `Europe/London`: how a named time zone is called in a sentence. */
const cityOf = ({ timeZone }: Place): string => timeZone.split('/').at(-1)!.replaceAll('_', ' ');

/** `; 1 public holiday left out: 26 November 2026 (Thanksgiving Day)`, or `; 3 days left out: …` where some are closures */
function leftOut(from: Day, until: Day, place: Place): string {
  const { count, names, arePublic } = holidaysLeftOut(from, until, place);
  const what = `${arePublic ? 'public holiday' : 'day'}${count === 1 ? '' : 's'}`;
  return count === 0 ? '' : `; ${count} ${what} left out: ${names}`;
}

/** Is an acknowledgement missing now? `from`: the copy that a recipient keeps of it for lists. */
export const isUnacknowledged = (from: Date | null | undefined, now: Date): boolean =>
  Boolean(from) && now >= from!;

/** The last day on which it would have been in time, on the recipient's calendar. */
export const lastDayBefore = (missingFrom: Date, timeZone: string): Day =>
  dayOf(new Date(missingFrom.getTime() - 1), timeZone);
