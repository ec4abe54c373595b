import type { FollowUpState } from '../follow-ups/follow-up.rules.js';
import { dayInWords, dayOf, instantInWords, instantOf, type Day } from '../dates.js';
import { isInWindow, nextInWindow, type SendingWindow } from '../sending-window.js';
import { addWorkingDays, isWorkingDay, type Place } from '../working-days.js';
import { countedFrom, holidaysLeftOut, withoutHolidays } from '../working-days-in-words.js';

/** A cadence ends: nobody is written to for ever. */
export const MOST_STEPS = 10;

/** The longest gap between two steps, in working days: about half a year. */
export const LONGEST_GAP = 120;

/** The hour at which a step leaves, on the recipient's clock, where the sending window allows it. */
const USUAL_HOUR = 10;

/** What a step follows, such as `the last contact` or `step 1`; `planned` until it has happened, `cancelled` where it never will. */
export type After = { day: Day; what: string; planned: boolean; cancelled?: true };

/** When a step leaves, and in one sentence how that was found. */
export type StepTime = { dueAt: Date; how: string };

/**
 * So many working days of the recipient's calendar after what the step follows, at the usual time; on the next working
 * day after today where that has passed.
 * @param gap in working days, from 1
 * @param soFar when it was to leave so far: what was put off to today is not put off once more
 */
export function stepTime(
  after: After,
  gap: number,
  place: Place,
  window: SendingWindow,
  now: Date,
  soFar: Date | null = null,
): StepTime {
  const counted = addWorkingDays(after.day, gap, place);
  const dueAt = onDay(counted, place, window);
  const days = `${gap} working ${gap === 1 ? 'day' : 'days'} after ${after.what}`;
  const counting = `${days}${onIts(after)}${countedFrom(after.day, place)}`;
  if (dueAt > now)
    return { dueAt, how: `${counting}${leftOut(after.day, counted, place)}.${withoutHolidays(place)}` };
  const today = dayOf(now, place.timeZone);
  const next = addWorkingDays(today, isWorkingDay(today, place) ? 1 : 0, place);
  const usual = onDay(next, place, window);
  const stays = soFar && soFar > now && soFar < usual && isInWindow(soFar, place, window);
  const putOffTo = stays ? soFar : usual;
  return {
    dueAt: putOffTo,
    how: `${counting} would have been ${instantInWords(dueAt, place.timeZone)}. That has passed, so it is the next working day${leftOut(today, dayOf(putOffTo, place.timeZone), place)}.${withoutHolidays(place)}`,
  };
}

export const waitsForPromise = (day: Day): string =>
  `They promised an answer by ${dayInWords(day)}. It waits until then.`;

/** ` on 26 November 2026`, or what is to be on that day, or was */
function onIts({ day, planned, cancelled }: After): string {
  if (cancelled) return `, which is cancelled and was to leave on ${dayInWords(day)}`;
  return planned ? `, which is planned for ${dayInWords(day)}` : ` on ${dayInWords(day)}`;
}

/** A day that something outside of a cadence gives its first step, and in one sentence how it was found. */
export type GivenDay = { day: Day; how: string };

/**
 * On the day that was given, at the usual time; where that has passed, as soon as mail may leave. Whether it is too late by
 * then is for the send gate to say.
 * @param soFar when it was to leave so far: what was put off once is not put off again
 */
export function givenTime(
  { day, how }: GivenDay,
  place: Place,
  window: SendingWindow,
  now: Date,
  soFar: Date | null = null,
): StepTime {
  const dueAt = onDay(day, place, window);
  if (dueAt > now) return { dueAt, how };
  const stays = soFar && soFar > now && isInWindow(soFar, place, window);
  return {
    dueAt: stays ? soFar : nextInWindow(now, place, window),
    how: `${how} That has passed, so it is due as soon as mail may leave.`,
  };
}

/** At the usual hour, or when the window opens that day; at noon where the clocks skip that. */
function onDay(day: Day, place: Place, window: SendingWindow): Date {
  const { fromHour, untilHour } = window;
  const hour = fromHour <= USUAL_HOUR && USUAL_HOUR < untilHour ? USUAL_HOUR : fromHour;
  const at = (time: number) => instantOf(day, `${String(time).padStart(2, '0')}:00`, place.timeZone);
  return nextInWindow(at(hour) ?? at(12)!, place, window);
}

/** `, without 26 November 2026 (Thanksgiving Day), a holiday there`, or `, no working days there` where some are closures */
function leftOut(from: Day, until: Day, place: Place): string {
  const { count, names, arePublic } = holidaysLeftOut(from, until, place);
  const [one, several] = arePublic ? ['a holiday', 'holidays'] : ['no working day', 'no working days'];
  return count === 0 ? '' : `, without ${names}, ${count === 1 ? one : several} there`;
}

type Step = { step: number; revision: number; state: FollowUpState };

/**
 * Of each step what was planned last, in order, also where that is cancelled: unless it was cancelled because the one before it
 * turned out to have gone. That one counts then, in a start and whenever what is left of it is counted anew.
 */
export const newestOfEachStep = <S extends Step>(rows: readonly S[]): S[] =>
  rows
    .filter((row) => !rows.some((other) => other.step === row.step && isInPlaceOf(other, row)))
    .toSorted((a, b) => a.step - b.step);

function isInPlaceOf(other: Step, row: Step): boolean {
  if (other.state === 'sent' && row.state === 'cancelled') return true;
  return other.revision > row.revision && !(row.state === 'sent' && other.state === 'cancelled');
}

/** A chain as it leaves: the same without the cancelled steps. */
export const latestOfEachStep = <S extends Step>(rows: readonly S[]): S[] =>
  newestOfEachStep(rows).filter(({ state }) => state !== 'cancelled');
