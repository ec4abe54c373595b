import { describe, expect, test } from '@jest/globals';
import {
  dailyLimits,
  keptBackBy,
  limitsOf,
  minuteLimit,
  NO_LIMITS,
  waitsForLimit,
  type LimitContext,
} from '../../src/follow-ups/limits.rules.js';
import { DEFAULT_WINDOW } from '../../src/sending-window.js';

const NOW = new Date('2026-11-24T15:00:30Z');
const followUp = { to: { name: 'Kim Invented', address: 'Kim@Example.ORG' } };
const context: LimitContext = {
  organisation: { id: 'o', name: 'Example Ltd' },
  mostPerDay: 3,
  place: { timeZone: 'America/New_York', country: 'US' },
  window: DEFAULT_WINDOW,
};
const keysAt = (now: string, timeZone: string) =>
  dailyLimits(followUp, { ...context, place: { timeZone } }, new Date(now)).map(({ key }) => key);

describe('what is counted', () => {
  test.each([
    ['2026-11-24T14:59:59Z', 'Asia/Tokyo', '2026-11-24'],
    ['2026-11-24T15:00:00Z', 'Asia/Tokyo', '2026-11-25'],
    ['2026-11-25T04:59:59Z', 'America/New_York', '2026-11-24'],
    ['2026-11-25T05:00:00Z', 'America/New_York', '2026-11-25'],
    // the day on which the clocks go back has 25 hours
    ['2026-11-01T04:00:00Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T04:59:59Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02'],
  ])('%s in %s belongs to %s', (now, zone, day) => {
    expect(keysAt(now, zone)).toEqual([`day ${day} to organisation o`, `day ${day} to domain example.org`]);
  });

  test('a domain is the same however it is written', () => {
    const to = (address: string) =>
      dailyLimits({ ...followUp, to: { name: '', address } }, context, NOW).at(-1)!.key;
    expect(to('a@bücher.example')).toBe(to('"b@c"@XN--BCHER-KVA.example.'));
    expect(to('a@mail.example.org')).not.toBe(to('a@example.org'));
    expect(to('a@intranet')).toMatch(/to domain intranet$/);
  });

  test('a minute is one of the clock, of all campaigns together', () => {
    expect(
      limitsOf(followUp, { ...context, mostPerDay: 0 }, { ...NO_LIMITS, perMinuteToDomain: 5 }, NOW),
    ).toEqual([
      {
        key: 'minute 2026-11-24T15:00 to domain example.org',
        most: 5,
        per: 'minute',
        to: 'addresses at example.org',
      },
    ]);
    expect(minuteLimit(5, new Date('2026-11-24T15:00:59.999Z')).key).toBe(minuteLimit(5, NOW).key);
    expect(minuteLimit(5, new Date('2026-11-24T15:01:00Z')).key).not.toBe(minuteLimit(5, NOW).key);
  });

  test('days come before minutes, and what has no limit is not counted', () => {
    const all = limitsOf(followUp, context, { ...NO_LIMITS, perMinuteToDomain: 5 }, NOW);
    expect(all.map(({ per }) => per)).toEqual(['day', 'day', 'minute']);
    expect(limitsOf(followUp, { ...context, mostPerDay: 0 }, NO_LIMITS, NOW)).toEqual([]);
  });
});

describe('what a follow-up waits for', () => {
  const [toOrganisation] = dailyLimits(followUp, context, NOW);

  test.each([
    ['on the next working day there', '2026-11-24T15:00:00Z', '2026-11-25T14:00:00Z', '25 November 2026'],
    ['after Thanksgiving', '2026-11-25T15:00:00Z', '2026-11-27T14:00:00Z', '27 November 2026'],
    ['after the weekend', '2026-11-27T21:59:00Z', '2026-11-30T14:00:00Z', '30 November 2026'],
  ])('after a day that is full it goes %s, when the window opens', (_what, now, until, day) => {
    const waiting = waitsForLimit(toOrganisation!, context, new Date(now));
    expect(waiting.until).toEqual(new Date(until));
    expect(waiting.reasons.join(' ')).toBe(
      `Today’s messages to Example Ltd, of all campaigns together, have reached this campaign’s limit of 3. It goes by itself on ${day}.`,
    );
  });

  test('where mail may leave at any hour the next day begins at midnight there', () => {
    const window = { fromHour: 0, untilHour: 24, everyDay: true };
    const { until } = waitsForLimit({ ...toOrganisation!, most: 1 }, { ...context, window }, NOW);
    expect(until).toEqual(new Date('2026-11-25T05:00:00Z'));
  });

  test.each([
    [0, '2026-11-24T15:01:00Z'],
    [1, '2026-11-24T15:01:00Z'],
    [2, '2026-11-24T15:02:00Z'],
    [479, '2026-11-24T19:00:00Z'],
    // the window closes at 17:00 there
    [834, '2026-11-24T21:58:00Z'],
    [838, '2026-11-25T14:00:00Z'],
  ])('with %i ahead of it, and two in a minute, it goes at %s', (ahead, until) => {
    const limit = minuteLimit(2, NOW, 'example.org');
    expect(waitsForLimit(limit, context, NOW, ahead).until).toEqual(new Date(until));
  });
});

describe('a page', () => {
  const limits = dailyLimits(followUp, context, NOW);
  const [organisation, domain] = limits.map(({ key }) => key) as [string, string];

  test('says nothing while there is room', () => {
    expect(keptBackBy(limits, new Map([[organisation, 2]]), context, NOW)).toEqual([]);
  });

  test('says which limit is used up, and how to clear that', () => {
    const counts = new Map([
      [organisation, 2],
      [domain, 3],
    ]);
    expect(keptBackBy(limits, counts, context, NOW)).toEqual([
      expect.stringMatching(/^Today’s messages to addresses at example\.org, .* limit of 3\./),
      'To let it go today, raise the limit on the campaign’s page before it is due.',
    ]);
  });
});
