import { z } from 'zod';
import { isDay, type Day } from '../dates.js';
import { choice, objectId, optionalText, text } from '../web/form.js';
import { kinds, needsSomebody, type Kind } from './kinds.rules.js';
import { whyNotUntil } from './snooze.rules.js';

const GONE = 'This cannot be put off.';
const which = { kind: choice(kinds, GONE).refine(needsSomebody, GONE), record: objectId(GONE) };

/** Which thing is meant. */
export const snoozedForm = z.object(which);

/** `facts`: what the thing was when the form was opened. */
export const snoozeForm = (kind: Kind, today: Day) =>
  z.object({
    facts: optionalText(500),
    until: text('Choose the day on which it is to come back.')
      .refine(isDay, 'Enter the day as a date such as 2026-11-24.')
      .superRefine((until, context) => {
        const message = isDay(until) && whyNotUntil(until, kind, today);
        if (message) context.addIssue({ code: 'custom', message });
      }),
    reason: optionalText(500),
  });
export type SnoozeForm = z.infer<ReturnType<typeof snoozeForm>>;
