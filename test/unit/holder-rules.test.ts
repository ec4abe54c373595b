import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayBefore, dayOf } from '../../src/dates.js';
import {
  clashOf,
  holderChanges,
  namedInAddress,
  placeHolder,
  vacate,
  waitsForConfirmation,
} from '../../src/organisations/holder.rules.js';
import { holderOn, type Holder } from '../../src/organisations/organisation.rules.js';

const holder = (name: string, from?: string | null, until?: string | null): Holder => ({
  name,
  salutation: '',
  from,
  until,
});
const open = holder('Ada Former', '2020-01-01');
const endsOf = (placed: { ends: Holder[] } | object) =>
  'ends' in placed ? placed.ends.map(({ name }) => name) : placed;

describe('a take-over', () => {
  test.each<[string, Holder[], Holder, string[]]>([
    ['of an office that had nobody', [], holder('B'), []],
    ['ends the time of whoever holds it', [open], holder('B', '2026-11-24'), ['Ada Former']],
    ['and of one whose first day is not known', [holder('A')], holder('B', '2026-11-24'), ['A']],
    ['by somebody who is there for a time', [open], holder('B', '2026-11-24', '2026-12-31'), ['Ada Former']],
    [
      'after a vacancy leaves the earlier days alone',
      [holder('A', null, '2026-06-30')],
      holder('B', '2026-09-01'),
      [],
    ],
    ['on the day after a last day', [holder('A', null, '2026-06-30')], holder('B', '2026-07-01'), []],
    [
      'fits between two',
      [holder('A', null, '2026-06-30'), holder('C', '2026-09-01')],
      holder('B', '2026-07-01', '2026-08-31'),
      [],
    ],
    ['that lies before all others', [open], holder('B', null, '2019-12-31'), []],
  ])('%s', (_what, holders, successor, ends) => {
    expect(endsOf(placeHolder(holders, successor))).toEqual(ends);
  });

  test.each<[string, Holder[], Holder, string, string]>([
    [
      'before somebody came',
      [open],
      holder('B', '2019-01-01'),
      'from',
      'Ada Former holds the office from 1 January 2020. Enter a later day.',
    ],
    [
      'on the very day',
      [open],
      holder('B', '2020-01-01'),
      'from',
      'Ada Former holds the office from 1 January 2020. Enter a later day.',
    ],
    [
      'within days that somebody wrote down',
      [holder('A', '2020-01-01', '2026-12-31')],
      holder('B', '2026-12-31'),
      'from',
      'A is to hold the office until 31 December 2026. Enter a later day, or change that last day first.',
    ],
    [
      'that lasts until somebody else has come',
      [open],
      holder('B', '2019-01-01', '2020-01-01'),
      'until',
      'Ada Former holds the office from 1 January 2020. Enter a day before that.',
    ],
    [
      'without a first day',
      [open],
      holder('B'),
      'from',
      'Enter the first day: Ada Former is written down as well.',
    ],
    [
      'by whoever holds it',
      [open],
      holder('ada  FORMER', '2026-11-24'),
      'name',
      'Ada Former holds the office on that day already.',
    ],
  ])('%s is refused', (_what, holders, successor, field, sentence) => {
    expect(placeHolder(holders, successor)).toEqual({ field, sentence });
  });
});

test('days that are corrected may not meet those of others, and move nobody', () => {
  expect(clashOf([holder('A', null, '2026-06-30')], holder('B', '2026-07-01'))).toBeNull();
  expect(clashOf([open], holder('B', '2026-07-01'))).toEqual({
    field: 'from',
    sentence:
      'Ada Former holds the office on that day, and their last day is not known. Enter that one first.',
  });
  expect(clashOf([holder('C', '2026-01-01', '2026-12-31')], holder('B', '2026-07-01'))).toMatchObject({
    field: 'from',
  });
});

test.each<[string, Holder[], string, string[] | string]>([
  ['ends the time of whoever holds it', [open], '2026-11-24', ['Ada Former']],
  [
    'leaves whoever comes later',
    [open, holder('B', '2027-01-01', '2027-12-31')],
    '2026-11-24',
    ['Ada Former'],
  ],
  ['of an office without anybody', [], '2026-11-24', 'Nobody is named as holding the office on that day.'],
  [
    'on the first day of somebody',
    [open],
    '2020-01-01',
    'Ada Former holds the office from 1 January 2020. Enter a later day.',
  ],
  [
    'before a last day that is written down',
    [holder('A', null, '2026-12-31')],
    '2026-11-24',
    'A is to hold the office until 31 December 2026. Change that last day instead.',
  ],
])('a vacancy %s', (_what, holders, from, expected) => {
  const vacated = vacate(holders, from);
  expect('sentence' in vacated ? vacated.sentence : endsOf(vacated)).toEqual(expected);
});

const day = fc.integer({ min: 10, max: 28 }).map((n) => `2026-11-${n}`);
const step = fc.record({
  name: fc.constantFrom('A', 'B', 'C', 'D'),
  from: day,
  until: fc.option(day),
  vacant: fc.boolean(),
});

test('however often an office changes hands, nobody holds it beside somebody else, and a day of the past stays', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let holders: Holder[] = [];
      for (const { vacant, ...next } of steps) {
        if (next.until && next.until < next.from) continue;
        const done = vacant ? vacate(holders, next.from) : placeHolder(holders, next);
        if ('field' in done) continue;
        const until = dayBefore(next.from);
        const earlier = holders;
        holders = holders.map((one) => (done.ends.includes(one) ? { ...one, until } : one));
        if (!vacant) holders.push({ ...next, salutation: '' });
        expect(holderOn(holders, next.from)?.name).toBe(vacant ? undefined : next.name);
        expect(holderOn(holders, until)?.name).toBe(holderOn(earlier, until)?.name);
      }
      for (let n = 9; n <= 29; n += 1) {
        const on = `2026-11-${String(n).padStart(2, '0')}`;
        const there = holders.filter(({ from, until }) => from! <= on && (!until || until >= on));
        expect(there.length).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the changes of an office are told the latest first, with who came before and every vacancy', () => {
  const holders = [
    holder('A', null, '2026-06-30'),
    holder('B', '2026-07-01', '2026-08-31'),
    holder('C', '2026-10-01'),
  ];
  const told = holderChanges(holders).map(({ day: on, holder: now, before }) => [
    on,
    now?.name ?? null,
    before?.name ?? null,
  ]);
  expect(told).toEqual([
    ['2026-10-01', 'C', null],
    ['2026-09-01', null, 'B'],
    ['2026-07-01', 'B', 'A'],
  ]);
  expect(holderChanges([holder('A')])).toEqual([]);
});

test.each([
  ['Pacific/Kiritimati', '2026-12-02T09:59:59Z', '2026-12-02T10:00:00Z'],
  ['Europe/London', '2026-12-02T23:59:59Z', '2026-12-03T00:00:00Z'],
  ['America/Los_Angeles', '2026-12-03T07:59:59Z', '2026-12-03T08:00:00Z'],
])('in %s a take-over takes effect at midnight there', (zone, before, after) => {
  const holders = [holder('A', null, '2026-12-02'), holder('B', '2026-12-03')];
  const at = (instant: string) => holderOn(holders, dayOf(new Date(instant), zone))?.name;
  expect([at(before), at(after)]).toEqual(['A', 'B']);
});

test.each([
  [{}, false],
  [{ tookOver: false }, false],
  [{ tookOver: true }, true],
  [{ tookOver: true, confirmedAt: null }, true],
  [{ tookOver: true, confirmedAt: new Date() }, false],
])('%j waits for confirmation: %s', (one, waits) => {
  expect(waitsForConfirmation(one)).toBe(waits);
});

test.each([
  ['kim.invented@example.org', ['Kim Invented']],
  ['KInvented@example.org', ['Kim Invented']],
  ['inventéd@example.org', ['Kim Invented']],
  ['chief@invented.example', []],
  ['office@example.org', []],
  ['li@example.org', []],
  ['', []],
])('the address %s looks personal to %j', (address, named) => {
  const people = [{ name: 'Kim Invented' }, { name: 'Ada Li' }, { name: '' }];
  expect(namedInAddress(address, people).map(({ name }) => name)).toEqual(named);
});
