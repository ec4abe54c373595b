import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { whoIsTold, whoIsToldOfLaw, whoIsToldOfStrays } from '../../src/attention/whose.rules.js';
import { reminderDue, reminderKey, reminderKeys } from '../../src/reminders/reminder.rules.js';

const due = (timeZone: string, instant: string, last: string | null = null, reminderHour?: number) =>
  reminderDue({ timeZone, reminderHour }, last ? new Date(last) : null, new Date(instant));

describe('a reminder is due from 08:00 until 18:00 on the clock of its reader', () => {
  test.each([
    ['Europe/London', '2026-11-24T07:59:59Z', false],
    ['Europe/London', '2026-11-24T08:00:00Z', true],
    ['Europe/London', '2026-11-24T17:59:59Z', true],
    ['Europe/London', '2026-11-24T18:00:00Z', false],
    // the morning after the clocks went forward, and after they went back
    ['Europe/London', '2026-03-29T07:00:00Z', true],
    ['Europe/London', '2026-03-28T07:00:00Z', false],
    ['Europe/London', '2026-10-25T07:00:00Z', false],
    ['Europe/London', '2026-10-25T08:00:00Z', true],
    // half and three quarters of an hour
    ['Asia/Kolkata', '2026-11-24T02:29:00Z', false],
    ['Asia/Kolkata', '2026-11-24T02:30:00Z', true],
    ['Asia/Kathmandu', '2026-11-24T02:15:00Z', true],
    ['Australia/Lord_Howe', '2026-11-23T21:00:00Z', true],
    // far from UTC
    ['Pacific/Kiritimati', '2026-11-23T18:00:00Z', true],
    ['Pacific/Pago_Pago', '2026-11-24T19:00:00Z', true],
    ['Pacific/Pago_Pago', '2026-11-24T18:59:00Z', false],
  ])('%s at %s: %s', (zone, instant, expected) => {
    expect(due(zone, instant)).toBe(expected);
  });

  test('every day has its time, in every zone, on the days the clocks change too', () => {
    const zone = fc.constantFrom(
      'Europe/London',
      'America/St_Johns',
      'Asia/Kolkata',
      'Pacific/Apia',
      'Pacific/Chatham',
      'Australia/Lord_Howe',
    );
    const day = fc.integer({ min: 0, max: 3650 });
    fc.assert(
      fc.property(zone, day, (timeZone, n) => {
        const morning = DateTime.fromObject(
          { year: 2026, month: 1, day: 1, hour: 8 },
          { zone: timeZone },
        ).plus({ days: n });
        expect(reminderDue({ timeZone }, null, morning.toJSDate())).toBe(true);
        expect(reminderDue({ timeZone }, null, morning.minus({ minutes: 1 }).toJSDate())).toBe(false);
      }),
    );
  });
});

describe('each reader has an hour of their own', () => {
  test.each([
    [0, '2026-11-24T00:00:00Z', true],
    [0, '2026-11-24T10:00:00Z', false],
    [6, '2026-11-24T05:59:00Z', false],
    [6, '2026-11-24T06:00:00Z', true],
    [23, '2026-11-24T22:59:00Z', false],
    [23, '2026-11-24T23:59:00Z', true],
    // 01:00 does not come on this day: it is 00:59, then 02:00
    [1, '2026-03-29T00:59:00Z', false],
    [1, '2026-03-29T01:00:00Z', true],
    // 01:00 comes twice
    [1, '2026-10-24T23:59:00Z', false],
    [1, '2026-10-25T00:00:00Z', true],
    [1, '2026-10-25T01:00:00Z', true],
  ])('%d o’clock in London at %s: %s', (hour, instant, expected) => {
    expect(due('Europe/London', instant, null, hour)).toBe(expected);
  });

  test('and still one reminder a day: after the last one none comes before the next day of their own', () => {
    expect(due('Europe/London', '2026-11-24T17:00:00Z', '2026-11-24T08:00:00Z')).toBe(false);
    expect(due('Europe/London', '2026-11-25T08:00:00Z', '2026-11-24T17:00:00Z')).toBe(true);
    // the hour that comes twice
    expect(due('Europe/London', '2026-10-25T01:00:00Z', '2026-10-25T00:00:00Z', 1)).toBe(false);
    // moved to a later hour, then to an earlier one
    expect(due('Europe/London', '2026-11-24T20:00:00Z', '2026-11-24T08:00:00Z', 20)).toBe(false);
    expect(due('Europe/London', '2026-11-25T06:00:00Z', '2026-11-24T20:00:00Z', 6)).toBe(true);
  });

  test('the day is the one that their present clock shows, of the last reminder, too', () => {
    // sent on the 24th in Auckland; an hour later the reader is in Honolulu, where it is and was the 23rd
    expect(due('Pacific/Auckland', '2026-11-23T19:00:00Z')).toBe(true);
    expect(due('Pacific/Honolulu', '2026-11-23T20:00:00Z', '2026-11-23T19:00:00Z')).toBe(false);
    expect(due('Pacific/Honolulu', '2026-11-24T18:00:00Z', '2026-11-23T19:00:00Z')).toBe(true);
  });

  test('whatever the hour, the zone and the moves between them, no day of the present clock has two', () => {
    const zone = fc.constantFrom('Europe/London', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata');
    const step = fc.record({ minutes: fc.integer({ min: 5, max: 600 }), zone, hour: fc.nat(23) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
        let now = Date.parse('2026-10-24T00:00:00Z');
        let last: Date | null = null;
        for (const { minutes, zone: timeZone, hour: reminderHour } of steps) {
          now += minutes * 60_000;
          const instant = new Date(now);
          if (!reminderDue({ timeZone, reminderHour }, last, instant)) continue;
          const dayAt = (at: Date) => DateTime.fromJSDate(at, { zone: timeZone }).toISODate();
          if (last) expect(dayAt(last)).not.toBe(dayAt(instant));
          last = instant;
        }
      }),
    );
  });
});

describe('what makes a reminder the only one after the last', () => {
  const [day, next] = [new Date('2026-11-24T08:00:00Z'), new Date('2026-11-25T08:00:00.001Z')];

  test('keys sort by time, after those of an earlier version, and lie between two bounds', () => {
    const keys = [
      'reminder a 2026-11-23',
      ...[null, day, next].map((last) => reminderKey({ _id: 'a' }, last)),
    ];
    expect(keys.toSorted()).toEqual(keys);
    const { $gte, $lt } = reminderKeys({ _id: 'a' });
    expect(keys.every((key) => key >= $gte && key < $lt)).toBe(true);
    expect(reminderKey({ _id: 'ab' }, day) < $lt).toBe(false);
  });
});

describe('whose it is', () => {
  const staff = [
    { _id: 'ana', role: 'staff' },
    { _id: 'ben', role: 'staff' },
    { _id: 'cleo', role: 'admin' },
    { _id: 'dee', role: 'admin' },
  ];

  test.each([
    ['whoever looks after the recipient', { owner: 'ana' }, { owner: 'ben' }, ['ana']],
    ['the owner of the campaign where nobody is named', { owner: null }, { owner: 'ben' }, ['ben']],
    [
      'the owner of the campaign where the person named has left',
      { owner: 'zoe' },
      { owner: 'ben' },
      ['ben'],
    ],
    ['every administrator where there is nobody', {}, {}, ['cleo', 'dee']],
    ['every administrator where everybody has left', { owner: 'zoe' }, { owner: 'yan' }, ['cleo', 'dee']],
    ['every administrator where even the records are gone', null, null, ['cleo', 'dee']],
  ])('%s', (_who, recipient, campaign, told) => {
    expect(whoIsTold(recipient, campaign, staff)).toEqual(told);
  });

  test('of a law the owners of campaigns are told, each once, and otherwise the administrators', () => {
    const campaigns = [
      { owner: 'ana' },
      { owner: 'ben' },
      { owner: 'ana' },
      { owner: null },
      { owner: 'zoe' },
    ];
    expect(whoIsToldOfLaw(campaigns, staff)).toEqual(['ana', 'ben']);
    expect(whoIsToldOfLaw([{ owner: null }], staff)).toEqual(['cleo', 'dee']);
  });

  test('of mail that may be anybody’s the owners of campaigns and the administrators are told, each once', () => {
    const campaigns = [{ owner: 'ana' }, { owner: 'cleo' }, { owner: 'ana' }, { owner: 'zoe' }, {}];
    expect(whoIsToldOfStrays(campaigns, staff)).toEqual(['ana', 'cleo', 'dee']);
    expect(whoIsToldOfStrays([], staff)).toEqual(['cleo', 'dee']);
  });
});
