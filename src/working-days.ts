import { dayAfter, dayBefore, daysBetween, type Day } from './dates.js';
import { publicHolidays } from './public-holidays.js';

/** Days on which nobody works at a place, both inclusive, and why. */
export type Closed = { from: Day; until: Day; name: string };

/**
 * Where a recipient is, as far as their clock and calendar go. `country`: ISO 3166-1 or 3166-2 code, `GB` or `GB-SCT`, or
 * empty where it is not known. `closed`: what was written down by hand beside its public holidays.
 */
export type Place = { timeZone: string; country?: string | null; closed?: readonly Closed[] | null };

/** Why a calendar day is none to work on there, weekends aside: the name of the public holiday or the closure, or null. */
export const holidayOn = (day: Day, { country, closed }: Place): string | null =>
  publicHolidayOn(day, country) ??
  closed?.find(({ from, until }) => from <= day && day <= until)?.name ??
  null;

/** The name of the public holiday on a calendar day in a country or region, or null. */
export const publicHolidayOn = (day: Day, country: Place['country']): string | null =>
  country ? (publicHolidays(country, yearOf(day)).get(day) ?? null) : null;

/** The holidays and closures there between two days, both left out, that would otherwise be working days: each day once. */
export function holidaysBetween(
  from: Day,
  until: Day,
  { country, closed }: Place,
): { day: Day; name: string }[] {
  const names = new Map<Day, string>();
  const add = (day: Day, name: string): void => {
    if (from < day && day < until && !names.has(day) && !isWeekend(day)) names.set(day, name);
  };
  // who has answered after years is not counted day by day
  if (country) for (const [day, name] of publicHolidaysOf(country, from, until)) add(day, name);
  for (const { from: first, until: last, name } of closed ?? []) {
    for (let day = first > from ? first : dayAfter(from); day <= last && day < until; day = dayAfter(day))
      add(day, name);
  }
  return [...names]
    .map(([day, name]) => ({ day, name }))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

/** The public holidays of the years from that of one day to that of another. */
function* publicHolidaysOf(country: string, from: Day, until: Day): Generator<[Day, string]> {
  for (let year = yearOf(from); year <= yearOf(until); year += 1)
    for (const [day, name] of publicHolidays(country, year)) if (yearOf(day) === year) yield [day, name];
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** Is it a working day there: Monday to Friday, no public holiday, and no closure? */
export const isWorkingDay = (day: Day, place: Place): boolean =>
  !isWeekend(day) && holidayOn(day, place) === null;

// a day without a time is read as UTC (ECMA-262, date time string format)
const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(day).getUTCDay());

/**
 * The calendar day that lies so many working days after another one. A day that is no working day counts as the next one.
 * @param days a whole number from 0
 */
export function addWorkingDays(day: Day, days: number, place: Place): Day {
  let [reached, left] = [day, days];
  for (;;) {
    const working = isWorkingDay(reached, place);
    if (working && left === 0) return reached;
    if (working) left -= 1;
    reached = dayAfter(reached);
  }
}

/**
 * The calendar day that lies so many working days before another one. A day that is no working day counts as the one before:
 * whoever acts on the day found has at least so many working days until then.
 * @param days a whole number from 0
 */
export function subtractWorkingDays(day: Day, days: number, place: Place): Day {
  let [reached, left] = [day, days];
  for (;;) {
    const working = isWorkingDay(reached, place);
    if (working && left === 0) return reached;
    if (working) left -= 1;
    reached = dayBefore(reached);
  }
}

/** How many working days lead from one day to another: added to the first, so many reach the second. */
export function workingDaysBetween(from: Day, to: Day, place: Place): number {
  const after = dayAfter(to);
  const weekdays = weekdaysBefore(after) - weekdaysBefore(from);
  return Math.max(0, weekdays - holidaysBetween(dayBefore(from), after, place).length - 1);
}

const A_MONDAY = '1970-01-05';

/** How many days from Monday to Friday there are between that Monday, included, and a day. */
function weekdaysBefore(day: Day): number {
  const days = daysBetween(A_MONDAY, day);
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
}
