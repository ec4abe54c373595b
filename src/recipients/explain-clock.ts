import { dayAfter, dayBefore, dayOf, type Day } from '../dates.js';
import { daysOff, holidaysLeftOut, withoutHolidays, type DayOff } from '../working-days-in-words.js';
import { holidayOn, type Place } from '../working-days.js';
import { clockStateOf, type ClockState } from './clock-state.rules.js';
import { clockOf, type Clock } from './clock.rules.js';
import { closedIn } from './clock-calendar.rules.js';
import type { RecipientRecord } from './recipient.model.js';
import type { Known, Told } from './known.js';
import { statusOf, type Status } from './status.rules.js';

export type ExplainedClock = {
  clock: Clock<Told>;
  state: ClockState;
  status: Status<Told>;
  /** every day that did not count, from the start until the last day in time, or until today in a pause without an end */
  leftOut: DayOff[];
  /** the same in a few words: `8 days of weekends, 26 November 2026 (Thanksgiving Day)` */
  leftOutInWords: string;
  /** a sentence where the count knows of no public holidays */
  holidaysUnknown: string;
};

type Rules = { lateAfter?: number | null; veryLateAfter?: number | null };

/**
 * How the clock of a recipient came to what it says, from the facts rather than from the stored copies.
 */
export function explainClock(
  recipient: RecipientRecord,
  { entries, stated }: Pick<Known, 'entries' | 'stated'>,
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
    holidaysUnknown: withoutHolidays(place),
  };
}

function inWords(from: Day, until: Day, place: Place): string {
  const weekends = daysOff(from, until, place).filter(({ day }) => holidayOn(day, place) === null).length;
  const { names } = holidaysLeftOut(dayBefore(from), dayAfter(until), place);
  const days = weekends > 0 ? `${weekends} ${weekends === 1 ? 'day' : 'days'} of weekends` : '';
  return [days, names].filter(Boolean).join(', ');
}
