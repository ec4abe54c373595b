import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textWidth } from '../../src/axis/text-width.js';
import { answerBars, answerInWords, NARROW, WIDE } from '../../src/figures/answer-bars.js';
import { spread, stackedColumns } from '../../src/figures/stacked-columns.js';
import type { Counts, OverTime } from '../../src/figures/standing-over-time.rules.js';
import { clockStates } from '../../src/recipients/clock-state.rules.js';
import { engagements } from '../../src/recipients/status.rules.js';

const counts = fc
  .tuple(...engagements.map(() => fc.oneof(fc.constant(0), fc.nat(9), fc.nat(100_000))))
  .map((numbers) => Object.fromEntries(engagements.map((one, i) => [one, numbers[i]])) as Counts);
const total = (of: Counts) => Object.values(of).reduce((sum, count) => sum + count, 0);

const overTime = fc
  .tuple(
    fc.constantFrom('week' as const, 'month' as const),
    fc.array(counts, { minLength: 1, maxLength: 36 }),
  )
  .map(([unit, all]): OverTime => {
    const points = all.map((one, i) => {
      const end = unit === 'week' ? Date.UTC(2025, 8, 7 + 7 * i) : Date.UTC(2023, i + 1, 0);
      const on = i === all.length - 1 ? null : new Date(end).toISOString().slice(0, 10);
      return { on, counts: one, total: total(one) };
    });
    return { unit, points };
  });

describe.each([1080, 380])('columns in a picture of %s px', (width) => {
  test('stay inside, and no words touch others', () => {
    fc.assert(
      fc.property(overTime, (drawn) => {
        const columns = stackedColumns(drawn, width);
        expect(columns.right).toBeLessThanOrEqual(width);
        expect(columns.right).toBeGreaterThan(columns.left);
        const labels = columns.bands.flatMap(({ label }) => label ?? []);
        for (const { x, text } of labels) expect(x + textWidth(text, 14)).toBeLessThanOrEqual(width + 0.1);
        for (const [i, { y }] of labels.entries()) {
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(columns.bottom);
          if (i > 0) expect(y - labels[i - 1]!.y).toBeGreaterThanOrEqual(18.8);
        }
        const ticks = columns.ticks
          .map(({ x, label }) => [x - textWidth(label, 14) / 2, x + textWidth(label, 14) / 2] as const)
          .toSorted((a, b) => a[0] - b[0]);
        for (const [i, [left, right]] of ticks.entries()) {
          expect(left).toBeGreaterThanOrEqual(-1);
          expect(right).toBeLessThanOrEqual(width + 1);
          if (i > 0) expect(left - ticks[i - 1]![1]).toBeGreaterThan(5);
        }
      }),
    );
  });

  test('are as high as what they stand for, one on top of the other', () => {
    const one = (numbers: number[]) =>
      Object.fromEntries(engagements.map((engagement, i) => [engagement, numbers[i] ?? 0])) as Counts;
    const now = one([2, 0, 3, 5]);
    const columns = stackedColumns({ unit: 'week', points: [{ on: null, counts: now, total: 10 }] }, width);
    const edges = columns.bands.map(({ engagement, area }) => {
      const [, bottom, top] = /^M[\d.]+ ([\d.]+)V([\d.]+)H/.exec(area)!;
      return [engagement, Number(top), Number(bottom)];
    });
    expect(edges).toEqual([
      ['silent', 10, 66],
      ['acknowledged', 66, 150],
      ['replied', 150, 290],
    ]);
    expect(columns.ticks).toHaveLength(1);
    expect(columns.bands.map(({ label }) => label!.text)).toEqual([
      'Silent 2',
      'Acknowledged only 3',
      'Replied 5',
    ]);
  });
});

test('an engagement nobody has now, but had, is drawn without words', () => {
  const none = Object.fromEntries(engagements.map((engagement) => [engagement, 0])) as Counts;
  const points = [
    { on: '2026-11-22', counts: { ...none, silent: 1 }, total: 1 },
    { on: null, counts: { ...none, replied: 1 }, total: 1 },
  ];
  const { bands } = stackedColumns({ unit: 'week', points }, 380);
  expect(bands.map(({ engagement, label }) => [engagement, label?.text])).toEqual([
    ['silent', undefined],
    ['replied', 'Replied 1'],
  ]);
  expect(stackedColumns({ unit: 'week', points: [{ on: null, counts: none, total: 0 }] }, 380).bands).toEqual(
    [],
  );
});

test('words are moved apart only where they would touch', () => {
  expect(spread([50, 100], 10, 290)).toEqual([50, 100]);
  expect(spread([50, 52, 54], 10, 290)).toEqual([50, 69, 88]);
  expect(spread([280, 285, 288], 10, 280)).toEqual([242, 261, 280]);
});

const answers = fc.array(
  fc.record({
    id: fc.constant('f'.repeat(24)),
    organisation: fc.string({ minLength: 1, maxLength: 90, unit: 'grapheme' }),
    office: fc.constantFrom('Chief executive', 'Head of everything that is fictional'),
    answered: fc.boolean(),
    days: fc.oneof(fc.nat(60), fc.nat(4000)),
    clock: fc.constantFrom(...clockStates),
  }),
  { minLength: 1, maxLength: 30 },
);

test.each([
  ['wide', WIDE],
  ['narrow', NARROW],
])(
  'bars, their names and words stay inside a picture that is %s, and do not cover each other',
  (_name, shape) => {
    fc.assert(
      fc.property(answers, (all) => {
        const { bars, ticksY, height } = answerBars(all, shape);
        for (const [i, { name, words, wordsX, nameY, wordsY, box }] of bars.entries()) {
          expect(wordsX + textWidth(words, 14)).toBeLessThanOrEqual(shape.width + 0.1);
          expect(wordsX).toBeGreaterThan(box.x + box.width);
          expect(textWidth(name, 14)).toBeLessThanOrEqual(shape.beside ?? shape.width);
          if (shape.beside !== null) expect(box.x).toBeGreaterThan(shape.beside);
          else expect(nameY).toBeLessThan(box.y);
          if (i > 0) expect(Math.min(nameY - 12, box.y)).toBeGreaterThanOrEqual(bars[i - 1]!.wordsY);
          expect(wordsY).toBeLessThan(ticksY);
        }
        expect(ticksY).toBeLessThan(height);
      }),
    );
  },
);

test('whoever is waited for is said to be so, and whether it is late, in words', () => {
  const one = { id: '', organisation: 'Example', office: 'Chief executive', answered: false, days: 1 };
  expect(answerInWords({ ...one, answered: true, clock: 'stopped' })).toBe('1 working day');
  expect(answerInWords({ ...one, days: 1041, clock: 'very late' })).toBe(
    'waiting for 1,041 working days, very late',
  );
  expect(answerInWords({ ...one, days: 0, clock: 'running' }, true)).toBe('waiting 0 days');
  expect(answerInWords({ ...one, days: 4, clock: 'paused' })).toBe(
    'waiting for 4 working days, the clock is paused',
  );
});
