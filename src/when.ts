import { dayInWords, isDay, type Day } from './dates.js';

/**
 * When something is expected or happened, as exactly as it is known: `2026-11-24`, `2026-11`, `2026-Q4` or `2026`. The
 * first two and the last are ISO 8601 with reduced precision; quarters have no form there.
 */
export type When = string;

export const whenPrecisions = ['day', 'month', 'quarter', 'year'] as const;
export type WhenPrecision = (typeof whenPrecisions)[number];

/** How a form asks for it, beside a date. */
export const whenPrecisionNames: Record<WhenPrecision, string> = {
  day: 'on this day',
  month: 'some time in this month',
  quarter: 'some time in this quarter',
  year: 'some time in this year',
};

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const QUARTER = /^\d{4}-Q[1-4]$/;
const YEAR = /^\d{4}$/;

export const isWhen = (text: string): boolean =>
  isDay(text) || MONTH.test(text) || QUARTER.test(text) || YEAR.test(text);

export function precisionOfWhen(when: When): WhenPrecision {
  if (YEAR.test(when)) return 'year';
  if (QUARTER.test(when)) return 'quarter';
  return MONTH.test(when) ? 'month' : 'day';
}

/** The first calendar day it can be: 1 October 2026 for `2026-Q4`. */
export function firstDayOfWhen(when: When): Day {
  const year = when.slice(0, 4);
  switch (precisionOfWhen(when)) {
    case 'year':
      return `${year}-01-01`;
    case 'quarter':
      return `${year}-${String(Number(when.at(-1)) * 3 - 2).padStart(2, '0')}-01`;
    case 'month':
      return `${when}-01`;
    case 'day':
      return when;
  }
}

/** The last calendar day it can be: 31 December 2026 for `2026-Q4`. */
export function lastDayOfWhen(when: When): Day {
  const precision = precisionOfWhen(when);
  if (precision === 'day') return when;
  const [year, month] = firstDayOfWhen(when).split('-').map(Number) as [number, number];
  // the day before the first of the month that follows. Thousands are asked for at once, too many for a library of dates
  const last = new Date(0);
  last.setUTCFullYear(year, month - 1 + monthsIn[precision], 0);
  return last.toISOString().slice(0, 10);
}

const monthsIn = { month: 1, quarter: 3, year: 12 };

/** The month, quarter or year a day is in, or the day itself. */
export function whenOf(day: Day, precision: WhenPrecision): When {
  if (precision === 'day') return day;
  if (precision === 'month') return day.slice(0, 7);
  if (precision === 'year') return day.slice(0, 4);
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** `24 November 2026`, `November 2026`, `the fourth quarter of 2026` or `2026`. */
export function whenInWords(when: When): string {
  const precision = precisionOfWhen(when);
  if (precision === 'day') return dayInWords(when);
  if (precision === 'month') return dayInWords(`${when}-01`).replace(/^1 /, '');
  if (precision === 'quarter')
    return `the ${quarters[Number(when.at(-1)) - 1]!} quarter of ${when.slice(0, 4)}`;
  return when;
}

const quarters = ['first', 'second', 'third', 'fourth'];
