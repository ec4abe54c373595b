import { DateTime } from 'luxon';
import type { Day } from '../dates.js';

export const units = ['week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof units)[number];

/** More columns than this are neither drawn nor read. */
const MOST = 36;

/**
 * The last days of the periods that are over, from the one a day is in until yesterday, in the smallest unit in which they
 * are few enough to look at. Weeks end on a Sunday.
 */
export function periodsOf(first: Day, today: Day): { unit: Unit; ends: Day[] } {
  for (const unit of units) {
    const ends = endsOf(first, today, unit);
    if (ends.length <= MOST || unit === 'year') return { unit, ends };
  }
  throw new Error('There is no larger unit than a year.');
}

function endsOf(first: Day, today: Day, unit: Unit): Day[] {
  const ends: Day[] = [];
  let start = DateTime.fromISO(first, { zone: 'utc' }).startOf(unit);
  for (;;) {
    const next = start.plus({ [unit]: 1 });
    const end = next.minus({ days: 1 }).toISODate()!;
    if (end >= today) return ends;
    ends.push(end);
    start = next;
  }
}

/** How the column of a period is called: `22 Nov`, `Nov`, `Q4`; with its year where that is asked for. */
export function periodName(end: Day, unit: Unit, withYear: boolean): string {
  const day = DateTime.fromISO(end, { zone: 'utc', locale: 'en-GB' });
  if (unit === 'year') return day.toFormat('yyyy');
  const format = { week: 'd LLL', month: 'LLL', quarter: "'Q'q" }[unit];
  return day.toFormat(withYear ? `${format} yyyy` : format);
}
