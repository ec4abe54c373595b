import { dayInWords, dayOf } from '../dates.js';
import type { FollowUpState } from '../follow-ups/follow-up.rules.js';
import { groupBy } from '../group-by.js';
import { newestOfEachStep } from './cadence.rules.js';

type Row = {
  step: number;
  revision: number;
  state: FollowUpState;
  stateReasons: readonly string[];
  calledOff?: { at?: Date | null } | null;
};

/** The steps that a person had cancelled, and that nobody has planned again since. @param rows of one cadence and recipient */
export const calledOffIn = <R extends Row>(rows: readonly R[]): R[] =>
  newestOfEachStep(rows).filter(({ state, calledOff }) => state === 'cancelled' && Boolean(calledOff?.at));

/**
 * `Steps 2 and 3 on 27 November 2026: Robin Example stopped the cadence.`, a sentence for each thing somebody did
 * @param timeZone in which the day is told
 */
export function calledOffInWords(rows: readonly Row[], timeZone: string): string[] {
  const done = groupBy(rows, ({ stateReasons, calledOff }) =>
    [dayInWords(dayOf(calledOff!.at!, timeZone)), ...stateReasons].join(': '),
  );
  return [...done].map(([what, of]) => {
    const steps = inARow.format(of.map(({ step }) => String(step)));
    return `${of.length === 1 ? 'Step' : 'Steps'} ${steps} on ${what}`;
  });
}

const inARow = new Intl.ListFormat('en-GB');
