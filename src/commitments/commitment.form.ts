import { z } from 'zod';
import { isDay, type Day } from '../dates.js';
import { asSoonAs, choice, objectId, optionalLink, optionalText, text } from '../web/form.js';
import { stances } from './commitment.rules.js';

const evidence = {
  source: optionalLink(),
  entry: z.union([z.literal(''), objectId('Choose an entry from the list, or none.')]).default(''),
};

/** How a stance is set. `today`: the calendar day where the writer is; nobody has said anything after it. */
export const stanceForm = (today: Day) =>
  z
    .object({
      stance: choice(stances, 'Choose what they said.'),
      on: text('Enter the day on which they said it.', 10)
        .refine(isDay, 'Enter the day as a date such as 2026-11-24.')
        .refine((day) => day <= today, 'That day is still to come. Enter the day on which they said it.'),
      quote: optionalText(2000),
      ...evidence,
      note: optionalText(2000),
    })
    .refine(({ source, entry }) => source || entry, {
      path: ['source'],
      error: 'Give a link to where it can be read, or choose the entry in which they said it.',
      when: asSoonAs(evidence),
    });
export type StanceForm = z.infer<ReturnType<typeof stanceForm>>;

export const takingBackForm = z.object({
  takenBackReason: text('Say why it is taken back, so that a reader understands.', 1000),
});
