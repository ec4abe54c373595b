import { DateTime } from 'luxon';
import type { Day } from '../../../dates.js';

const ZONED = /(z|[+-]\d{2}(:?\d{2})?)$/i;

/** Is it an ISO 8601 date, or a date and time as the Bills API writes them (`2025-09-16T17:08:18.2184786`)? */
export const isDateTime = (text: string): boolean =>
  /^(0001|[12]\d{3})-\d{2}-\d{2}(T|$)/.test(text) && DateTime.fromISO(text).isValid;

/**
 * The calendar day in London of such a text. The API says no zone and means London time; where it does say one, the moment is
 * taken to London. Null for the year 1: an unset date of .NET, which the API is written in.
 */
export function londonDayOf(text: string): Day | null {
  if (text.startsWith('0001')) return null;
  const zoned = text.includes('T') && ZONED.test(text);
  return zoned ? DateTime.fromISO(text, { zone: 'Europe/London' }).toISODate() : text.slice(0, 10);
}
