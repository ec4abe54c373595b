import { dayBefore, type Day } from '../dates.js';
import type { Pause } from './clock-calendar.rules.js';
import { weDelivered, type EntryFacts, type Precision } from '../history/entry.rules.js';

export type ClockFacts = EntryFacts & {
  precision: Precision;
  until?: Day | null;
  text?: string;
};

/** A pause of the clock, and the entry that says so. */
export type ClockPause<E> = Pause & { entry: E };

/** The day by which they said they would answer, or do something; `keptOn` once they have spoken after they said so. */
export type Promised<E> = { day: Day; entry: E; keptOn: Day | null };

/** By when they happened, the same whichever was recorded first. */
export const inTimeOrder = <E extends ClockFacts>(entries: readonly E[]): E[] =>
  entries.toSorted(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() || rank(a) - rank(b) || rest(a).localeCompare(rest(b)),
  );

/** Of the same moment: what was sent, what they said, then what was decided about the clock. */
const rank = ({ kind, direction }: EntryFacts): number =>
  kind === 'clock resumption'
    ? 3
    : kind === 'clock pause'
      ? 2
      : direction === 'in' || kind === 'promise'
        ? 1
        : 0;

/** What is left to tell two of a kind at the same moment apart, so that it does not matter which was recorded first. */
const rest = ({ until, precision }: ClockFacts): string => `${until ?? 'open'} ${precision}`;

/**
 * The first of what we sent that did not come back: a bounce undoes the last email before it. Never what was only planned.
 * @param inOrder by when they happened
 */
export function startIn<E extends EntryFacts>(inOrder: readonly E[]): E | null {
  const arrived: E[] = [];
  for (const entry of inOrder) {
    if (weDelivered(entry)) arrived.push(entry);
    // who was met is not somebody whose mail came back, whatever else was ticked
    if (entry.kind === 'meeting' || entry.direction !== 'in' || entry.receivedAs !== 'bounce') continue;
    const undone = arrived.findLastIndex(({ kind }) => kind === 'email');
    if (undone >= 0) arrived.splice(undone, 1);
  }
  return arrived[0] ?? null;
}

export function pausesIn<E extends ClockFacts>(
  inOrder: readonly E[],
  dayThere: (entry: E) => Day,
): ClockPause<E>[] {
  return inOrder
    .map((entry, at) => ({ entry, at }))
    .filter(({ entry }) => entry.kind === 'clock pause')
    .flatMap(({ entry, at }) => {
      const from = dayThere(entry);
      const resumption = inOrder.slice(at + 1).find(({ kind }) => kind === 'clock resumption');
      const ended = resumption && dayBefore(dayThere(resumption));
      const until =
        entry.until && ended ? (entry.until < ended ? entry.until : ended) : (entry.until ?? ended ?? null);
      return until === null || until >= from ? [{ from, until, entry }] : [];
    });
}

/** The last promise counts. It is kept by what they say on a later day: on the same day it may be what they promised it by. */
export function promisedIn<E extends ClockFacts>(
  inOrder: readonly E[],
  dayThere: (entry: E) => Day,
): Promised<E> | null {
  const at = inOrder.findLastIndex(({ kind, until }) => kind === 'promise' && until);
  const entry = inOrder[at];
  if (!entry) return null;
  const kept = inOrder.slice(at + 1).find((one) => speaks(one) && dayThere(one) > dayThere(entry));
  return { day: entry.until!, entry, keptOn: kept ? dayThere(kept) : null };
}

const speaks = ({ kind, direction, receivedAs }: EntryFacts): boolean =>
  kind === 'meeting' || (direction === 'in' && (receivedAs === 'reply' || receivedAs === 'declined'));
