import { z } from 'zod';
import { dayOf, instantOf, isDay, isTime } from '../dates.js';
import { asSoonAs, choice, optionalText, text } from '../web/form.js';
import {
  directions,
  isLongAgo,
  loggableKinds,
  LONG_AGO,
  receivedAs,
  receivedAsNames,
  weWrote,
  type Precision,
} from './entry.rules.js';

const NOT_A_TIME = 'Enter a time such as 14:05, or leave it empty.';

const day = {
  date: text('Enter the day it happened.')
    .refine(isDay, 'Enter the day as a date such as 2026-11-24.')
    .refine((date) => !isDay(date) || !isLongAgo(date), LONG_AGO),
  time: optionalText(5).refine((value) => value === '' || isTime(value), NOT_A_TIME),
  onlyBy: z.string().optional(),
  delivers: z.string().optional(),
};
const who = {
  kind: choice(loggableKinds, 'Choose what kind of contact it was.'),
  direction: choice(directions, 'Choose who it came from.'),
  receivedAs: z.union([z.literal(''), choice(receivedAs, 'Choose what their message amounts to.')]),
};
const fields = { ...who, ...day, who: optionalText(), channel: optionalText(), text: optionalText(100_000) };
const reason = (missing: string) => text(missing, 1000);

/** How an entry is logged. The date and time are the writer's own clock; `zone` names it. */
export const entryForm = (zone: string, now: Date) =>
  rulesFor(z.object(fields), zone, now).transform((form) => toEntry(form, zone));

/** A correction is an entry of its own, with the reason for it. */
export const correctionForm = (zone: string, now: Date) =>
  rulesFor(
    z.object({ ...fields, reason: reason('Say why it is corrected, so that a reader understands.') }),
    zone,
    now,
  ).transform((form) => ({
    ...toEntry(form, zone),
    reason: form.reason,
  }));

/** Takes an entry back altogether. */
export const takeBackForm = z.object({
  reason: reason('Say why the entry is taken back, so that a reader understands.'),
});

type Fields = z.infer<z.ZodObject<typeof fields>>;

/** The rules about several fields together. */
function rulesFor<S extends z.ZodType<Fields>>(form: S, zone: string, now: Date): S {
  return (
    form
      .refine((form) => !isFromThem(form) || form.receivedAs !== '', {
        path: ['receivedAs'],
        error: 'Choose what their message amounts to.',
        when: asSoonAs(who),
      })
      // one of the two is a slip of the hand, and only the person knows which: to drop an answer would let follow-ups leave
      .refine((form) => isFromThem(form) || form.receivedAs === '', {
        path: ['receivedAs'],
        error: ({ input }) => notFromThem(input as Fields),
        when: asSoonAs(who),
      })
      .refine(({ kind, text: said }) => kind !== 'note' || said !== '', {
        path: ['text'],
        error: 'Write the note.',
        when: asSoonAs({ kind: fields.kind, text: fields.text }),
      })
      .refine(({ time, onlyBy }) => !onlyBy || time === '', {
        path: ['time'],
        error:
          'Where only the day by which it happened is known, leave the time empty; or take that tick away.',
        when: asSoonAs(day),
      })
      .refine((when) => whenItHappened(when, zone), {
        path: ['time'],
        error: 'The clocks went forward over that time, so it did not exist. Enter another one.',
        when: asSoonAs(day),
      })
      .refine((when) => isOver(when, zone, now), {
        path: ['date'],
        error:
          'This is in the future. History holds what has happened; plan a follow-up for what is to come.',
        when: asSoonAs(day),
      })
  );
}

/** A note is what the staff want to remember, whatever the form says of where it is from. */
const isFromThem = ({ kind, direction }: Pick<Fields, 'kind' | 'direction'>): boolean =>
  kind !== 'note' && direction === 'in';

const notFromThem = ({ kind, receivedAs: as }: Fields): string => {
  const chosen = as && receivedAsNames[as];
  return kind === 'note'
    ? `A note is not a message. Choose what kind of contact it was, or take “${chosen}” away.`
    : `“${chosen}” is for what came from them. Choose From them above, or take it away.`;
};

function toEntry(form: Fields, zone: string) {
  const { kind, who: by, channel, text: said } = form;
  return {
    kind,
    direction: kind === 'note' ? 'none' : form.direction,
    receivedAs: form.receivedAs || null,
    occurredAt: whenItHappened(form, zone)!,
    precision: precisionOf(form),
    who: by,
    channel,
    text: said,
    // an email or a letter of ours does so by itself
    delivers: Boolean(form.delivers) && !weWrote(form),
  };
}

type When = Pick<Fields, 'date' | 'time' | 'onlyBy'>;

const precisionOf = ({ time, onlyBy }: When): Precision => (onlyBy ? 'by-day' : time ? 'time' : 'day');

/** A day without a time is kept as that calendar day at noon UTC, and shown as that day wherever the reader is. */
function whenItHappened(when: When, zone: string): Date | null {
  return precisionOf(when) === 'time'
    ? instantOf(when.date, when.time, zone)
    : instantOf(when.date, '12:00', 'UTC');
}

/** Has it happened already, on the writer's own clock and calendar? */
function isOver(when: When, zone: string, now: Date): boolean {
  if (precisionOf(when) !== 'time') return when.date <= dayOf(now, zone);
  return (whenItHappened(when, zone) ?? now) <= now;
}
