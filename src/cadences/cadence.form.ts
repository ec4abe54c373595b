import { z } from 'zod';
import { objectId, optionalText, several, text } from '../web/form.js';
import type { CadenceRecord } from './cadence.model.js';
import { LONGEST_GAP, MOST_STEPS } from './cadence.rules.js';

type Typed = Record<string, unknown>;

/** The steps are the fields `template1` and `gap1`, and on; one without a template is left out. */
const stepsOf = (typed: Typed) =>
  Array.from({ length: MOST_STEPS }, (_, i) => ({
    n: i + 1,
    template: typed[`template${i + 1}`],
    gap: typed[`gap${i + 1}`],
  })).filter(({ template }) => template !== undefined && template !== '');

/** What is wrong is said after the number of the step: the list above a form is all that a reader has of its place. */
const step = z.object({
  template: objectId('choose a template from the list.'),
  gap: z.coerce
    .number()
    .int()
    .min(1)
    .max(LONGEST_GAP)
    .catch(() => NaN)
    .refine((gap) => gap >= 1, `enter after how many working days, from 1 to ${LONGEST_GAP}.`),
});

const steps = z.looseObject({}).transform((typed, context) => {
  const found = stepsOf(typed);
  if (found.length === 0)
    context.addIssue({
      code: 'custom',
      path: ['template1'],
      message: 'Choose a template for the first step.',
    });
  return {
    steps: found.flatMap(({ n, ...one }) => {
      const read = step.safeParse(one);
      if (read.success) return read.data;
      for (const { path, message } of read.error.issues)
        context.addIssue({
          code: 'custom',
          path: [`${String(path[0])}${n}`],
          message: `Step ${n}: ${message}`,
        });
      return [];
    }),
  };
});

export const cadenceForm = z.object({ name: text('Give the cadence a name.') }).and(steps);
export type CadenceForm = z.infer<typeof cadenceForm>;

/** What the form of a cadence holds when it is opened. */
export const toFormValues = ({ name, steps }: Pick<CadenceRecord, 'name' | 'steps'>): Typed => ({
  name,
  ...Object.fromEntries(
    steps.flatMap(({ template, gap }, i) => [
      [`template${i + 1}`, String(template)],
      [`gap${i + 1}`, gap],
    ]),
  ),
});

/** For whom it is started: the ticked recipients, or everybody it can be started for. `despite`: the stopped steps that were shown. */
export const startForm = z
  .object({
    recipient: several().pipe(z.array(objectId('Choose recipients from the list.'))),
    everybody: z.string().optional(),
    despite: optionalText(500)
      .transform((ids) => ids.split(' ').filter(Boolean))
      .pipe(z.array(objectId('Go back to the page before the start.'))),
  })
  .refine(({ recipient, everybody }) => everybody !== undefined || recipient.length > 0, {
    path: ['recipient'],
    error: 'Tick at least one recipient.',
  });
