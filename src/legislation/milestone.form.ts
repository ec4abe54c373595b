import { z } from 'zod';
import { isDay, type Day } from '../dates.js';
import { firstDayOfWhen, precisionOfWhen, whenOf, whenPrecisions } from '../when.js';
import { choice, optionalLink, optionalText, text } from '../web/form.js';
import { sharedFields } from './difference.rules.js';
import { stagesOf, type Course } from './procedures.js';
import type { MilestoneRecord } from './track.model.js';

const day = (sentence: string) => optionalText(10).refine((value) => value === '' || isDay(value), sentence);
const precision = () => choice(whenPrecisions, 'Choose how exactly it is known.').default('day');

const EXAMPLE = 'Enter a date such as 2026-11-30';
const STILL_TO_COME = 'That day is still to come. Enter it as the day it is expected.';

/**
 * `today`: the calendar day where the reader is; what has happened did not happen after it. Of a month, a quarter or a
 * year any day in it may be given.
 */
export const milestoneForm = (course: Course, today: Day) =>
  z
    .object({
      title: text('Say what the milestone is, for example Final vote in the House of Lords.'),
      stage: text('Choose the stage it belongs to.').refine(
        (id) => stagesOf(course).some((stage) => stage.id === id),
        'Choose the stage it belongs to.',
      ),
      expectedOn: day(`${EXAMPLE}, or leave it empty.`),
      expectedPrecision: precision(),
      happenedOn: day(`${EXAMPLE}, or leave it empty.`),
      happenedPrecision: precision(),
      sourceLink: optionalLink(),
      sourceSeenOn: day(`${EXAMPLE}, or leave it empty.`).refine(
        (value) => value <= today,
        'That day is still to come. Enter the day it was seen.',
      ),
      note: optionalText(2000),
      wasMistake: z.literal('yes').optional(),
    })
    .refine((milestone) => milestone.expectedOn || milestone.happenedOn, {
      path: ['expectedOn'],
      message: 'Enter the day it is expected, or the day it happened.',
    })
    .refine(({ happenedOn, happenedPrecision }) => isOver(happenedOn, happenedPrecision, today), {
      path: ['happenedOn'],
      message: STILL_TO_COME,
    })
    .transform(({ expectedPrecision, happenedPrecision, wasMistake, ...form }) => ({
      ...form,
      expectedOn: form.expectedOn && whenOf(form.expectedOn, expectedPrecision),
      happenedOn: form.happenedOn && whenOf(form.happenedOn, happenedPrecision),
      wasMistake: wasMistake === 'yes',
    }));
export type MilestoneForm = z.infer<ReturnType<typeof milestoneForm>>;

/** A month, a quarter or a year that has begun may hold something that happened. */
const isOver = (value: Day, exactness: (typeof whenPrecisions)[number], today: Day): boolean =>
  !isDay(value) || firstDayOfWhen(whenOf(value, exactness)) <= today;

export const happeningForm = (today: Day) =>
  z.object({
    happenedOn: day(`${EXAMPLE}.`)
      .refine((value) => value <= today, STILL_TO_COME)
      .refine((value) => value !== '', 'Enter the day it happened.'),
  });

/** What is to be done where a source and a person disagree; `theirs` is what the reader was shown. */
export const differenceForm = z.object({
  field: choice(sharedFields, 'Choose what is to be decided.'),
  theirs: optionalText(2000),
  take: choice(['theirs', 'ours'], 'Choose whose word holds.'),
});

/** What the form shows of a milestone. */
export function toMilestoneValues({
  title,
  stage,
  expectedOn,
  happenedOn,
  sourceLink,
  sourceSeenOn,
  note,
}: MilestoneRecord) {
  return {
    title,
    stage,
    expectedOn: expectedOn ? firstDayOfWhen(expectedOn) : '',
    expectedPrecision: precisionOfWhen(expectedOn ?? ''),
    happenedOn: happenedOn ? firstDayOfWhen(happenedOn) : '',
    happenedPrecision: precisionOfWhen(happenedOn ?? ''),
    sourceLink,
    sourceSeenOn,
    note,
  };
}
