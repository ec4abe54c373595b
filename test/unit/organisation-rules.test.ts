import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldName, holderOn, type Holder } from '../../src/organisations/organisation.rules.js';

const holder = (name: string, from?: string, until?: string): Holder => ({
  name,
  salutation: '',
  from,
  until,
});

test.each<[string, Holder[], string, string | null]>([
  ['nobody', [], '2026-11-24', null],
  ['somebody without dates', [holder('A')], '1999-01-01', 'A'],
  ['the day before the first', [holder('A', '2026-01-01')], '2025-12-31', null],
  ['the first day', [holder('A', '2026-01-01')], '2026-01-01', 'A'],
  ['the last day', [holder('A', undefined, '2026-06-30')], '2026-06-30', 'A'],
  ['the day after the last', [holder('A', undefined, '2026-06-30')], '2026-07-01', null],
  [
    'the gap between two',
    [holder('A', undefined, '2026-06-30'), holder('B', '2026-09-01')],
    '2026-08-01',
    null,
  ],
  ['the successor', [holder('A', undefined, '2026-06-30'), holder('B', '2026-07-01')], '2026-07-01', 'B'],
  [
    'two at once: the one who came last',
    [holder('B', '2026-07-01'), holder('A', '2020-01-01')],
    '2026-07-02',
    'B',
  ],
  ['one with a first day beside one without', [holder('B', '2026-07-01'), holder('A')], '2026-07-02', 'B'],
  ['one day only', [holder('A', '2026-07-01', '2026-07-01')], '2026-07-01', 'A'],
])('who holds the office: %s', (_what, holders, day, name) => {
  expect(holderOn(holders, day)?.name ?? null).toBe(name);
});

const day = fc.integer({ min: 10, max: 28 }).map((n) => `2026-11-${n}`);
const anyHolder = fc.record({
  name: fc.string(),
  salutation: fc.string(),
  from: fc.option(day),
  until: fc.option(day),
});

test('whoever holds an office came by that day and has not gone before it', () => {
  fc.assert(
    fc.property(fc.array(anyHolder), day, (holders, on) => {
      const found = holderOn(holders, on);
      if (found) expect((found.from ?? on) <= on && (found.until ?? on) >= on).toBe(true);
      else expect(holders.some(({ from, until }) => (from ?? on) <= on && (until ?? on) >= on)).toBe(false);
    }),
  );
});

test.each([
  ['  Example   Platform ', 'example platform'],
  ['ÉXAMPLE Plätform', 'example platform'],
  ['Ｅｘａｍｐｌｅ', 'example'],
  ['example\n\tplatform', 'example platform'],
  ['Пример', 'пример'],
])('%j is the same name as %j', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

test('folding twice is folding once, and leaves no space at either end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const folded = foldName(name);
      expect(foldName(folded)).toBe(folded);
      expect(folded).toBe(folded.trim());
    }),
    { numRuns: 500 },
  );
});
