import { dayAfter, dayBefore, dayOf, startOfDay, type Day } from '../dates.js';
import { weDelivered, zoneOfDay, type EntryFacts, type Precision } from '../history/entry.rules.js';
import { isWorkingDay, type Place } from '../sending-window.js';
import { hasAnswered, isSettled, type Engagement, type Status } from './status.rules.js';

/** After how many working days of the recipient's calendar an answer is late, and very late; null where nobody is ever late. */
export type ClockRules = { lateAfter: number | null; veryLateAfter: number | null; place: Place };

export type ClockFacts = EntryFacts & {
  precision: Precision;
  until?: Day | null;
  text?: string;
};

/** Days that do not count, both included; `until` is null while the end is not known. */
export type ClockPause<E> = { from: Day; until: Day | null; entry: E };

/** The day by which they said they would answer, or do something; `keptOn` once they have spoken after they said so. */
export type Promised<E> = { day: Day; entry: E; keptOn: Day | null };

export type Clock<E> = {
  /** what they got the letter by; the clock does not run without one */
  start: E | null;
  startedOn: Day | null;
  pauses: ClockPause<E>[];
  promised: Promised<E> | null;
  /** what they answered by first, and how many working days after the start; null while nothing has been said */
  answer: { entry: E | null; on: Day; after: number } | null;
  /** the last day in time, by count alone; null while a pause has no end, and where nobody is ever late */
  counted: Day | null;
  /** the last day in time, and the last on which it is no more than late. On the recipient's calendar */
  dueOn: Day | null;
  veryLateAfter: Day | null;
};

/** In a pause without an end the days do not come to one; no campaign asks for more. */
const LONGEST = 3660;

/**
 * Reads the clock from what happened.
 * @param entries those that stand, in any order
 * @param status as it follows from the same entries
 */
export function clockOf<E extends ClockFacts>(
  entries: readonly E[],
  status: Status<E>,
  { lateAfter, veryLateAfter, place }: ClockRules,
): Clock<E> {
  const inOrder = entries.toSorted(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() || rank(a) - rank(b) || rest(a).localeCompare(rest(b)),
  );
  const dayThere = ({ occurredAt, precision }: Pick<E, 'occurredAt' | 'precision'>): Day =>
    dayOf(occurredAt, zoneOfDay(precision, place.timeZone));
  const start = startIn(inOrder);
  const startedOn = start && dayThere(start);
  const pauses = pausesIn(inOrder, dayThere);
  const promised = promisedIn(inOrder, dayThere);
  const answer = startedOn ? answerOf(status, startedOn, { dayThere, place, pauses }) : null;
  const lastDay = (days: number | null) =>
    startedOn && days !== null ? countDays(startedOn, days, place, pauses) : null;
  const counted = lastDay(lateAfter);
  // from the promised day there are as many days to very late as there would be from the counted one
  const afterPromise =
    promised && countDays(promised.day, (veryLateAfter ?? 0) - (lateAfter ?? 0), place, pauses);
  return {
    start,
    startedOn,
    pauses,
    promised,
    answer,
    counted,
    dueOn: later(counted, promised?.day ?? null),
    veryLateAfter: promised && !afterPromise ? null : later(lastDay(veryLateAfter), afterPromise),
  };
}

/** What is stored for lists: instants, and the days they were found from. All null where no answer is awaited. */
export type ClockCopies = {
  clockStartedAt: Date | null;
  answerDueOn: Day | null;
  lastDayFrom: Date | null;
  lateFrom: Date | null;
  veryLateFrom: Date | null;
  promisedFor: Day | null;
  promisePassedFrom: Date | null;
  clockPausedFrom: Date | null;
  clockPausedUntil: Date | null;
  answeredAfter: number | null;
};

export function clockCopies<E extends ClockFacts>(
  clock: Clock<E>,
  { engagement }: Pick<Status<E>, 'engagement'>,
  { timeZone }: Place,
): ClockCopies {
  const runs = clock.start !== null && !isSettled(engagement);
  const { promised } = clock;
  const awaited = promised && !promised.keptOn && engagement !== 'closed' ? promised.day : null;
  const pause = runs ? lastStretch(clock.pauses) : null;
  const afterDay = (day: Day | null): Date | null =>
    day === null ? null : startOfDay(dayAfter(day), timeZone);
  return {
    clockStartedAt: clock.start?.occurredAt ?? null,
    answerDueOn: runs ? clock.dueOn : null,
    lastDayFrom: runs && clock.dueOn ? startOfDay(clock.dueOn, timeZone) : null,
    lateFrom: runs ? afterDay(clock.dueOn) : null,
    veryLateFrom: runs ? afterDay(clock.veryLateAfter) : null,
    promisedFor: awaited,
    promisePassedFrom: afterDay(awaited),
    clockPausedFrom: pause ? startOfDay(pause.from, timeZone) : null,
    clockPausedUntil: pause ? afterDay(pause.until) : null,
    answeredAfter: clock.answer?.after ?? null,
  };
}

export const clockStates = ['not started', 'running', 'paused', 'late', 'very late', 'stopped'] as const;
export type ClockState = (typeof clockStates)[number];
export const clockStateNames: Record<ClockState, string> = {
  'not started': 'The clock has not started',
  running: 'In time',
  paused: 'The clock is paused',
  late: 'Late',
  'very late': 'Very late',
  stopped: 'The clock has stopped',
};

/** What the clock says at an instant, from what is stored. */
export function clockStateOf(
  recipient: { engagement: Engagement } & { [name in keyof ClockCopies]?: ClockCopies[name] | undefined },
  now: Date,
): ClockState {
  const { engagement, clockStartedAt, lateFrom, veryLateFrom, clockPausedFrom, clockPausedUntil } = recipient;
  if (isSettled(engagement)) return 'stopped';
  if (!clockStartedAt) return 'not started';
  // a pause moves what is still ahead: what was late before it stays late, here as in the lists
  if (veryLateFrom && veryLateFrom <= now) return 'very late';
  if (lateFrom && lateFrom <= now) return 'late';
  const isPaused = clockPausedFrom && clockPausedFrom <= now && (!clockPausedUntil || now < clockPausedUntil);
  return isPaused ? 'paused' : 'running';
}

/** A day between the start and the last day in time that did not count, and why. */
export type LeftOut = { day: Day; why: string };

/** Every day that does not count from one to another, both included, each with its reason. */
export function daysLeftOut<E extends ClockFacts>(
  from: Day,
  until: Day,
  place: Place,
  pauses: readonly ClockPause<E>[],
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
export function countDays<E>(
  from: Day,
  days: number,
  place: Place,
  pauses: readonly ClockPause<E>[],
): Day | null {
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
export function countedBetween<E>(
  from: Day,
  to: Day,
  place: Place,
  pauses: readonly ClockPause<E>[],
): number {
  let count = 0;
  let begun = false;
  for (let day = from; day <= to; day = dayAfter(day)) {
    if (!isWorkingDay(day, place) || pauses.some((one) => covers(one, day))) continue;
    if (begun) count += 1;
    begun = true;
  }
  return count;
}

const covers = <E>({ from, until }: ClockPause<E>, day: Day): boolean =>
  from <= day && (until === null || day <= until);

const later = (one: Day | null, other: Day | null): Day | null => (one && other && other > one ? other : one);

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
function startIn<E extends EntryFacts>(inOrder: readonly E[]): E | null {
  const arrived: E[] = [];
  for (const entry of inOrder) {
    if (weDelivered(entry)) arrived.push(entry);
    if (entry.direction !== 'in' || entry.receivedAs !== 'bounce') continue;
    const undone = arrived.findLastIndex(({ kind }) => kind === 'email');
    if (undone >= 0) arrived.splice(undone, 1);
  }
  return arrived[0] ?? null;
}

function pausesIn<E extends ClockFacts>(inOrder: readonly E[], dayThere: (entry: E) => Day): ClockPause<E>[] {
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

/** The latest days on end that do not count: pauses that overlap, or follow each other at once, are one. */
function lastStretch<E>(pauses: readonly ClockPause<E>[]): Pick<ClockPause<E>, 'from' | 'until'> | null {
  let stretch: Pick<ClockPause<E>, 'from' | 'until'> | null = null;
  for (const { from, until } of pauses.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (!stretch || (stretch.until !== null && from > dayAfter(stretch.until))) stretch = { from, until };
    else if (until === null || stretch.until === null) stretch.until = null;
    else if (until > stretch.until) stretch.until = until;
  }
  return stretch;
}

/** The last promise counts. It is kept by what they say on a later day: on the same day it may be what they promised it by. */
function promisedIn<E extends ClockFacts>(
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

type Calendar<E> = { dayThere: (entry: E) => Day; place: Place; pauses: readonly ClockPause<E>[] };

function answerOf<E extends ClockFacts>(
  { changes }: Status<E>,
  startedOn: Day,
  { dayThere, place, pauses }: Calendar<E>,
): Clock<E>['answer'] {
  const first = changes.find((change) => change.axis === 'engagement' && hasAnswered(change.to));
  if (!first) return null;
  // a stance is known by the day
  const on = first.entry ? dayThere(first.entry) : dayOf(first.at, 'UTC');
  return { entry: first.entry, on, after: on < startedOn ? 0 : countedBetween(startedOn, on, place, pauses) };
}
