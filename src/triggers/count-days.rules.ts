import { dayInWords, type Day } from '../dates.js';
import { firstDayOfWhen, lastDayOfWhen, precisionOfWhen, whenInWords, type When } from '../when.js';
import { addWorkingDays, isWorkingDay, subtractWorkingDays, type Place } from '../working-days.js';
import { holidaysLeftOut, withoutHolidays } from '../working-days-in-words.js';
import type { Basis, Milestone, Timing } from './trigger.rules.js';

/** The date that counts, as exactly as it is known; empty where there is none. */
export const whenOf = (
  basis: Basis,
  { expectedOn, happenedOn }: Pick<Milestone, 'expectedOn' | 'happenedOn'>,
): When => (basis === 'expected' ? expectedOn : happenedOn) ?? '';

/**
 * The day so many working days before or after a milestone that has this date, by the calendar of a place, and the sum in
 * words.
 */
export function countDays(timing: Timing, milestone: Milestone, place: Place): { day: Day; how: string } {
  const when = whenOf(timing.basis, milestone);
  const before = timing.side === 'before';
  const from = before ? firstDayOfWhen(when) : lastDayOfWhen(when);
  const day = before
    ? subtractWorkingDays(from, timing.days, place)
    : addWorkingDays(from, timing.days, place);
  const counted = `${timingInWords(timing)} ${dayInWords(from)}${countedFrom(from, before, place)}${leftOut(day, from, place)}`;
  return { day, how: `${counted}. ${dateInWords(timing, milestone, when)}` };
}

/** The same at an office: there it is said where its public holidays are not known. */
export function countDaysAt(timing: Timing, milestone: Milestone, office: Place): { day: Day; how: string } {
  const { day, how } = countDays(timing, milestone, office);
  return { day, how: `${how}${withoutHolidays(office)}` };
}

/** `10 working days before`, or `on` where there are none in between. */
export const timingInWords = ({ days, side }: Pick<Timing, 'days' | 'side'>): string =>
  days === 0 ? 'On' : `${days} working ${days === 1 ? 'day' : 'days'} ${side}`;

function countedFrom(from: Day, before: boolean, place: Place): string {
  if (isWorkingDay(from, place)) return '';
  const counted = before ? subtractWorkingDays(from, 0, place) : addWorkingDays(from, 0, place);
  return ` (no working day there, so it is counted from ${dayInWords(counted)})`;
}

function leftOut(day: Day, from: Day, place: Place): string {
  const [first, last] = day < from ? [day, from] : [from, day];
  const { count, names } = holidaysLeftOut(first, last, place);
  return count === 0 ? '' : `, without ${names}, no working ${count === 1 ? 'day' : 'days'} there`;
}

/** What the day that was counted from is to the milestone. */
function dateInWords({ side, basis }: Timing, { title }: Milestone, when: When): string {
  const known = `“${title}” ${basis === 'expected' ? 'is expected' : 'happened'}`;
  if (precisionOfWhen(when) === 'day') return `${known} on that day.`;
  return `${known} in ${whenInWords(when)}: that is the ${side === 'before' ? 'first' : 'last'} day it can be.`;
}

/** Why a day that was given is another one now. `from`, `to`: the date of the milestone then and now. */
export const whyMoved = (title: string, from: When, to: When): string =>
  from === to
    ? 'The trigger, or the calendar there, has changed.'
    : `“${title}” moved from ${whenInWords(from)} to ${whenInWords(to)}.`;
