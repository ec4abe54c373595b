import type HolidaysOfACountry from 'date-holidays';
import { createRequire } from 'node:module';
import type { Day } from './dates.js';

/** `code`: ISO 3166-1, `GB`. `regions`: those that keep holidays of their own, by their ISO 3166-2 code, `GB-SCT`. */
export type Country = { code: string; name: string; regions: { code: string; name: string }[] };

/** The rules of every country take 26 MB of memory, so they are read when the first office has one. */
const readHolidays = (): typeof HolidaysOfACountry => createRequire(import.meta.url)('date-holidays');

let known: Country[] | undefined;

/** Every country whose holidays are known, with its regions, by name. */
export const countries = (): Country[] => (known ??= readCountries());

function readCountries(): Country[] {
  const Holidays = readHolidays();
  const holidays = new Holidays();
  const regionsOf = (country: string) =>
    named(holidays.getStates(country, 'en') ?? {}).map(({ code, name }) => ({
      code: `${country}-${code}`,
      name,
    }));
  return named(holidays.getCountries('en')).map((country) => ({
    ...country,
    regions: regionsOf(country.code),
  }));
}

const named = (names: Record<string, string>): { code: string; name: string }[] =>
  Object.entries(names)
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));

let names: Map<string, string> | undefined;

function namesByCode(): Map<string, string> {
  return (names ??= new Map(
    countries().flatMap(({ code, name, regions }) => [
      [code, name] as const,
      ...regions.map((region) => [region.code, `${region.name}, ${name}`] as const),
    ]),
  ));
}

/** Are the holidays of this country, or of this region of one, known? */
export const isCountry = (code: string): boolean => namesByCode().has(code);

/** `Scotland, United Kingdom`; a code that nobody knows is its own name. */
export const countryName = (code: string): string => namesByCode().get(code) ?? code;

/** What a list to choose from shows: `[code, name]`, and a country with regions as a group of them, itself first. */
export const countryOptions = (): [string, string | [string, string][]][] =>
  countries().map(({ code, name, regions }) =>
    regions.length === 0
      ? [code, name]
      : [name, [[code, name], ...regions.map((region): [string, string] => [region.code, region.name])]],
  );

/** The country that a region belongs to: `GB` of `GB-SCT`, and of `GB`. */
export const countryOf = (code: string): string => code.split('-', 1)[0]!;

const calendars = new Map<string, Map<Day, string>>();

/**
 * The public holidays of a country, or of a region with those of its country, in a year: their names by day. The data are
 * date-holidays' (CC BY 3.0).
 * @param code ISO 3166-1 or 3166-2
 */
export function publicHolidays(code: string, year: number): ReadonlyMap<Day, string> {
  const key = `${code} ${year}`;
  let calendar = calendars.get(key);
  if (!calendar) {
    const Holidays = readHolidays();
    const country = countryOf(code);
    const region = code.slice(country.length + 1);
    const holidays = region ? new Holidays(country, region) : new Holidays(country);
    const found = holidays.getHolidays(year, 'en') ?? [];
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
