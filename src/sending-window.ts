import type HolidaysOfACountry from 'date-holidays';
import { DateTime } from 'luxon';
import { createRequire } from 'node:module';
import { dayAfter, type Day } from './dates.js';

/** Where a recipient is, as far as their clock and calendar go. `country`: ISO 3166 code, or empty where it is not known. */
export type Place = { timeZone: string; country?: string | null };

/**
 * When mail may leave, on the recipient's own clock: from the first hour until just before the second (0 to 24), on
 * working days or on every day.
 */
export type SendingWindow = { fromHour: number; untilHour: number; everyDay: boolean };

export const DEFAULT_WINDOW: SendingWindow = { fromHour: 9, untilHour: 17, everyDay: false };

/** `Monday to Friday from 9:00 to 17:00, public holidays left out` */
export const windowInWords = ({ fromHour, untilHour, everyDay }: SendingWindow): string =>
  everyDay
    ? `every day from ${fromHour}:00 to ${untilHour}:00`
    : `Monday to Friday from ${fromHour}:00 to ${untilHour}:00, public holidays left out`;

/** The rules of every country take 26 MB of memory, so they are read when the first office has one. */
const readHolidays = (): typeof HolidaysOfACountry => createRequire(import.meta.url)('date-holidays');

/** Every country whose holidays are known, as `[code, name]`, by name. */
export function countries(): [string, string][] {
  const Holidays = readHolidays();
  return Object.entries(new Holidays().getCountries('en')).sort((a, b) => a[1].localeCompare(b[1]));
}

export const isCountry = (code: string): boolean => countries().some(([known]) => known === code);

const calendars = new Map<string, Map<Day, string>>();

/** The public holidays of a country in a year, by day. The data are date-holidays' (CC BY 3.0). */
function holidaysOf(country: string, year: number): Map<Day, string> {
  const key = `${country} ${year}`;
  let calendar = calendars.get(key);
  if (!calendar) {
    const Holidays = readHolidays();
    const found = new Holidays(country).getHolidays(year, 'en') ?? [];
    calendar = new Map(
      found
        .filter(({ type }) => type === 'public')
        .flatMap((holiday) => daysOf(holiday).map((day) => [day, holiday.name])),
    );
    calendars.set(key, calendar);
  }
  return calendar;
}

/** A holiday may last several days: the Feast of the Sacrifice, the Korean New Year. */
function daysOf({ date, start, end }: { date: string; start: Date; end: Date }): Day[] {
  const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / A_DAY));
  const first = Date.parse(date.slice(0, 10));
  return Array.from({ length }, (_, i) => new Date(first + i * A_DAY).toISOString().slice(0, 10));
}
const A_DAY = 86_400_000;

/** The name of the public holiday on a calendar day there, or null. */
export const holidayOn = (day: Day, { country }: Place): string | null =>
  country ? (holidaysOf(country, Number(day.slice(0, 4))).get(day) ?? null) : null;

/** The public holidays there between two days, both left out, that would otherwise be working days. */
export function holidaysBetween(from: Day, until: Day, place: Place): { day: Day; name: string }[] {
  if (!place.country) return [];
  const [first, last] = [from, until].map((day) => Number(day.slice(0, 4))) as [number, number];
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return years.flatMap((year) =>
    [...holidaysOf(place.country!, year)]
      .filter(([day]) => day > from && day < until && !isWeekend(day))
      .map(([day, name]) => ({ day, name })),
  );
}

/** Is it a working day there: Monday to Friday, and no public holiday? */
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

/** May mail leave at this instant, on the recipient's clock and calendar? */
export function isInWindow(instant: Date, place: Place, window: SendingWindow): boolean {
  const local = DateTime.fromJSDate(instant, { zone: place.timeZone });
  return (
    local.hour >= window.fromHour &&
    local.hour < window.untilHour &&
    (window.everyDay || isWorkingDay(local.toISODate()!, place))
  );
}

/** The first instant from this one on at which mail may leave: the instant itself, or when the window opens next. */
export function nextInWindow(instant: Date, place: Place, window: SendingWindow): Date {
  if (isInWindow(instant, place, window)) return instant;
  const local = DateTime.fromJSDate(instant, { zone: place.timeZone });
  const startsAt = (local.hour < window.fromHour ? local : local.plus({ days: 1 })).toISODate()!;
  const day = window.everyDay ? startsAt : addWorkingDays(startsAt, 0, place);
  return DateTime.fromISO(day, { zone: place.timeZone }).set({ hour: window.fromHour }).toJSDate();
}
