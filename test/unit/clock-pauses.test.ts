import { describe, expect, test } from '@jest/globals';
import type { ClockFacts } from '../../src/recipients/clock-entries.rules.js';
import { clockStateOf } from '../../src/recipients/clock-state.rules.js';
import { clockFrom, happened, kiritimati } from '../support/clocks.js';

const { letter, note, received, promise, resumption, pause, closing, meeting } = happened;

// Monday 2 November; 5 working days end on Monday the 9th, 10 on the 16th
const sent = letter('2026-11-02');
const rules = { lateAfter: 5, veryLateAfter: 10 };
const withAll = (...more: ClockFacts[]) => clockFrom([sent, ...more], rules);
const midnight = (day: string) => new Date(`${day}T00:00:00Z`);

describe('a pause', () => {
  test.each<[string, ClockFacts[], string | null, string | null]>([
    ['there is none', [], '2026-11-09', '2026-11-16'],
    [
      'moves the deadline by its working days',
      [pause('2026-11-04', '2026-11-05')],
      '2026-11-11',
      '2026-11-18',
    ],
    ['of one day moves it by one', [pause('2026-11-04', '2026-11-04')], '2026-11-10', '2026-11-17'],
    ['over a weekend moves nothing', [pause('2026-11-07', '2026-11-08')], '2026-11-09', '2026-11-16'],
    ['on the start day delays the start', [pause('2026-11-02', '2026-11-02')], '2026-11-10', '2026-11-17'],
    ['before the start delays nothing', [pause('2026-10-20', '2026-10-30')], '2026-11-09', '2026-11-16'],
    [
      'that begins before the start delays it',
      [pause('2026-10-20', '2026-11-03')],
      '2026-11-11',
      '2026-11-18',
    ],
    ['on the last day moves it', [pause('2026-11-09', '2026-11-09')], '2026-11-10', '2026-11-17'],
    ['after the deadline leaves it', [pause('2026-11-10', '2026-11-11')], '2026-11-09', '2026-11-18'],
    ['after both leaves both', [pause('2026-11-17', '2026-11-30')], '2026-11-09', '2026-11-16'],
    ['without an end leaves no deadline', [pause('2026-11-04')], null, null],
    ['without an end after the deadline leaves that', [pause('2026-11-10')], '2026-11-09', null],
    [
      'ends the day before it is resumed',
      [pause('2026-11-04'), resumption('2026-11-06')],
      '2026-11-11',
      '2026-11-18',
    ],
    [
      'resumed the same day has not been',
      [pause('2026-11-04'), resumption('2026-11-04')],
      '2026-11-09',
      '2026-11-16',
    ],
    [
      'resumed before its last day ends earlier',
      [pause('2026-11-04', '2026-11-30'), resumption('2026-11-06')],
      '2026-11-11',
      '2026-11-18',
    ],
    [
      'resumed after its last day ended on that',
      [pause('2026-11-04', '2026-11-05'), resumption('2026-11-12')],
      '2026-11-11',
      '2026-11-18',
    ],
    ['is not ended by an earlier resumption', [resumption('2026-11-03'), pause('2026-11-04')], null, null],
    [
      'and another that overlaps are counted once',
      [pause('2026-11-04', '2026-11-05'), pause('2026-11-05', '2026-11-06')],
      '2026-11-12',
      '2026-11-19',
    ],
    [
      'and one inside it are counted once',
      [pause('2026-11-03', '2026-11-06'), pause('2026-11-04', '2026-11-05')],
      '2026-11-13',
      '2026-11-20',
    ],
    [
      'and another are both resumed at once',
      [pause('2026-11-03'), pause('2026-11-04'), resumption('2026-11-05')],
      '2026-11-11',
      '2026-11-18',
    ],
    [
      'may follow another',
      [pause('2026-11-03'), resumption('2026-11-04'), pause('2026-11-05', '2026-11-05')],
      '2026-11-11',
      '2026-11-18',
    ],
    ['is not what a note says', [{ ...note('2026-11-04'), until: '2026-11-05' }], '2026-11-09', '2026-11-16'],
  ])('%s', (_what, entries, dueOn, veryLateAfter) => {
    expect(withAll(...entries)).toMatchObject({ counted: dueOn, dueOn, veryLateAfter });
    expect(withAll(...entries.toReversed())).toMatchObject({ dueOn, veryLateAfter });
  });

  test('is stored from its first midnight until the one after its last day, where they are', () => {
    const { copies } = clockFrom([sent, pause('2026-11-04', '2026-11-05')], { ...rules, place: kiritimati });
    expect(copies).toMatchObject({
      clockPausedFrom: new Date('2026-11-03T10:00:00Z'),
      clockPausedUntil: new Date('2026-11-05T10:00:00Z'),
    });
  });

  test.each<[string, ClockFacts[], string, string | null]>([
    ['without an end', [pause('2026-11-04')], '2026-11-04', null],
    [
      'the later of two',
      [pause('2026-11-04', '2026-11-04'), pause('2026-11-06', '2026-11-06')],
      '2026-11-06',
      '2026-11-07',
    ],
    [
      'two that overlap, as one',
      [pause('2026-11-04', '2026-11-12'), pause('2026-11-05', '2026-11-06')],
      '2026-11-04',
      '2026-11-13',
    ],
    [
      'two that follow each other at once, as one',
      [pause('2026-11-04', '2026-11-05'), pause('2026-11-06', '2026-11-09')],
      '2026-11-04',
      '2026-11-10',
    ],
    [
      'one without an end, and another inside it',
      [pause('2026-11-04'), pause('2026-11-05', '2026-11-06')],
      '2026-11-04',
      null,
    ],
  ])('is stored, %s', (_which, entries, from, until) => {
    expect(withAll(...entries).copies).toMatchObject({
      clockPausedFrom: midnight(from),
      clockPausedUntil: until && midnight(until),
    });
  });

  test('of a clock that never started is not stored', () => {
    const { copies } = clockFrom([pause('2026-11-04')], rules);
    expect(copies).toMatchObject({ clockPausedFrom: null, clockPausedUntil: null });
  });
});

describe('a promised day', () => {
  test.each<[string, ClockFacts[], string | null, string | null]>([
    ['moves the deadline later', [promise('2026-11-03', '2026-11-20')], '2026-11-20', '2026-11-27'],
    ['never moves it earlier', [promise('2026-11-03', '2026-11-05')], '2026-11-09', '2026-11-16'],
    ['that is the deadline leaves it', [promise('2026-11-03', '2026-11-09')], '2026-11-09', '2026-11-16'],
    ['may be no working day', [promise('2026-11-03', '2026-11-21')], '2026-11-21', '2026-11-30'],
    ['may come before the letter', [promise('2026-10-30', '2026-11-20')], '2026-11-20', '2026-11-27'],
    [
      'may be promised when the answer is late',
      [promise('2026-11-13', '2026-11-20')],
      '2026-11-20',
      '2026-11-27',
    ],
    [
      'gives way to a later promise, though its day is earlier',
      [promise('2026-11-03', '2026-11-30'), promise('2026-11-04', '2026-11-20')],
      '2026-11-20',
      '2026-11-27',
    ],
    [
      'of two at the same moment is the later day',
      [promise('2026-11-03', '2026-11-20'), promise('2026-11-03', '2026-11-19')],
      '2026-11-20',
      '2026-11-27',
    ],
    [
      'is not moved by a pause, and the days to very late are',
      [promise('2026-11-03', '2026-11-20'), pause('2026-11-23', '2026-11-24')],
      '2026-11-20',
      '2026-12-01',
    ],
    [
      'stands in a pause without an end, after which nothing is known to be very late',
      [promise('2026-11-03', '2026-11-30'), pause('2026-11-18')],
      '2026-11-30',
      null,
    ],
    [
      'does not end a pause without an end',
      [promise('2026-11-03', '2026-11-30'), pause('2026-11-04')],
      null,
      null,
    ],
    [
      'is no promise without a day',
      [{ ...promise('2026-11-03', ''), until: null }],
      '2026-11-09',
      '2026-11-16',
    ],
  ])('%s', (_what, entries, dueOn, veryLateAfter) => {
    expect(withAll(...entries)).toMatchObject({ dueOn, veryLateAfter });
    expect(withAll(...entries.toReversed())).toMatchObject({ dueOn, veryLateAfter });
  });

  const promised = promise('2026-11-04', '2026-11-20');

  test.each<[string, ClockFacts[], string | null]>([
    ['is kept by a later answer', [received('reply', '2026-11-19')], '2026-11-19'],
    ['is kept by an answer after that day', [received('reply', '2026-11-25')], '2026-11-25'],
    ['is kept by a refusal', [received('declined', '2026-11-19')], '2026-11-19'],
    ['is kept by a meeting', [meeting('2026-11-19')], '2026-11-19'],
    [
      'is kept on the day of the first answer',
      [received('reply', '2026-11-19'), meeting('2026-11-25')],
      '2026-11-19',
    ],
    ['is not kept by what they said before', [received('reply', '2026-11-03')], null],
    ['is not kept by the message they promised in', [received('reply', '2026-11-04')], null],
    ['is not kept by what they said later that day', [received('reply', '2026-11-04T22:00:00Z')], null],
    ['is not kept by an acknowledgement', [received('acknowledgement', '2026-11-19')], null],
    ['is not kept by an auto-reply', [received('auto-reply', '2026-11-19')], null],
    ['is not kept by our writing again', [letter('2026-11-19')], null],
    ['is not kept by closing', [closing('2026-11-19')], null],
    [
      'made later has to be kept anew',
      [received('reply', '2026-11-05'), promise('2026-11-06', '2026-11-30')],
      null,
    ],
  ])('%s', (_what, entries, keptOn) => {
    expect(withAll(promised, ...entries).promised?.keptOn).toBe(keptOn);
  });

  test('is stored while it is awaited, also of somebody who has answered and promised more', () => {
    const awaited = { promisedFor: '2026-11-20', promisePassedFrom: midnight('2026-11-21') };
    const none = { promisedFor: null, promisePassedFrom: null };
    expect(withAll(promised).copies).toMatchObject(awaited);
    expect(withAll(received('reply', '2026-11-03'), promised).copies).toMatchObject({
      ...awaited,
      lateFrom: null,
    });
    expect(withAll(promised, received('reply', '2026-11-05')).copies).toMatchObject(none);
    expect(withAll(promised, closing('2026-11-05')).copies).toMatchObject(none);
    expect(withAll().copies).toMatchObject(none);
  });
});

describe('the clock says at each instant', () => {
  const stateAt = (instant: string, ...entries: ClockFacts[]) => {
    const { engagement, copies } = clockFrom(entries, rules);
    return clockStateOf({ engagement, ...copies }, new Date(instant));
  };

  test.each([
    ['2026-11-02T12:00:00Z', 'running'],
    ['2026-11-09T23:59:59.999Z', 'running'],
    ['2026-11-10T00:00:00Z', 'late'],
    ['2026-11-16T23:59:59.999Z', 'late'],
    ['2026-11-17T00:00:00Z', 'very late'],
    ['2036-11-17T00:00:00Z', 'very late'],
  ])('without a pause, at %s: %s', (instant, state) => {
    expect(stateAt(instant, sent)).toBe(state);
  });

  test.each([
    ['2026-11-03T23:59:59.999Z', 'running'],
    ['2026-11-04T00:00:00Z', 'paused'],
    ['2026-11-05T23:59:59.999Z', 'paused'],
    ['2026-11-06T00:00:00Z', 'running'],
    ['2026-11-11T23:59:59.999Z', 'running'],
    ['2026-11-12T00:00:00Z', 'late'],
  ])('with a pause on the 4th and 5th, at %s: %s', (instant, state) => {
    expect(stateAt(instant, sent, pause('2026-11-04', '2026-11-05'))).toBe(state);
  });

  test.each([
    ['2026-11-03T23:59:59.999Z', 'running'],
    ['2026-11-04T00:00:00Z', 'paused'],
    ['2036-11-04T00:00:00Z', 'paused'],
  ])('with a pause without an end, at %s: %s', (instant, state) => {
    expect(stateAt(instant, sent, pause('2026-11-04'))).toBe(state);
  });

  test.each([
    ['2026-11-12T00:00:00Z', 'late'],
    ['2026-11-18T23:59:59.999Z', 'late'],
    ['2026-11-19T00:00:00Z', 'very late'],
  ])('with a pause on the 12th and 13th, when it is late already, at %s: %s', (instant, state) => {
    expect(stateAt(instant, sent, pause('2026-11-12', '2026-11-13'))).toBe(state);
  });

  test('that it has not started, where nothing was sent, and that it has stopped, where they answered', () => {
    expect(stateAt('2036-01-01T00:00:00Z', pause('2026-11-04'))).toBe('not started');
    expect(stateAt('2026-11-05T00:00:00Z', sent, received('reply', '2026-11-04'))).toBe('stopped');
    expect(stateAt('2026-11-05T00:00:00Z', received('reply', '2026-11-04'))).toBe('stopped');
    expect(clockStateOf({ engagement: 'silent' }, new Date())).toBe('not started');
  });
});
