import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter } from '../../src/dates.js';
import { periodName, periodsOf } from '../../src/figures/periods.rules.js';
import { quartilesOf } from '../../src/figures/quartiles.rules.js';
import { standingOverTime } from '../../src/figures/standing-over-time.rules.js';
import { queryOf, wantedIn } from '../../src/recipients/recipient-query.js';
import { answerGroups } from '../../src/recipients/answer-group.rules.js';
import { deliveries, engagements } from '../../src/recipients/status.rules.js';
import type { Stood } from '../../src/recipients/stood.rules.js';

describe('periods', () => {
  test.each<[string, string, ReturnType<typeof periodsOf>]>([
    ['2026-11-23', '2026-11-24', { unit: 'week', ends: [] }],
    ['2026-11-22', '2026-11-22', { unit: 'week', ends: [] }],
    ['2026-11-22', '2026-11-23', { unit: 'week', ends: ['2026-11-22'] }],
    ['2026-11-09', '2026-11-24', { unit: 'week', ends: ['2026-11-15', '2026-11-22'] }],
  ])('from %s, on %s', (first, today, expected) => expect(periodsOf(first, today)).toEqual(expected));

  test('grow with the time they cover, so that there are never too many', () => {
    const unitAfter = (first: string) => periodsOf(first, '2026-11-24').unit;
    expect(['2026-04-01', '2026-01-01', '2022-01-01', '2010-01-01'].map(unitAfter)).toEqual([
      'week',
      'month',
      'quarter',
      'year',
    ]);
    expect(periodsOf('2024-02-28', '2026-03-01').ends).toContain('2024-02-29');
  });

  test('are called by their last week, month, quarter or year', () => {
    expect(periodName('2026-11-22', 'week', false)).toBe('22 Nov');
    expect(periodName('2026-11-30', 'month', true)).toBe('Nov 2026');
    expect(periodName('2026-12-31', 'quarter', true)).toBe('Q4 2026');
    expect(periodName('2026-12-31', 'year', false)).toBe('2026');
  });
});

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString().slice(0, 10);

/** Spans that follow on one another, the last one open or not. */
const aHistory = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
    fc.array(fc.constantFrom(...engagements), { minLength: 5, maxLength: 5 }),
    fc.boolean(),
  )
  .map(([days, said, open]): Stood[] => {
    const sorted = days.toSorted((a, b) => a - b).map(day);
    const spans = sorted.map((from, i) => ({ engagement: said[i]!, from, until: sorted[i + 1] ?? null }));
    return open ? spans : spans.slice(0, -1);
  });

test('at each point it counts those who stood there on that day', () => {
  fc.assert(
    fc.property(
      fc.array(aHistory, { maxLength: 8 }),
      fc.integer({ min: 201, max: 500 }),
      (histories, now) => {
        const overTime = standingOverTime(histories, day(now));
        if (histories.flat().length === 0) return expect(overTime).toBeNull();
        for (const { on, counts, total } of overTime!.points) {
          const there = histories
            .flat()
            .filter(({ from, until }) =>
              on === null ? until === null : from <= on && (until === null || on < until),
            );
          for (const engagement of engagements)
            expect(counts[engagement]).toBe(there.filter((span) => span.engagement === engagement).length);
          expect(total).toBe(there.length);
        }
        const ends = overTime!.points.slice(0, -1).map(({ on }) => on!);
        expect(ends.every((on, i) => i === 0 || on > ends[i - 1]!)).toBe(true);
        expect(overTime!.points.at(-1)!.on).toBeNull();
      },
    ),
  );
});

test('a part of those who answered had done so within so many days, and no fewer days would do', () => {
  expect(quartilesOf([])).toBeNull();
  expect(quartilesOf([7])).toEqual({ of: 1, quarter: 7, half: 7, threeQuarters: 7 });
  expect(quartilesOf([40, 1, 3, 2])).toEqual({ of: 4, quarter: 1, half: 2, threeQuarters: 3 });
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 1 }), (days) => {
      const { of, ...parts } = quartilesOf(days)!;
      for (const [name, part] of [
        ['quarter', 0.25],
        ['half', 0.5],
        ['threeQuarters', 0.75],
      ] as const) {
        const within = (limit: number) => days.filter((one) => one <= limit).length;
        expect(within(parts[name])).toBeGreaterThanOrEqual(part * of);
        expect(within(parts[name] - 1)).toBeLessThan(part * of);
      }
    }),
  );
});

test('what a list is asked for is the same after it was an address', () => {
  const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
  const wanted = fc.record({
    delivery: maybe(fc.constantFrom(...deliveries)),
    engagement: maybe(fc.constantFrom(...engagements)),
    on: maybe(fc.constantFrom('now', '2026-11-22', dayAfter('2026-11-22'))),
    late: maybe(fc.constantFrom('late' as const, 'very late' as const)),
    answered: maybe(fc.constantFrom(...answerGroups)),
    find: maybe(fc.string({ minLength: 1, unit: 'grapheme' })),
    unacknowledged: maybe(fc.constant(true)),
  });
  fc.assert(
    fc.property(wanted, (one) => {
      const address = new URLSearchParams(queryOf(one));
      expect(wantedIn((name) => address.get(name) ?? '')).toEqual(one);
    }),
  );
  const odd: Record<string, string> = { on: '2026-02-30', engagement: 'made-up', answered: 'no', late: 'x' };
  expect(queryOf(wantedIn((name) => odd[name] ?? ''))).toBe('late=on');
});
