import { isDay, type Day } from '../../../dates.js';
import { isLikelyYear } from './likely-year.js';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** RFC 822 as RFC 2822 widened it (section 4.3): the weekday, the seconds and the zone may be missing, months written out. */
const MAIL_DATE =
  /^(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?[\s-]+(\d{2,4})(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:[+-]\d{2}:?\d{2}|[a-z]{1,5}))?)?(?:\s*\([^()]*\))?$/i;

/** RFC 3339 and its day alone, also with a space for the `T`. */
const ISO_DATE =
  /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * The calendar day of a date in a feed, RFC 822, RFC 3339 or a day alone: the day that is written there, in the zone it is
 * written in, so `Tue, 24 Nov 2026 23:30:00 EST` is 24 November. Null where it is none or no likely one.
 */
export function dayOfFeedDate(text: string): Day | null {
  const date = text.trim().slice(0, 100);
  const day = ISO_DATE.exec(date)?.[1] ?? dayOfMailDate(date);
  return day && isDay(day) && isLikelyYear(day) ? day : null;
}

function dayOfMailDate(date: string): string | null {
  const [, day, month, year] = MAIL_DATE.exec(date) ?? [];
  if (!day || !month || !year) return null;
  const number = months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return `${fullYear(year)}-${two(number)}-${two(Number(day))}`;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** RFC 2822, section 4.3: two digits below 50 are of this century, other two or three of the last. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year + (digits.length === 2 && year < 50 ? 2000 : 1900);
}
