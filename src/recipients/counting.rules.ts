import { dayAfter, type Day } from '../dates.js';
import { isWorkingDay, type Place } from '../sending-window.js';

/** Days that do not count, both included; `until` is null while the end is not known. */
export type Pause = { from: Day; until: Day | null };

/** In a pause without an end the days do not come to one; no campaign asks for more. */
const LONGEST = 3660;

/** A day between the start and the last day in time that did not count, and why. */
export type LeftOut = { day: Day; why: string };

/** Every day that does not count from one to another, both included, each with its reason. */
export function daysLeftOut(
  from: Day,
  until: Day,
  place: Place,
  pauses: readonly (Pause & { entry: { text?: string } })[],
  why: (day: Day) => string,
): LeftOut[] {
  const left: LeftOut[] = [];
  for (let day = from; day <= until; day = dayAfter(day)) {
    const pause = pauses.find((one) => covers(one, day));
    if (pause) left.push({ day, why: `The clock was paused: ${pause.entry.text ?? ''}` });
    else if (!isWorkingDay(day, place)) left.push({ day, why: why(day) });
  }
  return left;
}

/**
 * The day that lies so many counting days after another one; a day that does not count is as the next one that does.
 * @returns null where a pause without an end comes first
 */
export function countDays(from: Day, days: number, place: Place, pauses: readonly Pause[]): Day | null {
  let [reached, left] = [from, days];
  for (let walked = 0; walked < LONGEST; walked += 1) {
    const pause = pauses.find((one) => covers(one, reached));
    if (pause?.until === null) return null;
    const counts = !pause && isWorkingDay(reached, place);
    if (counts && left === 0) return reached;
    if (counts) left -= 1;
    reached = dayAfter(reached);
  }
  return null;
}

/** How many counting days lie between two days: counted on from the first, so many lead to the second. */
export function countedBetween(from: Day, to: Day, place: Place, pauses: readonly Pause[]): number {
  let count = 0;
  let begun = false;
  for (let day = from; day <= to; day = dayAfter(day)) {
    if (!isWorkingDay(day, place) || pauses.some((one) => covers(one, day))) continue;
    if (begun) count += 1;
    begun = true;
  }
  return count;
}

const covers = ({ from, until }: Pause, day: Day): boolean => from <= day && (until === null || day <= until);
