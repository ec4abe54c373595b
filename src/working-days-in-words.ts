import { dayAfter, dayInWords, type Day } from './dates.js';
import {
  addWorkingDays,
  holidayOn,
  holidaysBetween,
  isWorkingDay,
  publicHolidayOn,
  type Place,
} from './working-days.js';

/** ` (no working day there, so it is counted from 30 November 2026)`; nothing where the day is a working day. */
export const countedFrom = (day: Day, place: Place): string =>
  isWorkingDay(day, place)
    ? ''
    : ` (no working day there, so it is counted from ${dayInWords(addWorkingDays(day, 0, place))})`;

/** What a sum of working days says where the country is not known; nothing where it is. */
export const withoutHolidays = ({ country }: Place): string =>
  country ? '' : ' Public holidays there are not known: the office has no country.';

const inARow = new Intl.ListFormat('en-GB');

/** A day that is none to work on, and why: a holiday, a closure, or the day of the weekend. */
export type DayOff = { day: Day; why: string };

const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** Every day that is none to work on from one to another, both included. */
export function daysOff(from: Day, until: Day, place: Place): DayOff[] {
  const off: DayOff[] = [];
  for (let day = from; day <= until; day = dayAfter(day))
    if (!isWorkingDay(day, place))
      off.push({ day, why: holidayOn(day, place) ?? weekdays.format(new Date(day)) });
  return off;
}

/** `arePublic`: all of them are public holidays, and none was written down by hand. */
export type LeftOut = { count: number; names: string; arePublic: boolean };

/**
 * How many days are left out between two others, weekends aside, and why: `26 November 2026 (Thanksgiving Day)`, or `from 21
 * December 2026 until 23 December 2026 (The works are closed)` where a closure goes on without a working day in between.
 */
export function holidaysLeftOut(from: Day, until: Day, place: Place): LeftOut {
  const days = holidaysBetween(from, until, place);
  const names = inRuns(days, place).map(({ first, last, name }) =>
    first === last
      ? `${dayInWords(first)} (${name})`
      : `from ${dayInWords(first)} until ${dayInWords(last)} (${name})`,
  );
  const arePublic = days.every(({ day }) => publicHolidayOn(day, place.country) !== null);
  return { count: days.length, names: inARow.format(names), arePublic };
}

type Run = { first: Day; last: Day; name: string };

/** Public holidays stay one by one: each is a day of its own in the calendar. */
function inRuns(days: readonly { day: Day; name: string }[], place: Place): Run[] {
  const runs: Run[] = [];
  for (const { day, name } of days) {
    const before = runs.at(-1);
    const goesOn =
      before?.name === name &&
      publicHolidayOn(day, place.country) === null &&
      addWorkingDays(before.last, 0, place) > day;
    if (goesOn) before.last = day;
    else runs.push({ first: day, last: day, name });
  }
  return runs;
}
