import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { whoIsTold, whoIsToldOfLaw, whoIsToldOfStrays } from '../../src/attention/whose.rules.js';
import { reminderDue, reminderKey } from '../../src/reminders/reminder.rules.js';

const due = (timeZone: string, instant: string) => reminderDue({ timeZone }, new Date(instant));

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
        expect(reminderDue({ timeZone }, morning.toJSDate())).toBe(true);
        expect(reminderDue({ timeZone }, morning.minus({ minutes: 1 }).toJSDate())).toBe(false);
      }),
    );
  });
});

test('the day that a reminder is the only one of is the day of its reader', () => {
  const now = new Date('2026-11-23T20:00:00Z');
  expect(reminderKey({ _id: 'a', timeZone: 'Pacific/Auckland' }, now)).toBe('reminder a 2026-11-24');
  expect(reminderKey({ _id: 'a', timeZone: 'Pacific/Honolulu' }, now)).toBe('reminder a 2026-11-23');
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
