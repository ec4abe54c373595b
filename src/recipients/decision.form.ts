import { z } from 'zod';
import { dayOf, isDay, type Day } from '../dates.js';
import { isLongAgo, LONG_AGO } from '../history/entry.rules.js';
import { asSoonAs, optionalText, text } from '../web/form.js';

/** What staff decide or learn about a recipient besides contact; each becomes an entry of that kind. */
export const decisions = {
  promises: 'promise',
  'clock-pauses': 'clock pause',
  'clock-resumptions': 'clock resumption',
  closings: 'closing',
  reopenings: 'reopening',
} as const;
export type Decision = keyof typeof decisions;

const NOT_A_DAY = 'Enter the day as a date such as 2026-11-24.';
const aDay = (missing: string) => text(missing).refine(isDay, NOT_A_DAY);
const noDay = optionalText(10).refine((value) => value === '' || isDay(value), NOT_A_DAY);

const reason = (missing: string) => text(missing, 2000);

/** `on`: the day it happened or begins, `until`: the day promised or the last one of a pause; calendar days where the recipient is. */
export const decisionForm = (decision: Decision, zone: string, now: Date) => {
  if (decision === 'closings' || decision === 'reopenings')
    return z
      .object({ reason: reason('Say why, in a sentence: whoever wonders later reads it.') })
      .transform((form) => ({ on: null as Day | null, until: null as Day | null, ...form }));
  const fields = {
    on: aDay('Enter the day.')
      .refine(
        (day) => !isDay(day) || day <= dayOf(now, zone),
        'That day is still to come where they are. Enter today there, or an earlier day.',
      )
      .refine((day) => !isDay(day) || !isLongAgo(day), LONG_AGO),
    until: decision === 'promises' ? aDay('Enter the day they promised.') : noDay,
    reason: decision === 'clock-pauses' ? reason('Say why its days do not count.') : optionalText(2000),
  };
  return z
    .object(fields)
    .refine(({ on, until }) => until === '' || until >= on, {
      path: ['until'],
      error: 'This is before the other day. Enter that day or a later one.',
      when: asSoonAs({ on: fields.on, until: fields.until }),
    })
    .transform(({ on, until, reason: why }) => ({ on: on as Day | null, until: until || null, reason: why }));
};
export type DecisionForm = z.infer<ReturnType<typeof decisionForm>>;
