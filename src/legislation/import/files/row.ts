import { z } from 'zod';
import { cleanLine } from '../../../clean-text.js';
import { isDay } from '../../../dates.js';
import { isWhen } from '../../../when.js';
import { ownKey } from './key.js';
import { stageCalled, type KnownStage } from './known-stage.js';
import { isLikelyYear } from './likely-year.js';
import { webAddress } from './web-address.js';

/** The columns of a milestone, and the fields of one in JSON. */
export const milestoneFields = ['stage', 'title', 'on', 'happened', 'link', 'id'] as const;
export const publicationFields = ['title', 'on', 'kind', 'link', 'id'] as const;

const MOST_LETTERS = 200;

/** One line of text; a number is taken as it is written, so that `2026` need not stand in quotes. */
const line = (missing: string) =>
  z
    .union([z.string(), z.number()], missing)
    .transform((value) => String(value).trim())
    .pipe(
      z.string().min(1, missing).max(MOST_LETTERS, `No field may have more than ${MOST_LETTERS} letters.`),
    )
    .transform(cleanLine)
    .pipe(z.string().min(1, missing));

const title = line('It has no title. Say in “title” what it is, for example Second reading.');

const LIKELY = 'Its date is before 1900 or after 2199. Look at the year again.';

const isWhenInAnyCase = (value: string): boolean => isWhen(value.toUpperCase());

const when = line('It has no date. Write in “on” 2026-11-30, 2026-11, 2026-Q4 or 2026.').pipe(
  z
    .string()
    .refine(isWhenInAnyCase, {
      error: ({ input }) =>
        `“${String(input).slice(0, 40)}” is no date that can be read. Write 2026-11-30, 2026-11, 2026-Q4 or 2026.`,
      abort: true,
    })
    .refine(isLikelyYear, LIKELY)
    .transform((value) => value.toUpperCase()),
);

const day = line('It has no date. Write in “on” the day, for example 2026-11-30.').pipe(
  z
    .string()
    .refine(isDay, { error: 'Its date is no day. Write it as 2026-11-30.', abort: true })
    .refine(isLikelyYear, LIKELY),
);

const answers = new Map<unknown, boolean | null>([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
  ['', null],
]);

const HAPPENED = 'Whether it happened is yes, no, true or false, or left empty.';

const happened = z
  .union([z.boolean(), z.string(), z.null()], HAPPENED)
  .optional()
  .transform((value) =>
    String(value ?? '')
      .trim()
      .toLowerCase(),
  )
  .refine((value) => answers.has(value), HAPPENED)
  .transform((value) => answers.get(value)!);

const LINK = 'Its link is no web address. Write all of it, from https:// or http://, or leave it empty.';

const link = z
  .string(LINK)
  .nullish()
  .transform((value) => value?.trim() ?? '')
  .refine((value) => value === '' || webAddress(value) !== '', LINK)
  .transform((value) => value && webAddress(value));

const id = z
  .union([z.string(), z.number()], 'Its id is neither text nor a number.')
  .nullish()
  .transform((value) => ownKey(String(value ?? '')));

const stageOf = (stages: readonly KnownStage[]) =>
  line(`It has no stage. ${stagesInWords(stages)}`)
    .refine((words) => stageCalled(words, stages) !== null, {
      error: ({ input }) => `There is no stage “${String(input).slice(0, 60)}”. ${stagesInWords(stages)}`,
    })
    .transform((words) => stageCalled(words, stages)!);

const stagesInWords = (stages: readonly KnownStage[]): string =>
  `The stages are ${[...new Set([...stages.map(({ id }) => id), 'other'])].join(', ')}.`;

/** What a row may not be, in words; `fields`: what it may have. */
const notRow =
  (fields: readonly string[]) =>
  (issue: { code?: string; keys?: string[] }): string =>
    issue.code === 'unrecognized_keys'
      ? `“${issue.keys!.join('”, “').slice(0, 100)}” is not known. There are ${fields.join(', ')}.`
      : `It is no object with ${fields.join(', ')}.`;

/** A row that somebody wrote by hand. `happened` is null where it says nothing of it, `id` where it has none. */
export const milestoneRow = (stages: readonly KnownStage[]) =>
  z.strictObject(
    { stage: stageOf(stages), title, on: when, happened, link, id },
    { error: notRow(milestoneFields) },
  );
export type MilestoneRow = z.infer<ReturnType<typeof milestoneRow>>;

export const publicationRow = z.strictObject(
  {
    title,
    on: day,
    kind: z.enum(['publication', 'news'], 'Its kind is publication or news.').default('publication'),
    link,
    id,
  },
  { error: notRow(publicationFields) },
);
export type PublicationRow = z.infer<typeof publicationRow>;
