import { DateTime, Info } from 'luxon';
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

const monthsIn = { month: 1, quarter: 3, year: 12 };

function endsOf(first: Day, today: Day, unit: Unit): Day[] {
  const { year, month, day } = DateTime.fromISO(first, { zone: 'utc' }).startOf(unit);
  // months count from 0 there, and the day before the first of one is its day 0
  const endOf = (n: number): Day =>
    new Date(
      unit === 'week'
        ? Date.UTC(year, month - 1, day + 7 * n - 1)
        : Date.UTC(year, month - 1 + monthsIn[unit] * n, 0),
    )
      .toISOString()
      .slice(0, 10);
  const ends: Day[] = [];
  for (let end = endOf(1); end < today; end = endOf(ends.length + 1)) {
    ends.push(end);
    if (ends.length > MOST && unit !== 'year') break;
  }
  return ends;
}

const months = Info.months('short', { locale: 'en-GB' });

/** How the column of a period is called: `22 Nov`, `Nov`, `Q4`; with its year where that is asked for. */
export function periodName(end: Day, unit: Unit, withYear: boolean): string {
  const [year, month, day] = end.split('-').map(Number) as [number, number, number];
  if (unit === 'year') return String(year);
  const name = months[month - 1]!;
  const short = { week: `${day} ${name}`, month: name, quarter: `Q${Math.ceil(month / 3)}` }[unit];
  return withYear ? `${short} ${year}` : short;
}
