import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { latestOfEachStep, LONGEST_GAP, stepTime, type After } from '../../src/cadences/cadence.rules.js';
import { dayOf } from '../../src/dates.js';
import type { FollowUpState } from '../../src/follow-ups/follow-up.rules.js';
import { messageIdFor } from '../../src/mail/message.js';
import { DEFAULT_WINDOW, isInWindow, type SendingWindow } from '../../src/sending-window.js';
import type { Place } from '../../src/working-days.js';

const london = { timeZone: 'Europe/London', country: 'GB' };
const newYork = { timeZone: 'America/New_York', country: 'US' };
const kolkata = { timeZone: 'Asia/Kolkata', country: 'IN' };
const auckland = { timeZone: 'Pacific/Auckland', country: 'NZ' };
const someTimeZone = { timeZone: 'America/New_York' };

/** Tuesday noon in London. */
const NOW = new Date('2026-11-24T12:00:00Z');

type Counted = {
  after: string;
  what?: string;
  planned?: boolean;
  gap: number;
  place?: Place;
  window?: SendingWindow;
  now?: string;
};

function timeOf({ after, what = 'the last contact', planned = false, gap, place, window, now }: Counted) {
  const followed: After = { day: after, what, planned };
  const { dueAt, how } = stepTime(
    followed,
    gap,
    place ?? london,
    window ?? DEFAULT_WINDOW,
    now ? new Date(now) : NOW,
  );
  return { dueAt: dueAt.toISOString(), how };
}

describe('a step is counted in working days of the recipient’s calendar', () => {
  test.each<[string, Counted, string, string]>([
    [
      'a weekend',
      { after: '2026-11-20', gap: 3 },
      '2026-11-25T10:00:00.000Z',
      '3 working days after the last contact on 20 November 2026.',
    ],
    [
      'a step that is only planned',
      { after: '2026-11-27', what: 'step 1', planned: true, gap: 1 },
      '2026-11-30T10:00:00.000Z',
      '1 working day after step 1, which is planned for 27 November 2026.',
    ],
    [
      'Thanksgiving',
      { after: '2026-11-24', what: 'step 1', gap: 2, place: newYork },
      '2026-11-27T15:00:00.000Z',
      '2 working days after step 1 on 24 November 2026, without 26 November 2026 (Thanksgiving Day), a holiday there.',
    ],
    [
      'a holiday that nothing is counted across',
      { after: '2026-11-24', gap: 1, place: newYork },
      '2026-11-25T15:00:00.000Z',
      '1 working day after the last contact on 24 November 2026.',
    ],
    [
      'an office whose country is not known',
      { after: '2026-11-24', gap: 2, place: someTimeZone },
      '2026-11-26T15:00:00.000Z',
      '2 working days after the last contact on 24 November 2026. Public holidays there are not known: the office has no country.',
    ],
    [
      'a country without known holidays',
      { after: '2026-11-24', gap: 2, place: { ...someTimeZone, country: 'XX' } },
      '2026-11-26T15:00:00.000Z',
      '2 working days after the last contact on 24 November 2026.',
    ],
    [
      'several holidays and the end of the year',
      { after: '2026-12-24', gap: 4 },
      '2027-01-04T10:00:00.000Z',
      "4 working days after the last contact on 24 December 2026, without 25 December 2026 (Christmas Day), 28 December 2026 (Boxing Day (substitute day)) and 1 January 2027 (New Year's Day), holidays there.",
    ],
    [
      'a contact on a Saturday',
      { after: '2026-11-28', gap: 1 },
      '2026-12-01T10:00:00.000Z',
      '1 working day after the last contact on 28 November 2026 (no working day there, so it is counted from 30 November 2026).',
    ],
    [
      'a contact on a holiday',
      { after: '2026-11-26', what: 'step 2', gap: 1, place: newYork },
      '2026-11-30T15:00:00.000Z',
      '1 working day after step 2 on 26 November 2026 (no working day there, so it is counted from 27 November 2026).',
    ],
  ])('across %s', (_what, counted, dueAt, how) => {
    expect(timeOf(counted)).toEqual({ dueAt, how });
  });

  test.each<[string, Place, string, [string, string]]>([
    ['forward in London', london, '2026-03-26', ['2026-03-27T10:00:00.000Z', '2026-03-30T09:00:00.000Z']],
    ['back in London', london, '2026-10-22', ['2026-10-23T09:00:00.000Z', '2026-10-26T10:00:00.000Z']],
    ['forward in New York', newYork, '2026-03-05', ['2026-03-06T15:00:00.000Z', '2026-03-09T14:00:00.000Z']],
    ['back in New York', newYork, '2026-10-29', ['2026-10-30T14:00:00.000Z', '2026-11-02T15:00:00.000Z']],
  ])('at ten on their clock before and after the clocks go %s', (_what, place, after, wanted) => {
    const at = (gap: number) => timeOf({ after, gap, place, now: '2026-01-05T12:00:00Z' }).dueAt;
    expect([at(1), at(2)]).toEqual(wanted);
  });

  test('at ten in a zone that is off by half an hour, without its holidays', () => {
    expect(timeOf({ after: '2026-11-24', gap: 1, place: kolkata }).dueAt).toBe('2026-11-25T04:30:00.000Z');
    expect(
      timeOf({ after: '2026-10-01', gap: 1, place: kolkata, now: '2026-10-01T12:00:00Z' }),
    ).toMatchObject({
      dueAt: '2026-10-05T04:30:00.000Z',
      how: '1 working day after the last contact on 1 October 2026, without 2 October 2026 (Gandhi Jayanti), a holiday there.',
    });
  });
});

describe('a step leaves in the sending window, on the day that was counted', () => {
  test.each<[string, SendingWindow, string]>([
    ['opens later than ten', { fromHour: 13, untilHour: 17, everyDay: false }, '2026-11-30T13:00:00.000Z'],
    ['is over before ten', { fromHour: 6, untilHour: 9, everyDay: false }, '2026-11-30T06:00:00.000Z'],
    ['is over at ten', { fromHour: 9, untilHour: 10, everyDay: false }, '2026-11-30T09:00:00.000Z'],
    ['opens at ten', { fromHour: 10, untilHour: 11, everyDay: false }, '2026-11-30T10:00:00.000Z'],
    ['is the evening', { fromHour: 20, untilHour: 24, everyDay: true }, '2026-11-30T20:00:00.000Z'],
    ['is always open', { fromHour: 0, untilHour: 24, everyDay: true }, '2026-11-30T10:00:00.000Z'],
  ])('that %s', (_what, window, dueAt) => {
    // Friday and one working day is Monday, also where mail may leave on Saturday
    expect(timeOf({ after: '2026-11-27', gap: 1, window }).dueAt).toBe(dueAt);
  });

  test('when it opens next, where the clocks skip the hour in which it opens that day', () => {
    // Friday 24 April 2026: in Cairo midnight is one o'clock at once
    const window = { fromHour: 0, untilHour: 9, everyDay: true };
    const cairo = { timeZone: 'Africa/Cairo' };
    const at = (after: string) =>
      timeOf({ after, gap: 1, place: cairo, window, now: '2026-04-20T12:00:00Z' }).dueAt;
    expect(at('2026-04-22')).toBe('2026-04-22T22:00:00.000Z');
    expect(at('2026-04-23')).toBe('2026-04-24T21:00:00.000Z');
  });
});

describe('a day that has passed', () => {
  test.each<[string, Counted, string, string]>([
    [
      'long ago',
      { after: '2026-11-02', gap: 3 },
      '2026-11-25T10:00:00.000Z',
      '3 working days after the last contact on 2 November 2026 would have been 5 November 2026, 10:00. That has passed, so it is the next working day.',
    ],
    [
      'earlier today',
      { after: '2026-11-23', gap: 1 },
      '2026-11-25T10:00:00.000Z',
      '1 working day after the last contact on 23 November 2026 would have been 24 November 2026, 10:00. That has passed, so it is the next working day.',
    ],
    [
      'before a holiday',
      { after: '2026-11-02', what: 'step 1', gap: 1, place: newYork, now: '2026-11-25T18:00:00Z' },
      '2026-11-27T15:00:00.000Z',
      '1 working day after step 1 on 2 November 2026 would have been 3 November 2026, 10:00. That has passed, so it is the next working day, without 26 November 2026 (Thanksgiving Day), a holiday there.',
    ],
    [
      'when it is Saturday now',
      { after: '2026-11-02', gap: 1, now: '2026-11-28T12:00:00Z' },
      '2026-11-30T10:00:00.000Z',
      '1 working day after the last contact on 2 November 2026 would have been 3 November 2026, 10:00. That has passed, so it is the next working day.',
    ],
    [
      'when it is a holiday now',
      { after: '2026-11-02', gap: 1, place: newYork, now: '2026-11-26T18:00:00Z' },
      '2026-11-27T15:00:00.000Z',
      '1 working day after the last contact on 2 November 2026 would have been 3 November 2026, 10:00. That has passed, so it is the next working day.',
    ],
    [
      'where it is tomorrow already',
      { after: '2026-11-02', gap: 1, place: auckland },
      '2026-11-25T21:00:00.000Z',
      '1 working day after the last contact on 2 November 2026 would have been 3 November 2026, 10:00. That has passed, so it is the next working day.',
    ],
    [
      'where mail may leave on every day',
      {
        after: '2026-11-02',
        gap: 1,
        window: { fromHour: 20, untilHour: 23, everyDay: true },
        now: '2026-11-27T21:00:00Z',
      },
      '2026-11-30T20:00:00.000Z',
      '1 working day after the last contact on 2 November 2026 would have been 3 November 2026, 20:00. That has passed, so it is the next working day.',
    ],
  ])('is the next working day: %s', (_what, counted, dueAt, how) => {
    expect(timeOf(counted)).toEqual({ dueAt, how });
  });

  test('has passed from its very moment on', () => {
    const at = (now: string) => timeOf({ after: '2026-11-23', gap: 1, now }).dueAt;
    expect(at('2026-11-24T09:59:59.999Z')).toBe('2026-11-24T10:00:00.000Z');
    expect(at('2026-11-24T10:00:00.000Z')).toBe('2026-11-25T10:00:00.000Z');
  });
});

const aPlace = fc.constantFrom<Place>(london, newYork, kolkata, auckland, someTimeZone);
const aWindow = fc
  .record({
    fromHour: fc.integer({ min: 0, max: 23 }),
    hours: fc.integer({ min: 1, max: 24 }),
    everyDay: fc.boolean(),
  })
  .map(({ fromHour, hours, everyDay }) => ({
    fromHour,
    untilHour: Math.min(24, fromHour + hours),
    everyDay,
  }));
const anInstant = fc.date({
  min: new Date('2025-01-01'),
  max: new Date('2028-12-31'),
  noInvalidDate: true,
});

test('whatever is counted lies ahead, in the window, and on a later day with a longer gap', () => {
  fc.assert(
    fc.property(
      anInstant,
      anInstant,
      fc.integer({ min: 1, max: LONGEST_GAP - 1 }),
      aPlace,
      aWindow,
      (contact, now, gap, place, window) => {
        const after = { day: dayOf(contact, place.timeZone), what: 'the last contact', planned: false };
        const [sooner, later] = [gap, gap + 1].map((days) => stepTime(after, days, place, window, now));
        for (const { dueAt } of [sooner!, later!]) {
          expect(dueAt > now).toBe(true);
          expect(isInWindow(dueAt, place, window)).toBe(true);
        }
        const days = [sooner!, later!].map(({ dueAt }) => dayOf(dueAt, place.timeZone));
        const putOff = sooner!.how.includes('That has passed');
        expect(putOff ? days[0]! <= days[1]! : days[0]! < days[1]!).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test('the clock of the machine makes no difference', async () => {
  const script = `
    import { stepTime } from './dist/src/cadences/cadence.rules.js';
    const window = { fromHour: 9, untilHour: 17, everyDay: false };
    const now = new Date('2026-11-24T12:00:00Z');
    const times = [['Europe/London', 'GB'], ['America/New_York', 'US'], ['Asia/Kolkata', 'IN'], ['Pacific/Auckland', 'NZ']]
      .flatMap(([timeZone, country]) => ['2026-02-27', '2026-11-25', '2026-12-24'].map((day) =>
        stepTime({ day, what: 'step 1', planned: false }, 3, { timeZone, country }, window, now)));
    console.log(JSON.stringify(times));`;
  const run = async (TZ: string) => {
    const args = ['--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { TZ } });
    return JSON.parse(stdout) as { dueAt: string; how: string }[];
  };
  const here = await run('UTC');
  expect(here).toHaveLength(12);
  expect(here[4]).toEqual({
    dueAt: '2026-12-01T15:00:00.000Z',
    how: '3 working days after step 1 on 25 November 2026, without 26 November 2026 (Thanksgiving Day), a holiday there.',
  });
  expect(await run('Pacific/Kiritimati')).toEqual(here);
  expect(await run('America/Los_Angeles')).toEqual(here);
});

describe('a chain as it counts', () => {
  const row = (step: number, revision: number, state: FollowUpState = 'planned') => ({
    step,
    revision,
    state,
  });

  test('is what was planned last of each step, in order', () => {
    const rows = [row(3, 1), row(1, 1, 'sent'), row(2, 2), row(2, 10), row(2, 1, 'failed')];
    expect(latestOfEachStep(rows)).toEqual([row(1, 1, 'sent'), row(2, 10), row(3, 1)]);
    expect(latestOfEachStep([])).toEqual([]);
  });

  test('skips a cancelled step, and does not go back to an earlier plan for it', () => {
    const rows = [row(1, 1, 'cancelled'), row(2, 1, 'captured'), row(2, 2, 'cancelled'), row(3, 1)];
    expect(latestOfEachStep(rows)).toEqual([row(3, 1)]);
    expect(latestOfEachStep([row(1, 1, 'cancelled'), row(1, 2)])).toEqual([row(1, 2)]);
  });

  test('has the step that went after all, whatever was planned in its place and cancelled again', () => {
    const went = row(1, 2, 'sent');
    for (const revision of [1, 3])
      expect(latestOfEachStep([row(1, revision, 'cancelled'), went, row(2, 1)])).toEqual([went, row(2, 1)]);
    // what is still ahead in its place is the gate's to hold, not the chain's to forget
    expect(latestOfEachStep([went, row(1, 3, 'held')])).toEqual([row(1, 3, 'held')]);
  });
});

test('the same words have the same Message-ID, and other words another one, at the domain of the sender', () => {
  const from = { name: 'The campaign', address: 'campaign@example.org' };
  expect(messageIdFor('start recipient 1', from)).toMatch(/^<[0-9a-f]{32}@example\.org>$/);
  expect(messageIdFor('start recipient 1', from)).toBe(messageIdFor('start recipient 1', from));
  expect(messageIdFor('start recipient 2', from)).not.toBe(messageIdFor('start recipient 1', from));
});
