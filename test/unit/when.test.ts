import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  firstDayOfWhen,
  isWhen,
  lastDayOfWhen,
  precisionOfWhen,
  whenInWords,
  whenOf,
  whenPrecisions,
} from '../../src/when.js';

const anyDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('when something is expected or happened', () => {
  it.each([
    ['2026-11-24', 'day', '2026-11-24', '2026-11-24', '24 November 2026'],
    ['2028-02', 'month', '2028-02-01', '2028-02-29', 'February 2028'],
    ['2026-Q1', 'quarter', '2026-01-01', '2026-03-31', 'the first quarter of 2026'],
    ['2026-Q4', 'quarter', '2026-10-01', '2026-12-31', 'the fourth quarter of 2026'],
    ['2026', 'year', '2026-01-01', '2026-12-31', '2026'],
  ])('%s is known to the %s: from %s to %s, in words %s', (when, precision, first, last, words) => {
    expect(isWhen(when)).toBe(true);
    expect(precisionOfWhen(when)).toBe(precision);
    expect(firstDayOfWhen(when)).toBe(first);
    expect(lastDayOfWhen(when)).toBe(last);
    expect(whenInWords(when)).toBe(words);
  });

  it.each(['', '2026-13', '2026-00', '2026-Q5', '2026-Q0', '26', '2026-02-30', '2026-1', 'Q1-2026', ' 2026'])(
    '%p is none',
    (text) => expect(isWhen(text)).toBe(false),
  );

  it('holds the day it was made from, at every precision', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...whenPrecisions), (day, precision) => {
        const when = whenOf(day, precision);
        expect(isWhen(when)).toBe(true);
        expect(precisionOfWhen(when)).toBe(precision);
        expect(firstDayOfWhen(when) <= day && day <= lastDayOfWhen(when)).toBe(true);
      }),
    );
  });
});
