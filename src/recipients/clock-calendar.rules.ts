import { dayBefore, daysBetween, type Day } from '../dates.js';
import { addWorkingDays, workingDaysBetween, type Place } from '../working-days.js';

/** Days that do not count, both included; `until` is null while the end is not known. */
export type Pause = { from: Day; until: Day | null; entry: { text?: string } | null };

/** A place on whose calendar the days of pauses are closed like any others; `stopsOn`: the first day of a pause without an end. */
export type ClockCalendar = { place: Place; stopsOn: Day | null };

/** A pause that is longer than this, in days, has no end that anybody would wait for. */
const LONGEST = 3660;

export function clockCalendar(place: Place, pauses: readonly Pause[]): ClockCalendar {
  const ended = pauses.filter(hasEnd);
  const open = pauses.filter((pause) => !hasEnd(pause)).map(({ from }) => from);
  return { place: closedIn(place, ended), stopsOn: open.toSorted()[0] ?? null };
}

/** The same place, closed while the clock was paused. */
export const closedIn = (place: Place, pauses: readonly (Pause & { until: Day })[]): Place => ({
  ...place,
  closed: [
    ...(place.closed ?? []),
    ...pauses.map(({ from, until, entry }) => ({
      from,
      until,
      name: `The clock was paused: ${entry?.text ?? ''}`,
    })),
  ],
});

const hasEnd = <P extends Pause>(pause: P): pause is P & { until: Day } =>
  pause.until !== null && daysBetween(pause.from, pause.until) <= LONGEST;

/** The day that lies so many counting days after another one; null where a pause without an end comes first. */
export function lastDayOf(from: Day, days: number, { place, stopsOn }: ClockCalendar): Day | null {
  const reached = addWorkingDays(from, days, place);
  return stopsOn !== null && stopsOn <= reached ? null : reached;
}

/** How many counting days lead from one day to another. */
export const daysCounted = (from: Day, to: Day, { place, stopsOn }: ClockCalendar): number =>
  workingDaysBetween(from, stopsOn !== null && stopsOn <= to ? dayBefore(stopsOn) : to, place);
