import { z } from 'zod';
import { DEFAULT_WINDOW } from '../sending-window.js';
import { asSoonAs, choice, objectId, optionalText, text, timeZone } from '../web/form.js';
import { approvalRules, DEFAULT_SENDING } from './campaign.rules.js';

export const sendingDays = ['working days', 'every day'] as const;

const wholeNumber = (what: string, least: number, most: number, usual: number) => {
  const wrong = `${what}: enter a whole number from ${least} to ${most}.`;
  return z.coerce.number(wrong).int(wrong).min(least, wrong).max(most, wrong).default(usual);
};

/** Nothing, or 0, which means the same. */
const wholeNumberOrNothing = (what: string, most: number) =>
  optionalText(10).refine(
    (typed) => typed === '' || (/^\d+$/.test(typed) && Number(typed) <= most),
    `${what}: enter a whole number from 1 to ${most}, or leave it empty.`,
  );

const MOST_DAYS = 250;

/** Asks are typed one to a paragraph: its first line is the ask in short, what follows explains it. */
const fields = {
  title: text('Give the campaign a title.'),
  letter: optionalText(100_000),
  asks: optionalText(20_000),
  owner: z.union([z.literal(''), objectId('Choose who owns the campaign.')]),
  timeZone: timeZone(),
  lateAfter: wholeNumberOrNothing('Late', MOST_DAYS),
  veryLateAfter: wholeNumberOrNothing('Very late', MOST_DAYS),
  acknowledgementDays: wholeNumberOrNothing('Acknowledgement', 60),
  fromHour: wholeNumber('From this hour', 0, 23, DEFAULT_WINDOW.fromHour),
  untilHour: wholeNumber('Until this hour', 1, 24, DEFAULT_WINDOW.untilHour),
  days: choice(sendingDays, 'Choose the days on which follow-ups leave.').default('working days'),
  latestHours: wholeNumber('Hours after which it is held', 1, 24 * 7, DEFAULT_SENDING.latestHours),
  mostPerDay: wholeNumber('Most messages in a day', 1, 1000, DEFAULT_SENDING.mostPerDay),
  approval: choice(approvalRules, 'Choose who approves follow-ups.').default(DEFAULT_SENDING.approval),
  approvalDays: wholeNumber('Days that an approval holds', 1, 90, DEFAULT_SENDING.approvalDays),
};

const clock = { lateAfter: fields.lateAfter, veryLateAfter: fields.veryLateAfter };

export const campaignForm = z
  .object(fields)
  .refine(({ fromHour, untilHour }) => fromHour < untilHour, {
    path: ['untilHour'],
    error: 'The last hour has to be later than the first.',
    when: asSoonAs({ fromHour: fields.fromHour, untilHour: fields.untilHour }),
  })
  .refine(({ lateAfter, veryLateAfter }) => Boolean(Number(lateAfter)) === Boolean(Number(veryLateAfter)), {
    path: ['veryLateAfter'],
    error: 'Enter both numbers of working days, or leave both empty: then nobody is ever late.',
    when: asSoonAs(clock),
  })
  .refine(
    ({ lateAfter, veryLateAfter }) =>
      !Number(lateAfter) || !Number(veryLateAfter) || Number(lateAfter) < Number(veryLateAfter),
    {
      path: ['veryLateAfter'],
      error: 'Very late has to come after late.',
      when: asSoonAs(clock),
    },
  );
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
