import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDay } from '../../src/dates.js';
import { dayOfFeedDate } from '../../src/legislation/import/files/feed-date.js';

test.each([
  ['Tue, 24 Nov 2026 10:00:00 GMT', '2026-11-24'],
  ['Tue, 24 Nov 2026 23:30:00 EST', '2026-11-24'],
  ['Tue, 24 Nov 2026 00:30:00 +1400', '2026-11-24'],
  ['24 Nov 2026 10:00 Z', '2026-11-24'],
  ['Tue, 24 Nov 26 10:00:00 UT', '2026-11-24'],
  ['3 Mar 49 10:00 GMT', '2049-03-03'],
  ['3 Mar 50 10:00 GMT', '1950-03-03'],
  ['3 Mar 126 10:00 GMT', '2026-03-03'],
  ['Tuesday, 24-November-2026 10:00:00 CEST', '2026-11-24'],
  ['Tue,  4 Sept 2026 10:00:00 +0200 (Central European Summer Time)', '2026-09-04'],
  [' 24 Nov 2026\n', '2026-11-24'],
  ['2026-11-24T23:30:00-05:00', '2026-11-24'],
  ['2026-11-24t10:00:00.123z', '2026-11-24'],
  ['2026-11-24T10:00+01:00', '2026-11-24'],
  ['2026-11-24 10:00:00', '2026-11-24'],
  ['2026-11-24', '2026-11-24'],
])('%j is the day %s, which is the one written there', (text, day) => {
  expect(dayOfFeedDate(text)).toBe(day);
});

test.each([
  '',
  'soon',
  '31 Nov 2026',
  '30 Feb 2026 10:00 GMT',
  '24 Foo 2026',
  '0 Nov 2026',
  '2026-11',
  '2026',
  '2026-13-01',
  '2026-02-29',
  '24 Nov 1899',
  '2200-01-01',
  '11/24/2026',
  '1795600000',
  'Tue, 24 Nov 2026 10:00:00 GMT, or later',
])('%j is no day that could be told', (text) => {
  expect(dayOfFeedDate(text)).toBeNull();
});

test('any text is a day or none, in no time', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'24 Nov2026:,-+()TZ\n'), maxLength: 3000 }), (text) => {
      const day = dayOfFeedDate(text);
      return day === null || isDay(day);
    }),
  );
});
