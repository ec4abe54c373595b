import { z } from 'zod';
import { isDay } from '../dates.js';
import { objectId, optionalText, text, timeZone } from '../web/form.js';

/** Asks are typed one to a paragraph: its first line is the ask in short, what follows explains it. */
export const campaignForm = z.object({
  title: text('Give the campaign a title.'),
  letter: optionalText(100_000),
  asks: optionalText(20_000),
  owner: z.union([z.literal(''), objectId('Choose who owns the campaign.')]),
  timeZone: timeZone(),
  answerDueOn: optionalText(10).refine(
    (day) => day === '' || isDay(day),
    'Enter a date such as 2026-11-30, or leave it empty.',
  ),
});
export type CampaignForm = z.infer<typeof campaignForm>;

export type Ask = { title: string; text: string };

export const readAsks = (typed: string): Ask[] =>
  typed
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => {
      const [title = '', ...rest] = paragraph.split('\n');
      return { title: title.trim(), text: rest.join('\n').trim() };
    });

export const writeAsks = (asks: Ask[]): string =>
  asks.map(({ title, text: more }) => [title, more].filter(Boolean).join('\n')).join('\n\n');
