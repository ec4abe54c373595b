import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, type Day } from '../../src/dates.js';
import { stances } from '../../src/commitments/commitment.rules.js';
import { countDays, whyMoved } from '../../src/triggers/count-days.rules.js';
import {
  dayOfTrigger,
  isBelow,
  phaseOf,
  reasonNotToBegin,
  type Milestone,
  type Timing,
  type Track,
} from '../../src/triggers/trigger.rules.js';
import { firstDayOfWhen, lastDayOfWhen, whenOf, whenPrecisions } from '../../src/when.js';
import {
  addWorkingDays,
  isWorkingDay,
  subtractWorkingDays,
  workingDaysBetween,
  type Place,
} from '../../src/working-days.js';

const TODAY = '2026-11-24';
const anywhere: Place = { timeZone: 'UTC' };
const england: Place = { timeZone: 'Europe/London', country: 'GB-ENG' };

const report: Milestone = { title: 'Report stage', stage: 'committee', expectedOn: '2027-05-12' };
const of = (...milestones: Milestone[]): Track => ({ procedure: 'free', ownStages: [], milestones });
const timing = (own: Partial<Timing> = {}): Timing => ({
  days: 10,
  side: 'before',
  basis: 'expected',
  ...own,
});
const dayFor = (own: Partial<Timing>, milestone: Milestone, track = of(milestone), place = anywhere) =>
  dayOfTrigger(timing(own), milestone, { track, place, today: TODAY });

describe('the day of a trigger', () => {
  test('is counted back from the expected day, and says how', () => {
    expect(dayFor({}, report)).toEqual({
      day: '2027-04-28',
      how: '10 working days before 12 May 2027. “Report stage” is expected on that day.',
    });
  });

  test('leaves out the holidays where it is counted, and names them', () => {
    expect(dayFor({}, report, of(report), england)).toMatchObject({
      day: '2027-04-27',
      how: expect.stringContaining('without 3 May 2027 (Early May bank holiday), no working day there'),
    });
  });

  test.each<[Timing['side'], string, Day, string]>([
    ['before', '2027-05', '2027-04-29', 'that is the first day it can be'],
    ['after', '2027-05', '2027-06-01', 'that is the last day it can be'],
    ['before', '2027-Q2', '2027-03-31', 'in the second quarter of 2027'],
    ['after', '2027-Q2', '2027-07-01', 'in the second quarter of 2027'],
    ['before', '2027', '2026-12-31', 'in 2027'],
    ['after', '2027', '2028-01-03', 'in 2027'],
  ])('%s a date known as %s is the safe end of it', (side, expectedOn, day, words) => {
    const vague = { ...report, expectedOn };
    expect(dayFor({ days: 1, side }, vague)).toMatchObject({ day, how: expect.stringContaining(words) });
  });

  test('counts from what has happened where it is asked to', () => {
    const happened = { ...report, happenedOn: '2026-11-20' };
    expect(dayFor({ days: 2, side: 'after', basis: 'happened' }, happened)).toMatchObject({
      day: '2026-11-24',
    });
  });

  test('is a working day also where the milestone is not', () => {
    const sunday = { ...report, expectedOn: '2026-11-29' };
    expect(dayFor({ days: 0 }, sunday)).toMatchObject({
      day: '2026-11-27',
      how: expect.stringContaining('counted from 27 November 2026'),
    });
    expect(dayFor({ days: 0, side: 'after' }, sunday)).toMatchObject({ day: '2026-11-30' });
  });
});

describe('a trigger rests', () => {
  const end = (stage: string): Milestone => ({ title: 'The end', stage, happenedOn: '2026-11-01' });
  test.each<[string, Partial<Timing>, Milestone, Milestone[], RegExp]>([
    [
      'until it has happened',
      { side: 'after', basis: 'happened' },
      report,
      [],
      /until “Report stage” has happened/,
    ],
    [
      'once it has happened',
      {},
      { ...report, happenedOn: '2026-11-20' },
      [],
      /has happened, 20 November 2026/,
    ],
    ['without a date', {}, { ...report, expectedOn: null }, [], /nobody has said when/],
    [
      'when its source is silent',
      {},
      { ...report, imported: { goneAt: new Date(0) } },
      [],
      /no longer lists/,
    ],
    ['when the law was withdrawn', {}, report, [end('withdrawn')], /the law was withdrawn/],
    ['when the law has lapsed', {}, report, [end('lapsed')], /lapsed or expired/],
    [
      'for what happened, too, when the law was withdrawn',
      { side: 'after', basis: 'happened' },
      { ...report, happenedOn: '2026-10-20' },
      [end('withdrawn')],
      /the law was withdrawn/,
    ],
    [
      'when it is overtaken',
      {},
      { ...report, expectedOn: '2026-11-02' },
      [{ title: 'Assent', stage: 'assent', happenedOn: '2026-11-20' }],
      /overtaken by “Assent”/,
    ],
  ])('%s', (_when, own, milestone, others, sentence) => {
    expect(dayFor(own, milestone, of(milestone, ...others))).toEqual({
      rests: expect.stringMatching(sentence),
    });
  });

  test('not where the end of the law is what it was waiting for', () => {
    const withdrawn = end('withdrawn');
    expect(dayFor({ side: 'after', basis: 'happened', days: 1 }, withdrawn)).toMatchObject({
      day: '2026-11-03',
    });
  });
});

test('what was to come before a date that is over is not begun any more', () => {
  const passed = { ...report, expectedOn: '2026-11-23' };
  expect(reasonNotToBegin(timing(), passed, of(passed), TODAY)).toContain(
    'nobody has said whether it happened',
  );
  expect(reasonNotToBegin(timing({ side: 'after' }), passed, of(passed), TODAY)).toBeNull();
  expect(reasonNotToBegin(timing(), report, of(report), TODAY)).toBeNull();
});

test.each([
  ['2026-12-09', 'ahead'],
  ['2026-12-08', 'now'],
  ['2026-11-24', 'now'],
  ['2026-11-10', 'now'],
  ['2026-11-09', 'over'],
])('on 24 November a trigger of %s is %s', (day, phase) => {
  expect(phaseOf(day, TODAY)).toBe(phase);
});

test('no stance, and one taken back, is below all others; each is below those that go further', () => {
  const order = ['none', 'declined', 'non-committal', 'partial', 'committed', 'implemented'] as const;
  for (const [i, one] of order.entries())
    for (const [j, other] of order.entries()) expect(isBelow(one, other)).toBe(i < j);
  for (const stance of stances) expect(isBelow('withdrawn', stance)).toBe(isBelow('none', stance));
  expect(isBelow('none', 'withdrawn')).toBe(false);
});

test('why a day moved is said in the words of the milestone', () => {
  expect(whyMoved('Report stage', '2027-05-05', '2027-05-12')).toBe(
    '“Report stage” moved from 5 May 2027 to 12 May 2027.',
  );
  expect(whyMoved('Report stage', '2027-05', '2027-05')).toContain('has changed');
});

describe('whatever the date, the number of days and the calendar', () => {
  const day = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const when = fc.tuple(day, fc.constantFrom(...whenPrecisions)).map(([one, exact]) => whenOf(one, exact));
  const place = fc.constantFrom(anywhere, england, {
    ...anywhere,
    closed: [{ from: '2026-07-01', until: '2026-08-20', name: 'Works holiday' }],
  });
  const any = fc.record({ when, place, days: fc.nat(40) });

  test('so many working days lie before it, and no day nearer would leave so many', () => {
    fc.assert(
      fc.property(any, ({ when, place, days }) => {
        const first = firstDayOfWhen(when);
        const found = countDays(timing({ days }), { ...report, expectedOn: when }, place).day;
        expect(isWorkingDay(found, place)).toBe(true);
        expect(found <= first).toBe(true);
        const last = subtractWorkingDays(first, 0, place);
        expect(workingDaysBetween(found, last, place)).toBe(days);
        expect(addWorkingDays(found, days, place)).toBe(last);
        expect(addWorkingDays(dayAfter(found), days, place) > first).toBe(true);
      }),
    );
  });

  test('it never comes sooner after it than so many working days', () => {
    fc.assert(
      fc.property(any, ({ when, place, days }) => {
        const last = lastDayOfWhen(when);
        const found = countDays(timing({ days, side: 'after' }), { ...report, expectedOn: when }, place).day;
        expect(isWorkingDay(found, place)).toBe(true);
        expect(found >= last).toBe(true);
        expect(workingDaysBetween(addWorkingDays(last, 0, place), found, place)).toBe(days);
      }),
    );
  });

  test('a slip moves it the same way, by the same rule, and nothing but its arguments counts', () => {
    fc.assert(
      fc.property(
        any,
        day,
        fc.constantFrom('before' as const, 'after' as const),
        ({ when, place, days }, to, side) => {
          const frozen = Object.freeze({ ...report, expectedOn: when });
          const count = (milestone: Milestone) => countDays(timing({ days, side }), milestone, place);
          const [was, is] = [count(frozen), count({ ...frozen, expectedOn: to })];
          expect(count(frozen)).toEqual(was);
          const end = side === 'before' ? firstDayOfWhen : lastDayOfWhen;
          if (end(to) >= end(when)) expect(is.day >= was.day).toBe(true);
          else expect(is.day <= was.day).toBe(true);
        },
      ),
    );
  });
});
