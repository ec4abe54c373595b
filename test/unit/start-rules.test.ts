import { describe, expect, test } from '@jest/globals';
import { reasonsNotToStart } from '../../src/cadences/start.rules.js';
import { recipientStatuses, type RecipientStatus } from '../../src/recipients/recipient.rules.js';

type Candidate = Parameters<typeof reasonsNotToStart>[0];

const step = {
  step: 1,
  text: 'The first reminder.',
  problems: [] as string[],
  holderName: 'Kim Invented',
  to: { address: 'office@example.org' },
};
const second = { ...step, step: 2, text: 'The second reminder.' };
const candidate: Candidate = {
  recipient: { status: 'sent' },
  hasOpen: false,
  planned: [step, second],
  suppressed: [],
};
const paused = {
  status: 'sent',
  pausedAt: new Date('2026-11-24'),
  pauseReason: 'They asked for time.',
} as const;

describe('a cadence', () => {
  test('can be started for whoever got the letter and has not answered', () => {
    expect(reasonsNotToStart(candidate)).toEqual([]);
    expect(reasonsNotToStart({ ...candidate, recipient: { status: 'acknowledged' } })).toEqual([]);
    expect(
      reasonsNotToStart({ ...candidate, recipient: { status: 'sent', pausedAt: null, pauseReason: null } }),
    ).toEqual([]);
  });

  test.each<[string, Partial<Candidate>, string]>([
    [
      'who has replied',
      { recipient: { status: 'replied' } },
      'They have answered. A cadence is for those who have not.',
    ],
    [
      'whom we have met',
      { recipient: { status: 'met' } },
      'They have answered. A cadence is for those who have not.',
    ],
    [
      'who has declined',
      { recipient: { status: 'declined' } },
      'They have answered. A cadence is for those who have not.',
    ],
    [
      'who never got the letter',
      { recipient: { status: 'not sent' } },
      'The letter has not gone to them. Log it or send it first.',
    ],
    [
      'whose mail came back',
      { recipient: { status: 'bounced' } },
      'The last mail came back. Correct the address, and write to them once by hand.',
    ],
    [
      'to whom writing is paused',
      { recipient: paused },
      'Writing to them is paused: They asked for time. Resume it on their page first.',
    ],
    [
      'who has a follow-up ahead',
      { hasOpen: true },
      'A follow-up to them is ahead already, or waits for a person. Settle or cancel that one first.',
    ],
    ['to whom every step has gone', { planned: [] }, 'Every step has gone to them already.'],
    [
      'whose office has no address',
      { planned: [{ ...step, to: { address: '' } }] },
      'The office has no email address. Add one to the office.',
    ],
    [
      'whose office is vacant',
      { planned: [{ ...step, holderName: '' }] },
      'Nobody is named as holding the office. Name the holder.',
    ],
    [
      'for whom a later step has a problem',
      { planned: [step, { ...second, problems: ['In the text: one.', 'In the text: two.'] }] },
      'Step 2: In the text: one. In the text: two.',
    ],
    [
      'to whom two steps would say the same',
      { planned: [step, { ...second, text: step.text }] },
      'Steps 1 and 2 say the same. Give one of them another template.',
    ],
    [
      'who is not to be written to',
      { suppressed: ['Kim is not to be written to.'] },
      'Kim is not to be written to.',
    ],
  ])('is not started for somebody %s', (_what, own, reason) => {
    expect(reasonsNotToStart({ ...candidate, ...own })).toEqual([reason]);
  });

  test.each([
    ['They asked for time', 'Writing to them is paused: They asked for time. Resume it on their page first.'],
    ['Is it right?', 'Writing to them is paused: Is it right? Resume it on their page first.'],
    ['', 'Writing to them is paused. Resume it on their page first.'],
    [null, 'Writing to them is paused. Resume it on their page first.'],
  ])('says why it is paused in whole sentences, also when the reason given is %j', (pauseReason, reason) => {
    expect(reasonsNotToStart({ ...candidate, recipient: { ...paused, pauseReason } })).toEqual([reason]);
  });

  test('names of several steps with problems the first: the others are told when that one is mended', () => {
    const planned = [
      step,
      ...[2, 3].map((n) => ({ ...step, step: n, text: `Text ${n}.`, problems: [`Problem ${n}.`] })),
    ];
    expect(reasonsNotToStart({ ...candidate, planned })).toEqual(['Step 2: Problem 2.']);
  });

  test('names every reason at once', () => {
    const reasons = reasonsNotToStart({
      recipient: { ...paused, status: 'bounced' },
      hasOpen: true,
      planned: [{ step: 1, text: '', problems: ['A problem.'], holderName: '', to: { address: '' } }],
      suppressed: ['The domain is suppressed.', 'The address is suppressed.'],
    });
    expect(reasons).toHaveLength(8);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  test('is started with two statuses only, whatever else is right', () => {
    const may = (status: RecipientStatus) =>
      reasonsNotToStart({ ...candidate, recipient: { status } }).length === 0;
    expect(recipientStatuses.filter(may)).toEqual(['sent', 'acknowledged']);
  });
});
