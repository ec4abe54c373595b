import { DateTime } from 'luxon';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** While a source answers, it is asked four times a day. */
const USUALLY = 6 * 60 * MINUTE;
const AFTER_A_FAILURE = 15 * MINUTE;

/**
 * When to ask a source next: six hours on while it answers; after failures a quarter of an hour on, then twice as long
 * each time, a day at the most.
 * @param failures how many readings in a row have failed until now; 0 after one that did not
 * @param retryAt when the source itself asked us to come back; it is never asked sooner
 */
export function backOff(failures: number, now: Date, retryAt?: Date | null): Date {
  const wait = failures > 0 ? Math.min(AFTER_A_FAILURE * 2 ** (failures - 1), DAY) : USUALLY;
  return new Date(Math.max(now.getTime() + wait, retryAt?.getTime() ?? 0));
}

/**
 * The moment a `Retry-After` field names, in seconds from now or as a date (RFC 9110, 10.2.3, and 5.6.7 for the three
 * forms of the date): never before now, at most a day on. Null when there is none, or it is nonsense.
 */
export function readRetryAfter(field: string | undefined, now: Date): Date | null {
  const text = field?.trim() ?? '';
  const at = /^\d+$/.test(text)
    ? now.getTime() + Number(text) * 1000
    : DateTime.fromHTTP(text, { zone: 'utc' }).toMillis();
  if (Number.isNaN(at)) return null;
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + DAY));
}
