import { z } from 'zod';
import { isDay } from '../dates.js';
import { choice, objectId, optionalLink, optionalText, text } from '../web/form.js';
import { procedures } from './procedures.js';
import { relations } from './relation.rules.js';

const MOST_STAGES = 60;

/** One stage in a line, each once. */
const ownStages = () =>
  optionalText(5000)
    .transform((value) =>
      value
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    )
    .refine((lines) => lines.length <= MOST_STAGES, `Please keep this to ${MOST_STAGES} stages.`)
    .refine((lines) => lines.every((line) => line.length <= 100), 'Please keep each stage to 100 characters.')
    .refine(
      (lines) => new Set(lines.map((line) => line.toLowerCase())).size === lines.length,
      'One stage stands there twice. Write each of them once: a milestone can be at the same stage again.',
    );

export const trackForm = z.object({
  title: text('Give the track a title: the bill or the regulation as people call it.'),
  shortTitle: optionalText(60),
  jurisdiction: text('Say whose law it is, for example United Kingdom or European Union.', 100),
  reference: optionalText(100),
  summary: optionalText(5000),
  sourceLink: optionalLink(),
  procedure: choice(procedures, 'Choose the procedure it follows.'),
  ownStages: ownStages(),
  sunsetOn: optionalText(10).refine(
    (value) => value === '' || isDay(value),
    'Enter a date such as 2026-11-30, or leave it empty.',
  ),
});
export type TrackForm = z.infer<typeof trackForm>;

export const relatedForm = z.object({
  track: objectId('Choose the other law.'),
  as: choice(relations, 'Choose what this law is to the other one.'),
});
export type RelatedForm = z.infer<typeof relatedForm>;
