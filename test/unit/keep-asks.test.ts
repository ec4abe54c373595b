import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keptIds } from '../../src/campaigns/keep-asks.rules.js';

const asks = (titles: string) => [...titles].map((title) => ({ _id: title.toLowerCase(), title }));
/** The ids that the typed asks keep, a dot for a new one. */
const kept = (before: string, typed: string): string =>
  keptIds(
    asks(before),
    [...typed].map((title) => ({ title })),
  )
    .map((id) => id ?? '.')
    .join('');

test.each([
  ['saved as they were', 'ABC', 'ABC', 'abc'],
  ['put into another order', 'ABC', 'CAB', 'cab'],
  ['one with other words', 'ABC', 'AXC', 'abc'],
  ['the only one with other words', 'A', 'X', 'a'],
  ['all with other words', 'ABC', 'XYZ', 'abc'],
  ['one more at the end', 'AB', 'ABX', 'ab.'],
  ['one more at the start', 'AB', 'XAB', '.ab'],
  ['one more, and another with other words', 'ABC', 'XAYC', '.abc'],
  ['one gone', 'ABC', 'AC', 'ac'],
  ['one gone and a new one elsewhere, which is not the same', 'ABC', 'ACX', 'ac.'],
  ['one gone beside one with other words: nobody can tell which', 'ABC', 'XC', '.c'],
  ['a new one in front of one with other words: nobody can tell which', 'AB', 'XYB', '..b'],
  ['one gone, one new and one with other words', 'ABCD', 'XAYD', '.a.d'],
  ['all gone', 'ABC', '', ''],
  ['the first ones', '', 'AB', '..'],
  ['two of one title', 'AA', 'AA', 'aa'],
  ['one of two of one title gone', 'AAB', 'AB', 'ab'],
])('%s', (_what, before, typed, ids) => {
  expect(kept(before, typed)).toBe(ids);
});

const list = fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { maxLength: 8 });

test('no two paragraphs become one ask, and every id was there', () => {
  fc.assert(
    fc.property(list, list, (before, typed) => {
      const there = before.map((title, n) => ({ _id: n, title }));
      const ids = keptIds(
        there,
        typed.map((title) => ({ title })),
      ).filter((id) => id !== null);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id) => id < before.length)).toBe(true);
    }),
  );
});

test('an ask whose title is still there is kept, whatever else becomes of the list', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...'ABCDEFGH')),
      fc.uniqueArray(fc.constantFrom(...'ABCDEFGH')),
      (before, typed) => {
        const ids = kept(before.join(''), typed.join(''));
        for (const [n, title] of typed.entries())
          if (before.includes(title)) expect(ids[n]).toBe(title.toLowerCase());
      },
    ),
  );
});
