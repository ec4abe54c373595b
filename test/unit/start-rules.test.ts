import { describe, expect, test } from '@jest/globals';
import { reasonsNotToStart } from '../../src/cadences/start.rules.js';
import { deliveries, engagements } from '../../src/recipients/status.rules.js';

type Candidate = Parameters<typeof reasonsNotToStart>[0];

/** Somebody who got the letter, and what they said. */
const written = (engagement: Candidate['recipient']['engagement']): Candidate['recipient'] => ({
  delivery: 'sent',
  engagement,
});

const step = {
  step: 1,
  subject: 'Re: Our letter',
  text: 'The first reminder.',
  problems: [] as string[],
  holderName: 'Kim Invented',
  to: { address: 'office@example.org' },
};
const second = { ...step, step: 2, text: 'The second reminder.' };
const candidate: Candidate = {
  recipient: written('silent'),
  hasOpen: false,
  stopped: [],
  gone: [],
  planned: [step, second],
  suppressed: [],
};
const paused = {
  ...written('silent'),
  pausedAt: new Date('2026-11-24'),
  pauseReason: 'They asked for time.',
} as const;

describe('a cadence', () => {
  test('can be started for whoever got the letter and has not answered', () => {
    expect(reasonsNotToStart(candidate)).toEqual([]);
    expect(reasonsNotToStart({ ...candidate, recipient: written('acknowledged') })).toEqual([]);
    expect(
      reasonsNotToStart({
        ...candidate,
        recipient: { ...written('silent'), pausedAt: null, pauseReason: null },
      }),
    ).toEqual([]);
  });

  test.each<[string, Partial<Candidate>, string]>([
    [
      'who has replied',
      { recipient: written('replied') },
      'They have answered. A cadence is for those who have not.',
    ],
    [
      'whom we have met',
      { recipient: written('in talks') },
      'They have answered. A cadence is for those who have not.',
    ],
    [
      'who has declined',
      { recipient: written('declined') },
      'They have answered. A cadence is for those who have not.',
    ],
    [
      'with whom the matter is closed',
      { recipient: written('closed') },
      'The matter with them is closed. Reopen it on their page first.',
    ],
    [
      'who never got the letter',
      { recipient: { delivery: 'not sent', engagement: 'silent' } },
      'The letter has not gone to them. Log it or send it first.',
    ],
    [
      'whose mail came back',
      { recipient: { delivery: 'bounced', engagement: 'silent' } },
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
    [
      'to whom every step has gone',
      { planned: [] },
      'Every step has gone to them already, or comes before one that has.',
    ],
    [
      'for whom a person stopped it',
      { stopped: ['Step 1 on 24 November 2026: Robin Example cancelled it.'] },
      'Step 1 on 24 November 2026: Robin Example cancelled it.',
    ],
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
      'to whom a step would say once more what has gone to them, whatever its subject',
      { gone: [{ subject: 'Our letter', text: 'The second\nreminder. ' }] },
      'Step 2 says what has been sent to them before. Give it another template.',
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
      recipient: { ...paused, delivery: 'bounced' },
      hasOpen: true,
      stopped: ['Step 2 on 24 November 2026: Robin Example cancelled it.'],
      gone: [],
      planned: [
        { step: 1, subject: '', text: '', problems: ['A problem.'], holderName: '', to: { address: '' } },
      ],
      suppressed: ['The domain is suppressed.', 'The address is suppressed.'],
    });
    expect(reasons).toHaveLength(9);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  test('is started for whom the letter reached and who has not answered, whatever else is right', () => {
    const all = deliveries.flatMap((delivery) => engagements.map((engagement) => ({ delivery, engagement })));
    const may = (recipient: Candidate['recipient']) =>
      reasonsNotToStart({ ...candidate, recipient }).length === 0;
    expect(all.filter(may).map(({ delivery, engagement }) => `${delivery}, ${engagement}`)).toEqual([
      'sent, silent',
      'sent, auto-answered',
      'sent, acknowledged',
      'other channel, silent',
      'other channel, auto-answered',
      'other channel, acknowledged',
    ]);
  });
});
