import type { Day } from '../dates.js';
import { engagements, type Engagement } from '../recipients/status.rules.js';
import type { Stood } from '../recipients/stood.rules.js';
import { periodsOf, type Unit } from './periods.rules.js';

export type Counts = Record<Engagement, number>;
/** How many stood where at the end of a day; `on` is null for now. */
export type Point = { on: Day | null; counts: Counts; total: number };
export type OverTime = { unit: Unit; points: Point[] };

/**
 * How many recipients stood where at the end of each period since the first was written to, and now.
 * @param histories where each recipient stood on which days
 * @param today the period it is in is not over, and has no column but `now`
 * @returns in time order, the last one now; null where nobody has been written to
 */
export function standingOverTime(histories: readonly (readonly Stood[])[], today: Day): OverTime | null {
  const spans = histories.flat();
  if (spans.length === 0) return null;
  const first = spans.reduce((earliest, { from }) => (from < earliest ? from : earliest), spans[0]!.from);
  const { unit, ends } = periodsOf(first, today);
  // by how much the number changes from one end to the next
  const steps = ends.map(none);
  const now = none();
  for (const { engagement, from, until } of spans) {
    const [begun, gone] = [indexFrom(ends, from), until === null ? ends.length : indexFrom(ends, until)];
    if (begun < ends.length) steps[begun]![engagement] += 1;
    if (gone < ends.length) steps[gone]![engagement] -= 1;
    if (until === null) now[engagement] += 1;
  }
  return { unit, points: [...addUp(ends, steps), pointOf(null, now)] };
}

function addUp(ends: readonly Day[], steps: readonly Counts[]): Point[] {
  const sum = none();
  return ends.map((end, i) => {
    for (const engagement of engagements) sum[engagement] += steps[i]![engagement];
    return pointOf(end, { ...sum });
  });
}

const none = (): Counts => Object.fromEntries(engagements.map((one) => [one, 0])) as Counts;

const pointOf = (on: Day | null, counts: Counts): Point => ({
  on,
  counts,
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
});

/** The place of the first end on which a day has come. */
function indexFrom(ends: readonly Day[], day: Day): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
