import { dayAfter, startOfDay, type Day } from '../dates.js';
import type { Place } from '../working-days.js';
import type { ClockFacts } from './clock-entries.rules.js';
import type { Clock } from './clock.rules.js';
import type { Pause } from './clock-calendar.rules.js';
import { isSettled, type Engagement, type Status } from './status.rules.js';

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

type Stretch = Pick<Pause, 'from' | 'until'>;

/** The latest days on end that do not count: pauses that overlap, or follow each other at once, are one. */
function lastStretch(pauses: readonly Pause[]): Stretch | null {
  let stretch: Stretch | null = null;
  for (const { from, until } of pauses.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (!stretch || (stretch.until !== null && from > dayAfter(stretch.until))) stretch = { from, until };
    else if (until === null || stretch.until === null) stretch.until = null;
    else if (until > stretch.until) stretch.until = until;
  }
  return stretch;
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
