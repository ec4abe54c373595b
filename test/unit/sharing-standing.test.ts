import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recipientStatuses, type RecipientStatus } from '../../src/recipients/recipient.rules.js';
import { csvName } from '../../src/sharing/recipients-csv.js';
import { standingInWords } from '../../src/sharing/standing.rules.js';

type Counts = Partial<Record<RecipientStatus, number>>;
const counts = (of: Counts) =>
  Object.entries(of).map(([status, count]) => ({ status: status as RecipientStatus, count }));

test.each<[Counts, string]>([
  [{}, 'No recipient is listed yet.'],
  [{ 'not sent': 1 }, 'The one recipient has not been written to yet.'],
  [{ 'not sent': 4 }, 'None of the 4 recipients has been written to yet.'],
  [{ sent: 1 }, 'The one recipient has not answered.'],
  [{ met: 1 }, 'The one recipient has answered.'],
  [{ sent: 4 }, 'None of the 4 recipients has answered.'],
  [{ replied: 3, declined: 1 }, 'All 4 recipients have answered.'],
  [{ sent: 1, acknowledged: 1, bounced: 1, replied: 1 }, '3 of 4 recipients have not answered.'],
  [{ sent: 1, met: 3 }, '1 of 4 recipients has not answered.'],
  [
    { 'not sent': 1, sent: 2, replied: 2 },
    '2 of 4 recipients written to have not answered; one more has not been written to yet.',
  ],
  [
    { 'not sent': 2, sent: 1 },
    'The one recipient written to has not answered; 2 more have not been written to yet.',
  ],
  [
    { 'not sent': 3000, sent: 1500, met: 500 },
    '1,500 of 2,000 recipients written to have not answered; 3,000 more have not been written to yet.',
  ],
])('%j reads: %s', (of, sentence) => {
  expect(standingInWords(counts(of))).toBe(sentence);
});

test('whatever the counts, it is one sentence', () => {
  const count = fc.record({ status: fc.constantFrom(...recipientStatuses), count: fc.nat(10_000) });
  fc.assert(
    fc.property(fc.uniqueArray(count, { selector: ({ status }) => status }), (of) => {
      expect(standingInWords(of)).toMatch(/^[A-Z0-9][^.]* (yet|answered)\.$/);
    }),
  );
});

test.each([
  ['Open letter: Ära & Würde', 'open-letter-ara-wurde-2026-11-24.csv'],
  ['公開書簡', 'recipients-2026-11-24.csv'],
  ['a"\r\nb', 'a-b-2026-11-24.csv'],
])('the file of %j is called %s', (title, name) => {
  expect(csvName(title, '2026-11-24')).toBe(name);
});
