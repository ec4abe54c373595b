import { z } from 'zod';
import { isDay, type Day } from '../dates.js';
import { choice, optionalLink, optionalText, text } from '../web/form.js';
import { stages } from './milestone.rules.js';

export const trackForm = z.object({
  title: text('Give the track a title: the bill or the regulation as people call it.'),
  jurisdiction: text('Say whose law it is, for example United Kingdom or European Union.', 100),
  reference: optionalText(100),
  summary: optionalText(5000),
  sourceLink: optionalLink(),
});
export type TrackForm = z.infer<typeof trackForm>;

const day = (sentence: string) => optionalText(10).refine((value) => value === '' || isDay(value), sentence);

const happenedOn = (today: Day) =>
  day('Enter a date such as 2026-11-30.').refine(
    (value) => value <= today,
    'That day is still to come. Enter it as the day it is expected.',
  );

/** `today`: the calendar day where the reader is; what has happened did not happen after it. */
export const milestoneForm = (today: Day) =>
  z
    .object({
      title: text('Say what the milestone is, for example Final vote in the House of Lords.'),
      stage: choice(stages, 'Choose the stage it belongs to.'),
      expectedOn: day('Enter a date such as 2026-11-30, or leave it empty.'),
      happenedOn: happenedOn(today),
      sourceLink: optionalLink(),
      note: optionalText(2000),
    })
    .refine((milestone) => milestone.expectedOn || milestone.happenedOn, {
      path: ['expectedOn'],
      message: 'Enter the day it is expected, or the day it happened.',
    });
export type MilestoneForm = z.infer<ReturnType<typeof milestoneForm>>;

export const happeningForm = (today: Day) =>
  z.object({ happenedOn: happenedOn(today).refine((value) => value !== '', 'Enter the day it happened.') });
