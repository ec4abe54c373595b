import { dayBefore, startOfDay } from '../dates.js';
import type { HolderChange } from '../organisations/holder.rules.js';

type TimelinePage = {
  /** the latest first */
  rows: readonly { occurredAt: Date }[];
  /** from 1 */
  number: number;
  /** when the first entry of the next page happened; null: there is none */
  olderAt: Date | null;
};

/**
 * Where the changes of an office's holder stand on one page of its timeline: each on exactly one page, below whatever
 * happened on its day or later and above whatever happened before.
 * @param timeZone of the office, in which the day begins
 * @returns for each entry the changes above it, and one list more for those below the last; the latest first
 */
export function holdersBetween<H>(
  changes: readonly HolderChange<H>[],
  { rows, number, olderAt }: TimelinePage,
  timeZone: string,
): HolderChange<H>[][] {
  const between: HolderChange<H>[][] = Array.from({ length: rows.length + 1 }, () => []);
  const first = rows[0];
  if (!first) return between;
  for (const change of changes) {
    const from = begins(change.day, timeZone);
    const isOnEarlierPage = number > 1 && from > first.occurredAt;
    const isOnLaterPage = olderAt !== null && from <= olderAt;
    if (isOnEarlierPage || isOnLaterPage) continue;
    const below = rows.findIndex(({ occurredAt }) => occurredAt < from);
    between[below === -1 ? rows.length : below]!.push(change);
  }
  return between;
}

/** What is known only as a day is kept as noon UTC of that day, and no noon of the day before counts, however early a zone is. */
const begins = (day: string, timeZone: string): Date =>
  new Date(Math.max(startOfDay(day, timeZone).getTime(), Date.parse(`${dayBefore(day)}T12:00Z`) + 1));
