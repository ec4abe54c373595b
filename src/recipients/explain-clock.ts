import type { Types } from 'mongoose';
import { dayAfter, dayBefore, dayOf, type Day } from '../dates.js';
import { Entry } from '../history/entry.model.js';
import { standing } from '../history/entry.rules.js';
import { daysOff, holidaysLeftOut, type DayOff } from '../working-days-in-words.js';
import { holidayOn, type Place } from '../working-days.js';
import { clockStateOf, type ClockState } from './clock-state.rules.js';
import { clockOf, type Clock } from './clock.rules.js';
import { closedIn } from './clock-calendar.rules.js';
import type { RecipientRecord } from './recipient.model.js';
import { readStated } from './stated.js';
import { facts, type Facts } from './refresh.js';
import { statusOf, type Stated, type Status } from './status.rules.js';

export type Told = Facts & { text?: string };
/** The entries that stand, and the confirmed stances by which they answered. */
export type Known = { entries: Told[]; stated: readonly Stated[] };
export type ExplainedClock = {
  clock: Clock<Told>;
  state: ClockState;
  status: Status<Told>;
  /** every day that did not count, from the start until the last day in time, or until today in a pause without an end */
  leftOut: DayOff[];
  /** the same in a few words: `8 days of weekends, 26 November 2026 (Thanksgiving Day)` */
  leftOutInWords: string;
};

type Rules = { lateAfter?: number | null; veryLateAfter?: number | null };

/**
 * How the clock of a recipient came to what it says, from the facts rather than from the stored copies.
 */
export function explainClock(
  recipient: RecipientRecord,
  { entries, stated }: Known,
  { lateAfter = null, veryLateAfter = null }: Rules,
  place: Place,
  now: Date,
): ExplainedClock {
  const status = statusOf(entries, stated);
  const clock = clockOf(entries, status, { lateAfter, veryLateAfter, place });
  const until = clock.counted ?? dayOf(now, place.timeZone);
  // a pause without an end goes on until then
  const pauses = clock.pauses.map((pause) => ({ ...pause, until: pause.until ?? until }));
  const paused = closedIn(place, pauses);
  const counts = clock.startedOn !== null && lateAfter !== null;
  return {
    clock,
    state: clockStateOf(recipient, now),
    status,
    leftOut: counts ? daysOff(clock.startedOn!, until, paused) : [],
    leftOutInWords: counts ? inWords(clock.startedOn!, until, paused) : '',
  };
}

/**
 * What stands of a recipient's history. The words of what was decided are shown with it; those of contact may be long, and are
 * on the timeline.
 */
export async function readKnown(recipient: Types.ObjectId): Promise<Known> {
  const [entries, stated, decided] = await Promise.all([
    Entry.find({ recipient }, facts).lean<Facts[]>(),
    readStated([recipient]),
    Entry.find({ recipient, kind: { $in: ['clock pause', 'promise'] } }, { text: 1 }).lean(),
  ]);
  const textOf = new Map(decided.map(({ _id, text }) => [String(_id), text]));
  return {
    entries: standing(entries).map((entry) => ({ ...entry, text: textOf.get(String(entry._id)) ?? '' })),
    stated: stated.get(String(recipient)) ?? [],
  };
}

function inWords(from: Day, until: Day, place: Place): string {
  const weekends = daysOff(from, until, place).filter(({ day }) => holidayOn(day, place) === null).length;
  const { names } = holidaysLeftOut(dayBefore(from), dayAfter(until), place);
  const days = weekends > 0 ? `${weekends} ${weekends === 1 ? 'day' : 'days'} of weekends` : '';
  return [days, names].filter(Boolean).join(', ');
}
