import { z } from 'zod';
import { LONGEST_GAP } from '../cadences/cadence.rules.js';
import { isDay, type Day } from '../dates.js';
import { choice, objectId, optionalText, several, text } from '../web/form.js';
import type { TriggerRecord } from './trigger.model.js';
import { bases, sides, thresholds, type Effect } from './trigger.rules.js';

const NO_DAYS = `Enter how many working days, from 0 to ${LONGEST_GAP}.`;

const timing = {
  milestone: objectId('Choose a milestone from the list.'),
  days: z
    .string(NO_DAYS)
    .trim()
    .regex(/^\d{1,3}$/, NO_DAYS)
    .transform(Number)
    .refine((days) => days <= LONGEST_GAP, NO_DAYS),
  side: choice(sides, 'Choose before or after.'),
  basis: choice(bases, 'Choose which date of the milestone counts.'),
};

const NOT_AFTER_ALL = 'Before something has happened only the expected date is known. Choose that, or after.';

/** What each effect asks for beside its timing. */
const effectFields = {
  'plan cadence': () =>
    z.object({
      ...timing,
      cadence: objectId('Choose a cadence from the list.'),
      ask: objectId('Choose an ask from the list.'),
      below: choice(thresholds as [string, ...string[]], 'Choose a stance from the list.'),
    }),
  'remind staff': () =>
    z.object({
      ...timing,
      staff: several()
        .pipe(z.array(objectId('Choose people from the list.')))
        .refine((people) => people.length > 0, 'Tick at least one person.'),
      text: text('Write what they are to be told.', 2000),
    }),
  'show notice': (today: Day) =>
    z.object({
      ...timing,
      text: text('Write what partners are to read.', 500),
      until: optionalText(10).refine(
        (day) => day === '' || (isDay(day) && day >= today),
        'Enter a date that is not over, such as 2026-11-30, or leave it empty.',
      ),
    }),
} satisfies Record<Effect, unknown>;

/** `today`: the calendar day where the campaign is. */
export const triggerForm = (effect: Effect, today: Day) =>
  (effectFields[effect](today) as z.ZodType<TriggerForm>).refine(
    ({ side, basis }) => side === 'after' || basis === 'expected',
    { path: ['basis'], message: NOT_AFTER_ALL },
  );

export type TriggerForm = Pick<TriggerRecord, 'days' | 'side' | 'basis'> & {
  milestone: string;
  cadence?: string;
  ask?: string;
  below?: NonNullable<TriggerRecord['below']>;
  staff?: string[];
  text?: string;
  until?: string;
};

export const toFormValues = (trigger: TriggerRecord): Record<string, unknown> => ({
  milestone: String(trigger.milestone),
  days: trigger.days,
  side: trigger.side,
  basis: trigger.basis,
  cadence: String(trigger.cadence ?? ''),
  ask: String(trigger.ask ?? ''),
  below: trigger.below ?? '',
  staff: (trigger.staff ?? []).map(String),
  text: trigger.text,
  until: trigger.until,
});
