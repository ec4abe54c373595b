import { dayInWords, type Day } from './dates.js';
import { addWorkingDays, holidaysBetween, isWorkingDay, type Place } from './sending-window.js';

/** ` (no working day there, so it is counted from 30 November 2026)`; nothing where the day is a working day. */
export const countedFrom = (day: Day, place: Place): string =>
  isWorkingDay(day, place)
    ? ''
    : ` (no working day there, so it is counted from ${dayInWords(addWorkingDays(day, 0, place))})`;

const inARow = new Intl.ListFormat('en-GB');

/** How many holidays are left out between two days, and their names: `26 November 2026 (Thanksgiving Day)`. */
export function holidaysLeftOut(from: Day, until: Day, place: Place): { count: number; names: string } {
  const holidays = holidaysBetween(from, until, place).map(({ day, name }) => `${dayInWords(day)} (${name})`);
  return { count: holidays.length, names: inARow.format(holidays) };
}
