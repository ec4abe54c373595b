import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, daysBetween, type Day } from '../../src/dates.js';
import { countries, countryName, isCountry } from '../../src/public-holidays.js';
import { closedOf } from '../../src/organisations/closed.rules.js';
import {
  addWorkingDays,
  holidayOn,
  holidaysBetween,
  isWorkingDay,
  workingDaysBetween,
  type Closed,
  type Place,
} from '../../src/working-days.js';
import { holidaysLeftOut } from '../../src/working-days-in-words.js';

const england: Place = { timeZone: 'Europe/London', country: 'GB-ENG' };
const scotland: Place = { timeZone: 'Europe/London', country: 'GB-SCT' };
const bavaria: Place = { timeZone: 'Europe/Berlin', country: 'DE-BY' };
const newYork: Place = { timeZone: 'America/New_York', country: 'US-NY' };
const nowhere: Place = { timeZone: 'UTC', country: '' };

/**
 * Monday to Friday without a holiday there, written down by hand from what the governments announce: gov.uk/bank-holidays,
 * the Bavarian law on public holidays (Feiertagsgesetz, Art. 1), the General Construction Law of New York, § 24.
 */
const HOLIDAYS: [string, number, Place, string][] = [
  ['England', 2024, england, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26'],
  ['England', 2026, england, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
  ['England', 2027, england, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
  ['England', 2028, england, '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26'],
  ['Scotland', 2024, scotland, '01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26'],
  ['Scotland', 2025, scotland, '01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26'],
  ['Scotland', 2027, scotland, '01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28'],
  ['Scotland', 2028, scotland, '01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26'],
  ['Bavaria', 2024, bavaria, '01-01 03-29 04-01 05-01 05-09 05-20 05-30 10-03 11-01 12-25 12-26'],
  ['Bavaria', 2026, bavaria, '01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 12-25'],
  ['Bavaria', 2027, bavaria, '01-01 01-06 03-26 03-29 05-06 05-17 05-27 11-01'],
  [
    'New York',
    2024,
    newYork,
    // 15 February is a day of commemoration only; date-holidays counts it, so mail waits a day for nothing
    '01-01 01-15 02-12 02-15 02-19 05-27 06-19 07-04 09-02 10-14 11-05 11-11 11-28 12-25',
  ],
];

test.each(HOLIDAYS)('%s keeps its holidays of %i', (_name, year, place, days) => {
  const found = holidaysBetween(`${year - 1}-12-31`, `${year + 1}-01-01`, place).map(({ day }) => day);
  expect(found).toEqual(days.split(' ').map((day) => `${year}-${day}`));
});

const worksHoliday: Closed = { from: '2026-12-21', until: '2027-01-08', name: 'Works holiday' };
const leapDay: Closed = { from: '2028-02-28', until: '2028-02-29', name: 'Stocktaking' };

/** Counted off by hand on a paper calendar. */
test.each<[string, Place, Day, number, Day]>([
  ['England', england, '2026-12-23', 1, '2026-12-24'],
  ['England, Christmas and the day for Boxing Day', england, '2026-12-24', 1, '2026-12-29'],
  ['England, over the year’s end', england, '2026-12-24', 5, '2027-01-05'],
  ['England, from Easter Saturday', england, '2026-04-04', 0, '2026-04-07'],
  ['England, from Maundy Thursday', england, '2026-04-02', 1, '2026-04-07'],
  ['England has no holiday on St Andrew’s Day', england, '2026-11-27', 1, '2026-11-30'],
  ['Scotland has', scotland, '2026-11-27', 1, '2026-12-01'],
  ['Scotland works on Easter Monday', scotland, '2026-04-02', 1, '2026-04-06'],
  ['Scotland, 2 January on a Saturday', scotland, '2026-12-31', 1, '2027-01-05'],
  ['Scotland, New Year on a Saturday', scotland, '2027-12-31', 1, '2028-01-05'],
  ['Scotland, the summer holiday in early August', scotland, '2026-07-31', 1, '2026-08-04'],
  ['England, the summer holiday in late August', england, '2026-08-28', 1, '2026-09-01'],
  ['Bavaria, Epiphany', bavaria, '2026-01-05', 1, '2026-01-07'],
  ['Bavaria, Corpus Christi', bavaria, '2026-06-03', 1, '2026-06-05'],
  ['Bavaria, 20 days over Easter', bavaria, '2026-03-16', 20, '2026-04-15'],
  ['Bavaria, 40 days over four holidays', bavaria, '2026-04-20', 40, '2026-06-19'],
  ['New York, Thanksgiving', newYork, '2026-11-25', 1, '2026-11-27'],
  ['New York, Independence Day on a Saturday', newYork, '2026-07-02', 1, '2026-07-06'],
  ['New York, New Year on a Saturday is kept the year before', newYork, '2027-12-30', 1, '2028-01-03'],
  ['New York, Election Day', newYork, '2026-11-02', 1, '2026-11-04'],
  ['a leap day is a day', nowhere, '2028-02-28', 1, '2028-02-29'],
  ['the day after a leap day', nowhere, '2028-02-29', 1, '2028-03-01'],
  ['no leap day in 2027', nowhere, '2027-02-26', 1, '2027-03-01'],
  ['nor in 2100', nowhere, '2100-02-26', 1, '2100-03-01'],
  ['a closure over a leap day', { ...nowhere, closed: [leapDay] }, '2028-02-25', 1, '2028-03-01'],
  ['a closure over the year’s end', { ...england, closed: [worksHoliday] }, '2026-12-18', 1, '2027-01-11'],
  ['from within a closure', { ...england, closed: [worksHoliday] }, '2026-12-30', 0, '2027-01-11'],
  ['until just before a closure', { ...england, closed: [worksHoliday] }, '2026-12-17', 1, '2026-12-18'],
  [
    'closures that overlap',
    { ...nowhere, closed: [worksHoliday, { from: '2027-01-04', until: '2027-01-12', name: 'Move' }] },
    '2026-12-18',
    1,
    '2027-01-13',
  ],
])('a working day is found as on paper: %s', (_what, place, day, days, wanted) => {
  expect(addWorkingDays(day, days, place)).toBe(wanted);
});

describe('whatever the calendar,', () => {
  const START = Date.UTC(2023, 11, 1);
  const text = (days: number) => new Date(START + days * 86_400_000).toISOString().slice(0, 10);
  const day = fc.integer({ min: 0, max: 1900 }).map(text);
  const closure = fc
    .tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 40 }))
    .map(([from, length]): Closed => ({ from: text(from), until: text(from + length), name: 'Closed' }));
  const closures = fc.array(closure, { maxLength: 6 });
  const bare = fc.constantFrom(england, scotland, bavaria, newYork, nowhere);
  const place = fc.tuple(bare, closures).map(([at, closed]): Place => ({ ...at, closed }));
  const count = fc.integer({ min: 0, max: 45 });

  test('counting the working days after the first up to the result gives as many as were added', () => {
    fc.assert(
      fc.property(day, count, place, (from, days, at) => {
        const until = addWorkingDays(from, days, at);
        let counted = 0;
        const first = addWorkingDays(from, 0, at);
        for (let one = dayAfter(first); one <= until; one = dayAfter(one)) if (isOpen(one, at)) counted += 1;
        expect(counted).toBe(days);
      }),
    );
  });

  test('the result is a working day, and so is every sum of two parts', () => {
    fc.assert(
      fc.property(day, count, count, place, (from, one, two, at) => {
        const until = addWorkingDays(from, one + two, at);
        expect(isOpen(until, at)).toBe(true);
        expect(addWorkingDays(addWorkingDays(from, one, at), two, at)).toBe(until);
      }),
    );
  });

  test('a closure makes no deadline earlier, and only what lies in its way makes one later', () => {
    fc.assert(
      fc.property(day, count, place, closure, (from, days, at, another) => {
        const before = addWorkingDays(from, days, at);
        const after = addWorkingDays(from, days, { ...at, closed: [...at.closed!, another] });
        expect(after >= before).toBe(true);
        if (another.until < from || another.from > before) expect(after).toBe(before);
      }),
    );
  });

  test('the time zone changes nothing, and neither does the order of the closures', () => {
    const zone = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Havana');
    fc.assert(
      fc.property(day, count, place, zone, (from, days, at, timeZone) => {
        const other = { ...at, timeZone, closed: at.closed!.toReversed() };
        expect(addWorkingDays(from, days, other)).toBe(addWorkingDays(from, days, at));
        expect(isWorkingDay(from, other)).toBe(isWorkingDay(from, at));
      }),
    );
  });

  test('the days left out in words are as many as lie between the two', () => {
    fc.assert(
      fc.property(day, count, place, (from, days, at) => {
        const until = addWorkingDays(from, days, at);
        let wanted = 0;
        for (let one = dayAfter(from); one < until; one = dayAfter(one))
          if (!isWeekend(one) && !isOpen(one, at)) wanted += 1;
        expect(holidaysLeftOut(from, until, at).count).toBe(wanted);
      }),
    );
  });

  test('between two days, however far apart, are those that are met on the way from one to the other', () => {
    // countries whose holidays last several days, over the end of a year as well
    const others = fc.constantFrom('KR', 'TR', 'IR', 'VN', 'TH', 'JP', 'RU', 'UA', 'GB-SCT', '');
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: -30, max: 1500 }),
        others,
        closures,
        (from, length, country, closed) => {
          const at: Place = { timeZone: 'UTC', country, closed };
          const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
          const met: { day: Day; name: string }[] = [];
          let [days, working] = [0, 0];
          for (let one = from; one <= to; one = dayAfter(one)) {
            if (one > from) days += 1;
            if (isWorkingDay(one, at)) working += 1;
            else if (one > from && one < to && !isWeekend(one))
              met.push({ day: one, name: holidayOn(one, at)! });
          }
          expect(holidaysBetween(from, to, at)).toEqual(met);
          expect(workingDaysBetween(from, to, at)).toBe(Math.max(0, working - 1));
          if (length >= 0) expect(daysBetween(from, to)).toBe(days);
        },
      ),
    );
  }, 60_000);

  const isWeekend = (one: Day) => ['Sat', 'Sun'].includes(new Date(one).toUTCString().slice(0, 3));
  const isOpen = (one: Day, at: Place) =>
    !isWeekend(one) &&
    holidayOn(one, { ...at, closed: [] }) === null &&
    !at.closed!.some(({ from, until }) => one >= from && one <= until);
});

describe('a closed day', () => {
  const closed = [worksHoliday, { from: '2026-11-30', until: '2026-11-30', name: 'Founding day' }];

  test('has its name, and a public holiday keeps its own', () => {
    expect(holidayOn('2026-12-21', { ...england, closed })).toBe('Works holiday');
    expect(holidayOn('2027-01-08', { ...england, closed })).toBe('Works holiday');
    expect(holidayOn('2027-01-09', { ...england, closed })).toBeNull();
    expect(holidayOn('2026-12-25', { ...england, closed })).toBe('Christmas Day');
    expect(holidayOn('2026-11-30', { ...england, closed })).toBe('Founding day');
    expect(holidayOn('2026-11-30', { ...scotland, closed })).toBe('St Andrew’s Day');
  });

  test('is named with those beside it, where no working day lies between', () => {
    expect(holidaysLeftOut('2026-11-27', '2026-12-30', { ...england, closed })).toEqual({
      count: 8,
      names:
        '30 November 2026 (Founding day), from 21 December 2026 until 24 December 2026 (Works holiday), 25 December 2026 (Christmas Day), 28 December 2026 (Boxing Day (substitute day)) and 29 December 2026 (Works holiday)',
      arePublic: false,
    });
    const another = { from: '2026-12-02', until: '2026-12-02', name: 'Founding day' };
    expect(
      holidaysLeftOut('2026-11-27', '2026-12-03', { ...nowhere, closed: [...closed, another] }).names,
    ).toBe('30 November 2026 (Founding day) and 2 December 2026 (Founding day)');
    expect(holidaysLeftOut('2026-12-18', '2027-01-11', { ...nowhere, closed }).names).toBe(
      'from 21 December 2026 until 8 January 2027 (Works holiday)',
    );
    expect(holidaysLeftOut('2026-12-23', '2026-12-30', england).arePublic).toBe(true);
  });
});

describe('the days that an office is closed', () => {
  const holiday = (country: string, day: Day) => ({ country, day, name: `Holiday of ${country}` });
  const holidays = [holiday('GB-SCT', '2026-03-02'), holiday('GB', '2026-03-01'), holiday('G', '2026-03-03')];
  const one = (day: Day, name: string) => ({ from: day, until: day, name });

  test.each<[string, Closed[]]>([
    ['GB', [one('2026-03-01', 'Holiday of GB')]],
    ['GB-ENG', [one('2026-03-01', 'Holiday of GB')]],
    ['GB-SCT', [one('2026-03-01', 'Holiday of GB'), one('2026-03-02', 'Holiday of GB-SCT')]],
    ['FR', []],
    ['', []],
  ])('are, of the holidays by hand, those of its country %j', (country, wanted) => {
    expect(closedOf({ country }, [], holidays)).toEqual(wanted);
    expect(closedOf({ country }, [worksHoliday], holidays)).toEqual([...wanted, worksHoliday]);
  });
});

describe('countries', () => {
  test('are known with those of their regions that keep holidays of their own', () => {
    expect(['GB', 'GB-SCT', 'DE-BY', 'US-CA', 'FR'].filter(isCountry)).toHaveLength(5);
    expect(
      ['', 'GB-', 'XX', 'GB-XX', 'SCT', '__proto__', 'GB-__proto__', 'toString'].filter(isCountry),
    ).toEqual([]);
    expect(countryName('GB-SCT')).toBe('Scotland, United Kingdom');
    expect(countryName('GB')).toBe('United Kingdom');
    expect(countryName('XX-Y')).toBe('XX-Y');
  });

  test('each code is there once, and the calendar of every 25th can be read', () => {
    const codes = countries().flatMap(({ code, regions }) => [code, ...regions.map((region) => region.code)]);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(500);
    const some = codes.filter((_, i) => i % 25 === 0);
    const unreadable = some.filter(
      (country) => holidaysBetween('2026-01-01', '2026-12-31', { timeZone: 'UTC', country }).length === 0,
    );
    expect(unreadable).toEqual([]);
  });
});
