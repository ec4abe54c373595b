import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_WINDOW, isInWindow, nextInWindow } from '../../src/sending-window.js';
import { addWorkingDays, holidayOn, holidaysBetween, isWorkingDay } from '../../src/working-days.js';

const newYork = { timeZone: 'America/New_York', country: 'US' };
const london = { timeZone: 'Europe/London', country: 'GB' };
const kathmandu = { timeZone: 'Asia/Kathmandu' };
const adelaide = { timeZone: 'Australia/Adelaide' };

describe('working days', () => {
  test.each([
    ['2026-11-24', 0, '2026-11-24'],
    ['2026-11-24', 1, '2026-11-25'],
    // Thanksgiving on Thursday 26 November, then a weekend
    ['2026-11-25', 1, '2026-11-27'],
    ['2026-11-25', 2, '2026-11-30'],
    ['2026-11-28', 0, '2026-11-30'],
    ['2026-11-28', 1, '2026-12-01'],
    ['2026-12-24', 1, '2026-12-28'],
  ])('%s and %i working days in the United States is %s', (day, days, wanted) => {
    expect(addWorkingDays(day, days, newYork)).toBe(wanted);
  });

  test('without a country only weekends are left out', () => {
    expect(addWorkingDays('2026-11-25', 1, { timeZone: 'America/New_York' })).toBe('2026-11-26');
    expect(holidayOn('2026-12-25', { timeZone: 'UTC', country: '' })).toBeNull();
    expect(holidayOn('2026-12-25', london)).toBe('Christmas Day');
  });

  test('the result is always a working day, and never earlier', () => {
    const day = fc
      .date({ min: new Date('2023-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 40 }), (from, days) => {
        const to = addWorkingDays(from, days, newYork);
        expect(isWorkingDay(to, newYork)).toBe(true);
        expect(to >= from).toBe(true);
        if (days > 0) expect(addWorkingDays(from, days - 1, newYork) < to).toBe(true);
      }),
    );
  });
});

describe('the holidays between two days', () => {
  const bosnia = { timeZone: 'Europe/Sarajevo', country: 'BA' };

  test('are named, both days left out, and weekends too', () => {
    const thanksgiving = { day: '2026-11-26', name: 'Thanksgiving Day' };
    expect(holidaysBetween('2026-11-24', '2026-11-30', newYork)).toEqual([thanksgiving]);
    expect(holidaysBetween('2026-11-26', '2026-11-30', newYork)).toEqual([]);
    expect(holidaysBetween('2026-11-24', '2026-11-26', newYork)).toEqual([]);
    expect(holidaysBetween('2026-11-25', '2026-11-27', newYork)).toEqual([thanksgiving]);
    // 26 December 2026 is a Saturday, and Monday stands in for it
    expect(holidaysBetween('2026-12-24', '2027-01-04', london).map(({ day }) => day)).toEqual([
      '2026-12-25',
      '2026-12-28',
      '2027-01-01',
    ]);
  });

  test('are none where the country is not known, or the days are the same or the wrong way round', () => {
    expect(holidaysBetween('2026-01-01', '2026-12-31', { timeZone: 'America/New_York' })).toEqual([]);
    expect(
      holidaysBetween('2026-01-01', '2026-12-31', { timeZone: 'America/New_York', country: '' }),
    ).toEqual([]);
    expect(holidaysBetween('2026-11-26', '2026-11-26', newYork)).toEqual([]);
    expect(holidaysBetween('2027-11-27', '2026-11-25', newYork)).toEqual([]);
  });

  test('count on every day that they last', () => {
    const days = ['2026-05-27', '2026-05-28', '2026-05-29'];
    expect(holidaysBetween('2026-05-26', '2026-06-01', bosnia).map(({ day }) => day)).toEqual(days);
    expect(days.map((day) => isWorkingDay(day, bosnia))).toEqual([false, false, false]);
    expect(addWorkingDays('2026-05-26', 1, bosnia)).toBe('2026-06-01');
  });

  test('are the very days that are no working days though no weekend, over any number of years', () => {
    const day = fc.integer({ min: 0, max: 1500 }).map((days) => new Date(Date.UTC(2025, 0, 1 + days)));
    const text = (date: Date) => date.toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, fc.constantFrom(newYork, london, bosnia), (from, until, place) => {
        const wanted: string[] = [];
        for (let at = from.getTime() + 86_400_000; at < until.getTime(); at += 86_400_000) {
          const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
          if (!isWeekend && !isWorkingDay(text(new Date(at)), place)) wanted.push(text(new Date(at)));
        }
        const found = holidaysBetween(text(from), text(until), place);
        expect(found.map((one) => one.day)).toEqual(wanted);
        for (const one of found) expect(one.name).toBe(holidayOn(one.day, place));
      }),
    );
  });
});

const nights = { fromHour: 20, untilHour: 23, everyDay: true };

test('a campaign may have another window', () => {
  const saturdayEvening = new Date('2026-11-28T21:30:00Z');
  expect(isInWindow(saturdayEvening, london, nights)).toBe(true);
  expect(isInWindow(saturdayEvening, london, { ...nights, everyDay: false })).toBe(false);
  expect(nextInWindow(new Date('2026-11-28T23:00:00Z'), london, nights)).toEqual(
    new Date('2026-11-29T20:00:00Z'),
  );
});

describe('the sending window, on the recipient’s own clock', () => {
  test.each([
    // the clocks of New York go forward on 8 March 2026 and back on 1 November 2026
    ['2026-03-06T13:59:00Z', newYork, false],
    ['2026-03-06T14:00:00Z', newYork, true],
    ['2026-03-09T12:59:00Z', newYork, false],
    ['2026-03-09T13:00:00Z', newYork, true],
    ['2026-10-30T13:00:00Z', newYork, true],
    ['2026-11-02T13:59:00Z', newYork, false],
    ['2026-11-02T14:00:00Z', newYork, true],
    ['2026-11-02T21:59:00Z', newYork, true],
    ['2026-11-02T22:00:00Z', newYork, false],
    // London: 29 March and 25 October 2026
    ['2026-03-27T09:00:00Z', london, true],
    ['2026-03-30T08:00:00Z', london, true],
    ['2026-03-30T07:59:00Z', london, false],
    ['2026-10-26T08:59:00Z', london, false],
    // zones that are off by a half or a quarter of an hour
    ['2026-11-24T03:15:00Z', kathmandu, true],
    ['2026-11-24T03:14:00Z', kathmandu, false],
    ['2026-11-23T22:30:00Z', adelaide, true],
    ['2026-11-23T22:29:00Z', adelaide, false],
    // a Saturday there while it is still Friday in UTC
    ['2026-11-27T22:31:00Z', adelaide, false],
    // Thanksgiving
    ['2026-11-26T16:00:00Z', newYork, false],
  ])('%s in %j: %s', (instant, place, open) => {
    expect(isInWindow(new Date(instant), place, DEFAULT_WINDOW)).toBe(open);
  });

  test.each([
    ['2026-11-24T15:00:00Z', newYork, '2026-11-24T15:00:00.000Z'],
    ['2026-11-24T05:00:00Z', newYork, '2026-11-24T14:00:00.000Z'],
    ['2026-11-25T22:00:00Z', newYork, '2026-11-27T14:00:00.000Z'],
    ['2026-10-23T17:00:00Z', london, '2026-10-26T09:00:00.000Z'],
    ['2026-03-27T17:30:00Z', london, '2026-03-30T08:00:00.000Z'],
  ])('from %s in %j the next opening is %s', (instant, place, wanted) => {
    expect(nextInWindow(new Date(instant), place, DEFAULT_WINDOW).toISOString()).toBe(wanted);
  });

  test('whatever the instant, the next opening lies in the window and not before it', () => {
    const instant = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2028-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(newYork, london, kathmandu, adelaide),
        fc.constantFrom(DEFAULT_WINDOW, { fromHour: 0, untilHour: 24, everyDay: false }, nights),
        (moment, place, window) => {
          const next = nextInWindow(moment, place, window);
          expect(isInWindow(next, place, window)).toBe(true);
          expect(next >= moment).toBe(true);
        },
      ),
    );
  });
});
