import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  deliveries,
  engagements,
  type Delivery,
  type Engagement,
} from '../../src/recipients/status.rules.js';
import { exportName } from '../../src/csv.js';
import { standingInWords } from '../../src/sharing/standing.rules.js';

type Counts = Partial<Record<`${Delivery}, ${Engagement}`, number>>;
const counts = (of: Counts) =>
  Object.entries(of).map(([both, count]) => {
    const [delivery, engagement] = both.split(', ') as [Delivery, Engagement];
    return { delivery, engagement, count };
  });

test.each<[Counts, string]>([
  [{}, 'No recipient is listed yet.'],
  [{ 'not sent, silent': 1 }, 'The one recipient has not been written to yet.'],
  [{ 'not sent, silent': 4 }, 'None of the 4 recipients has been written to yet.'],
  [{ 'sent, silent': 1 }, 'The one recipient has not answered.'],
  [{ 'sent, in talks': 1 }, 'The one recipient has answered.'],
  [{ 'sent, silent': 4 }, 'None of the 4 recipients has answered.'],
  [{ 'sent, replied': 3, 'other channel, declined': 1 }, 'All 4 recipients have answered.'],
  [
    { 'sent, silent': 1, 'sent, acknowledged': 1, 'bounced, silent': 1, 'sent, replied': 1 },
    '3 of 4 recipients have not answered.',
  ],
  [{ 'sent, silent': 1, 'other channel, in talks': 3 }, '1 of 4 recipients has not answered.'],
  [
    { 'not sent, silent': 1, 'sent, silent': 2, 'sent, replied': 2 },
    '2 of 4 recipients written to have not answered; one more has not been written to yet.',
  ],
  [
    { 'not sent, silent': 2, 'sent, silent': 1 },
    'The one recipient written to has not answered; 2 more have not been written to yet.',
  ],
  [
    { 'not sent, silent': 3000, 'sent, auto-answered': 1500, 'sent, in talks': 500 },
    '1,500 of 2,000 recipients written to have not answered; 3,000 more have not been written to yet.',
  ],
  [
    { 'sent, replied': 2, 'sent, closed': 1 },
    'All 2 recipients written to have answered; with one more the matter is closed.',
  ],
  [
    { 'not sent, silent': 1, 'sent, silent': 1, 'sent, closed': 2 },
    'The one recipient written to has not answered; one more has not been written to yet; with 2 more the matter is closed.',
  ],
  [{ 'sent, closed': 3 }, 'With every recipient the matter is closed.'],
  [
    { 'sent, closed': 1, 'not sent, silent': 2 },
    'With 1 of 3 recipients the matter is closed; 2 more have not been written to yet.',
  ],
  // whoever spoke unasked owes nothing
  [{ 'not sent, in talks': 1, 'sent, silent': 1 }, '1 of 2 recipients has not answered.'],
])('%j reads: %s', (of, sentence) => {
  expect(standingInWords(counts(of))).toBe(sentence);
});

test('whatever the counts, it is one sentence', () => {
  const count = fc.record({
    delivery: fc.constantFrom(...deliveries),
    engagement: fc.constantFrom(...engagements),
    count: fc.nat(10_000),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(count, { selector: ({ delivery, engagement }) => `${delivery}, ${engagement}` }),
      (of) => {
        expect(standingInWords(of)).toMatch(/^[A-Z0-9][^.]* (yet|answered|closed)\.$/);
      },
    ),
  );
});

test.each([
  ['Open letter: Ära & Würde', 'open-letter-ara-wurde-2026-11-24.csv'],
  ['公開書簡', 'recipients-2026-11-24.csv'],
  ['a"\r\nb', 'a-b-2026-11-24.csv'],
])('the file of %j is called %s', (title, name) => {
  expect(exportName(title, '2026-11-24', 'csv', 'recipients')).toBe(name);
});
