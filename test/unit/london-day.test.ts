import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDay } from '../../src/dates.js';
import { isDateTime, londonDayOf } from '../../src/legislation/import/uk-bill/london-day.js';

test.each([
  ['2026-03-13T00:00:00', '2026-03-13'],
  ['2026-06-30T23:59:59.9999999', '2026-06-30'],
  ['2026-03-29T01:30:00', '2026-03-29'], // a time that London's clocks skip
  ['2026-06-30', '2026-06-30'],
  ['2026-06-30T23:30:00Z', '2026-07-01'],
  ['2026-01-31T23:30:00Z', '2026-01-31'],
  ['2026-07-01T00:30:00+02:00', '2026-06-30'],
  ['0001-01-01T00:00:00', null], // what .NET writes for no date
])('%s is %s in London', (text, day) => {
  expect(isDateTime(text)).toBe(true);
  expect(londonDayOf(text)).toBe(day);
});

test.each([
  '',
  'tomorrow',
  '2026',
  '2026-11',
  '2026-W05',
  '2026-02-30',
  '2026-02-30T00:00:00',
  '13/03/2026',
  '20260313',
  '9999-12-31T23:59:59',
])('%j is no date', (text) => {
  expect(isDateTime(text)).toBe(false);
});

test('every date and time comes to a day', () => {
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true, min: new Date('1000-01-02'), max: new Date('2999-12-31T23:59:59Z') }),
      (date) => {
        const day = londonDayOf(date.toISOString());
        expect(isDay(day!)).toBe(true);
      },
    ),
  );
});
