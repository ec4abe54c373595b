import { z } from 'zod';
import { isDay } from '../dates.js';
import { asSoonAs, text } from '../web/form.js';
import { daysClosed, LONGEST_CLOSURE } from './closed.rules.js';

const from = text('Enter the first day.', 10).refine(isDay, 'Enter a date such as 2026-11-30.');
const until = text('Enter the last day.', 10).refine(isDay, 'Enter a date such as 2026-11-30.');

export const closureForm = z
  .object({ from, until, name: text('Say why they are closed, for example Works holiday.', 100) })
  .refine(({ from, until }) => from <= until, {
    path: ['until'],
    error: 'The last day cannot be before the first.',
    when: asSoonAs({ from, until }),
  })
  .refine((days) => daysClosed(days) <= LONGEST_CLOSURE, {
    path: ['until'],
    error: `A closure lasts ${LONGEST_CLOSURE} days at most. Check the year, or say on the recipient’s page that writing to them is paused.`,
    when: asSoonAs({ from, until }),
  });
export type ClosureForm = z.infer<typeof closureForm>;
