import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import type { Day } from './dates.js';

/** Where a recipient is, as far as their clock and calendar go. `country`: ISO 3166 code, or empty where it is not known. */
export type Place = { timeZone: string; country?: string | null };

/** Mail leaves on working days from the first hour until just before the second, on the recipient's own clock. */
export const WINDOW = { fromHour: 9, untilHour: 17 } as const;
export const WINDOW_IN_WORDS = `Monday to Friday, ${WINDOW.fromHour}:00 to ${WINDOW.untilHour}:00, public holidays left out`;

/** Every country whose holidays are known, as `[code, name]`, by name. */
export const countries: readonly [string, string][] = Object.entries(new Holidays().getCountries('en')).sort(
  (a, b) => a[1].localeCompare(b[1]),
);

export const isCountry = (code: string): boolean => countries.some(([known]) => known === code);

const calendars = new Map<string, Map<Day, string>>();

/** The public holidays of a country in a year, by day. The data are date-holidays' (CC BY 3.0). */
function holidaysOf(country: string, year: number): Map<Day, string> {
  const key = `${country} ${year}`;
  let calendar = calendars.get(key);
  if (!calendar) {
    const found = new Holidays(country).getHolidays(year, 'en') ?? [];
    calendar = new Map(
      found.filter(({ type }) => type === 'public').map(({ date, name }) => [date.slice(0, 10), name]),
    );
    calendars.set(key, calendar);
  }
  return calendar;
}

/** The name of the public holiday on a calendar day there, or null. */
export const holidayOn = (day: Day, { country }: Place): string | null =>
  country ? (holidaysOf(country, Number(day.slice(0, 4))).get(day) ?? null) : null;

/** Is it a working day there: Monday to Friday, and no public holiday? */
export const isWorkingDay = (day: Day, place: Place): boolean =>
  DateTime.fromISO(day).weekday <= 5 && holidayOn(day, place) === null;

/**
 * The calendar day that lies so many working days after another one. A day that is no working day counts as the next one.
 * @param days a whole number from 0
 */
export function addWorkingDays(day: Day, days: number, place: Place): Day {
  const working = isWorkingDay(day, place);
  if (working && days === 0) return day;
  const next = DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate()!;
  return addWorkingDays(next, working ? days - 1 : days, place);
}

/** May mail leave at this instant, on the recipient's clock and calendar? */
export function isInWindow(instant: Date, place: Place): boolean {
  const local = DateTime.fromJSDate(instant, { zone: place.timeZone });
  return (
    local.hour >= WINDOW.fromHour && local.hour < WINDOW.untilHour && isWorkingDay(local.toISODate()!, place)
  );
}

/** The first instant from this one on at which mail may leave: the instant itself, or when the window opens next. */
export function nextInWindow(instant: Date, place: Place): Date {
  if (isInWindow(instant, place)) return instant;
  const local = DateTime.fromJSDate(instant, { zone: place.timeZone });
  const startsAt = local.hour < WINDOW.fromHour ? local : local.plus({ days: 1 });
  const day = addWorkingDays(startsAt.toISODate()!, 0, place);
  return DateTime.fromISO(day, { zone: place.timeZone }).set({ hour: WINDOW.fromHour }).toJSDate();
}
