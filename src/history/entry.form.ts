import { z } from 'zod';
import { instantOf, isDay, isTime } from '../dates.js';
import { choice, optionalText, text } from '../web/form.js';
import { directions, loggableKinds, receivedAs, type Precision } from './entry.rules.js';

const NOT_A_TIME = 'Enter a time such as 14:05, or leave it empty.';

const fields = {
  kind: choice(loggableKinds, 'Choose what kind of contact it was.'),
  direction: choice(directions, 'Choose who it came from.'),
  receivedAs: z.union([z.literal(''), choice(receivedAs, 'Choose what their message amounts to.')]),
  date: text('Enter the day it happened.').refine(isDay, 'Enter the day as a date such as 2026-11-24.'),
  time: optionalText(5).refine((value) => value === '' || isTime(value), NOT_A_TIME),
  onlyBy: z.string().optional(),
  who: optionalText(),
  channel: optionalText(),
  text: optionalText(100_000),
};

/** How an entry is logged. The date and time are the writer's own clock; `zone` names it. */
export const entryForm = (zone: string, now: Date) =>
  z.object(fields).transform((form, context) => readEntry(form, zone, now, context));

/** A correction is an entry of its own, with the reason for it. */
export const correctionForm = (zone: string, now: Date) =>
  z
    .object({ ...fields, reason: text('Say why it is corrected, so that a reader understands.', 1000) })
    .transform((form, context) => ({ ...readEntry(form, zone, now, context), reason: form.reason }));

/** Takes an entry back altogether. */
export const takeBackForm = z.object({
  reason: text('Say why the entry is taken back, so that a reader understands.', 1000),
});

type Fields = z.infer<z.ZodObject<typeof fields>>;

function readEntry(form: Fields, zone: string, now: Date, context: z.RefinementCtx) {
  const problem = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  const incoming = form.direction === 'in';
  if (incoming && !form.receivedAs) problem('receivedAs', 'Choose what their message amounts to.');
  if (form.kind === 'note' && !form.text) problem('text', 'Write the note.');
  const precision: Precision = form.onlyBy ? 'by-day' : form.time ? 'time' : 'day';
  const occurredAt = whenItHappened(form, precision, zone, now);
  if (!occurredAt)
    problem('time', 'The clocks went forward over that time, so it did not exist. Enter another one.');
  else if (occurredAt > now)
    problem(
      'date',
      'This is in the future. History holds what has happened; plan a follow-up for what is to come.',
    );
  const { kind, direction, who, channel, text: said } = form;
  return {
    kind,
    direction,
    receivedAs: incoming ? form.receivedAs || null : null,
    occurredAt: occurredAt ?? now,
    precision,
    who,
    channel,
    text: said,
  };
}

/** A day without a time is kept as its noon, or as now while noon is still to come. */
function whenItHappened({ date, time }: Fields, precision: Precision, zone: string, now: Date): Date | null {
  if (precision === 'time') return instantOf(date, time, zone);
  const noon = instantOf(date, '12:00', zone);
  const midnight = instantOf(date, '00:00', zone) ?? noon;
  return noon && noon > now && midnight && midnight <= now ? now : noon;
}
