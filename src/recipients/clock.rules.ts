import { dayOf, type Day } from '../dates.js';
import { zoneOfDay } from '../history/entry.rules.js';
import type { Place } from '../working-days.js';
import {
  inTimeOrder,
  pausesIn,
  promisedIn,
  startIn,
  type ClockFacts,
  type ClockPause,
  type Promised,
} from './clock-entries.rules.js';
import { clockCalendar, daysCounted, lastDayOf, type ClockCalendar } from './clock-calendar.rules.js';
import { hasAnswered, type Status } from './status.rules.js';

/** After how many working days of the recipient's calendar an answer is late, and very late; null where nobody is ever late. */
export type ClockRules = { lateAfter: number | null; veryLateAfter: number | null; place: Place };

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
  const inOrder = inTimeOrder(entries);
  const dayThere = ({ occurredAt, precision }: Pick<E, 'occurredAt' | 'precision'>): Day =>
    dayOf(occurredAt, zoneOfDay(precision, place.timeZone));
  const start = startIn(inOrder);
  const startedOn = start && dayThere(start);
  const pauses = pausesIn(inOrder, dayThere);
  const promised = promisedIn(inOrder, dayThere);
  const calendar = clockCalendar(place, pauses);
  const answer = startedOn ? answerOf(status, startedOn, dayThere, calendar) : null;
  const lastDay = (days: number | null) =>
    startedOn && days !== null ? lastDayOf(startedOn, days, calendar) : null;
  const counted = lastDay(lateAfter);
  // from the promised day there are as many days to very late as there would be from the counted one
  const afterPromise = promised && lastDayOf(promised.day, (veryLateAfter ?? 0) - (lateAfter ?? 0), calendar);
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

const later = (one: Day | null, other: Day | null): Day | null => (one && other && other > one ? other : one);

function answerOf<E extends ClockFacts>(
  { changes }: Status<E>,
  startedOn: Day,
  dayThere: (entry: E) => Day,
  calendar: ClockCalendar,
): Clock<E>['answer'] {
  const first = changes.find((change) => change.axis === 'engagement' && hasAnswered(change.to));
  if (!first) return null;
  // a stance is known by the day
  const on = first.entry ? dayThere(first.entry) : dayOf(first.at, 'UTC');
  return { entry: first.entry, on, after: on < startedOn ? 0 : daysCounted(startedOn, on, calendar) };
}
