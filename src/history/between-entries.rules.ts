import { dayAfter, dayOf, type Day } from '../dates.js';

type TimelinePage = {
  /** the latest first */
  rows: readonly { occurredAt: Date }[];
  /** from 1 */
  number: number;
  /** when the first entry of the next page happened; null: there is none */
  olderAt: Date | null;
};

type OnADay = { day: Day };

/** What stands between entries: a change of the office's holder, or what happened to a law. */
export type Between<H, M> = { holder: H; milestone: null } | { holder: null; milestone: M };

/** How long before the first entry milestones are still shown: what came earlier says nothing about this recipient. */
const DAYS_BEFORE = 90;

/**
 * What stands between the entries of one page of a recipient's timeline: changes of holder, all of them, and milestones from
 * 90 days before the first entry on. Each is on exactly one page, below whatever happened on its day or later and above
 * whatever happened before. Without entries there is nothing.
 * @param timeZone of the office, in which the days of the entries are told
 * @returns for each entry what stands above it, and one list more for what stands below the last; the latest first
 */
export function betweenEntries<H extends OnADay, M extends OnADay>(
  { holders, milestones }: { holders: readonly H[]; milestones: readonly M[] },
  { rows, number, olderAt }: TimelinePage,
  timeZone: string,
): Between<H, M>[][] {
  const between: Between<H, M>[][] = Array.from({ length: rows.length + 1 }, () => []);
  if (rows.length === 0) return between;
  const days = rows.map(({ occurredAt }) => standsOn(occurredAt, timeZone));
  const newest = number > 1 ? days[0]! : null;
  const older = olderAt && standsOn(olderAt, timeZone);
  const since = older ? '' : daysEarlier(days.at(-1)!, DAYS_BEFORE);
  const isHere = ({ day }: OnADay): boolean => (!newest || day <= newest) && (!older || day > older);
  const here = [
    ...holders.filter(isHere).map((holder) => ({ day: holder.day, holder, milestone: null })),
    ...milestones
      .filter((milestone) => isHere(milestone) && milestone.day >= since)
      .map((milestone) => ({ day: milestone.day, holder: null, milestone })),
  ];
  for (const { day, ...one } of here.sort((a, b) => (a.day > b.day ? -1 : a.day < b.day ? 1 : 0))) {
    const below = days.findIndex((other) => other < day);
    between[below === -1 ? rows.length : below]!.push(one);
  }
  return between;
}

/**
 * The day under which an entry stands: the one in the office's zone, or the one before where it would otherwise be taken for
 * later than it is. What is known only as a day is kept as noon UTC of that day, which is the day after in the earliest
 * zones. It never goes back from an entry to a later one, so that pages cut the timeline anywhere.
 */
function standsOn(instant: Date, timeZone: string): Day {
  const there = dayOf(instant, timeZone);
  const byNoon = dayAfter(dayOf(new Date(instant.getTime() - HALF_A_DAY - 1), 'UTC'));
  return there < byNoon ? there : byNoon;
}

const HALF_A_DAY = 43_200_000;

// a day without a time is read as UTC, where every day has 24 hours
const daysEarlier = (day: Day, days: number): Day =>
  new Date(Date.parse(day) - days * 2 * HALF_A_DAY).toISOString().slice(0, 10);
