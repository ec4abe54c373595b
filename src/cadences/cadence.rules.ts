import type { FollowUpState } from '../follow-ups/follow-up.rules.js';
import { dayInWords, dayOf, instantOf, type Day } from '../dates.js';
import {
  addWorkingDays,
  holidaysBetween,
  nextInWindow,
  type Place,
  type SendingWindow,
} from '../sending-window.js';

/** A cadence ends: nobody is written to for ever. */
export const MOST_STEPS = 10;

/** The longest gap between two steps, in working days: about half a year. */
export const LONGEST_GAP = 120;

/** The time of day at which a step leaves, on the recipient's clock, where the sending window allows it. */
const USUAL_TIME = '10:00';

/** What a step follows, such as `the last contact` or `step 1`; `planned` until it has happened. */
export type After = { day: Day; what: string; planned: boolean };

/** When a step leaves, and in one sentence how that was found. */
export type StepTime = { dueAt: Date; how: string };

/**
 * So many working days of the recipient's calendar after what the step follows, at the usual time; on the next working
 * day after today where that has passed.
 * @param gap in working days, from 1
 */
export function stepTime(
  after: After,
  gap: number,
  place: Place,
  window: SendingWindow,
  now: Date,
): StepTime {
  const counted = addWorkingDays(after.day, gap, place);
  const dueAt = onDay(counted, place, window);
  const days = `${gap} working ${gap === 1 ? 'day' : 'days'} after ${after.what}`;
  const from = after.planned
    ? `, which is planned for ${dayInWords(after.day)}`
    : ` on ${dayInWords(after.day)}`;
  if (dueAt > now) return { dueAt, how: `${days}${from}${leftOut(after.day, counted, place)}.` };
  const today = dayOf(now, place.timeZone);
  const next = addWorkingDays(today, 1, place);
  return {
    dueAt: onDay(next, place, window),
    how: `${days}${from} would have been ${dayInWords(counted)}. That has passed, so it is the next working day${leftOut(today, next, place)}.`,
  };
}

/** Noon where the clocks skip the usual time that day. */
const onDay = (day: Day, place: Place, window: SendingWindow): Date =>
  nextInWindow(
    instantOf(day, USUAL_TIME, place.timeZone) ?? instantOf(day, '12:00', place.timeZone)!,
    place,
    window,
  );

/** `, without 26 November 2026 (Thanksgiving Day), a holiday there` */
function leftOut(from: Day, until: Day, place: Place): string {
  const holidays = holidaysBetween(from, until, place).map(({ day, name }) => `${dayInWords(day)} (${name})`);
  if (holidays.length === 0) return '';
  return `, without ${holidays.join(' and ')}, ${holidays.length === 1 ? 'a holiday' : 'holidays'} there`;
}

type Step = { step: number; revision: number; state: FollowUpState };

/** A chain as it counts: of each step what was planned last, in order; a cancelled step is skipped. */
export const latestOfEachStep = <S extends Step>(rows: readonly S[]): S[] =>
  rows
    .filter((row) => !rows.some((other) => other.step === row.step && other.revision > row.revision))
    .filter(({ state }) => state !== 'cancelled')
    .toSorted((a, b) => a.step - b.step);
