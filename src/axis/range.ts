import { DateTime } from 'luxon';
import { weekOf, type Day } from '../dates.js';

/**
 * From the first of some days to the last with two weeks of air, the start a Monday; no further from today than so many
 * years, within which a week can still be seen.
 */
export function rangeOf(
  days: readonly Day[],
  today: Day,
  years: { back: number; ahead: number },
): { from: Day; to: Day } {
  const now = DateTime.fromISO(today, { zone: 'utc' });
  const first = DateTime.fromISO(
    days.reduce((a, b) => (b < a ? b : a)),
    { zone: 'utc' },
  );
  const last = DateTime.fromISO(
    days.reduce((a, b) => (b > a ? b : a)),
    { zone: 'utc' },
  );
  return {
    from: weekOf(
      DateTime.max(first, now.minus({ years: years.back }))
        .minus({ weeks: 2 })
        .toISODate()!,
    ),
    to: DateTime.min(last, now.plus({ years: years.ahead }))
      .plus({ weeks: 2 })
      .toISODate()!,
  };
}
