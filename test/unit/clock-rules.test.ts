import { describe, expect, test } from '@jest/globals';
import type { ClockFacts } from '../../src/recipients/clock-entries.rules.js';
import { clockStateOf } from '../../src/recipients/clock-state.rules.js';
import { closedIn } from '../../src/recipients/clock-calendar.rules.js';
import { daysOff } from '../../src/working-days-in-words.js';
import {
  auckland,
  clockFrom,
  happened,
  havana,
  kiritimati,
  london,
  newYork,
  pagoPago,
  santiago,
} from '../support/clocks.js';

const { letter, email, call, note, meeting, received, promise, pause, closing } = happened;
const delivering = (entry: ClockFacts): ClockFacts => ({ ...entry, delivers: true });

describe('the clock starts', () => {
  test.each<[string, ClockFacts[], string | null]>([
    ['never where nothing happened', [], null],
    ['with a letter', [letter('2026-11-03')], '2026-11-03'],
    ['with an email', [email('2026-11-03')], '2026-11-03'],
    ['with the first of several', [email('2026-11-10'), letter('2026-11-03')], '2026-11-03'],
    ['never by a call', [call('2026-11-03')], null],
    ['by a call at which the letter was read out', [delivering(call('2026-11-03'))], '2026-11-03'],
    ['never by a note', [note('2026-11-03')], null],
    ['never by a meeting', [meeting('2026-11-03')], null],
    ['by a meeting at which it was handed over', [delivering(meeting('2026-11-03'))], '2026-11-03'],
    ['never by what they wrote', [received('not an answer', '2026-11-03')], null],
    ['never by a promise or a pause', [promise('2026-11-03', '2026-11-30'), pause('2026-11-03')], null],
    ['never by an email that came back', [email('2026-11-03'), received('bounce', '2026-11-04')], null],
    [
      'never by one that came back the same day',
      [received('bounce', '2026-11-03'), email('2026-11-03')],
      null,
    ],
    [
      'with the email before the one that came back',
      [email('2026-11-03'), email('2026-11-05'), received('bounce', '2026-11-06')],
      '2026-11-03',
    ],
    [
      'with the letter, though an email came back',
      [letter('2026-11-03'), email('2026-11-05'), received('bounce', '2026-11-06')],
      '2026-11-03',
    ],
    [
      'with the letter, though an earlier email came back',
      [email('2026-11-02'), letter('2026-11-03'), received('bounce', '2026-11-04')],
      '2026-11-03',
    ],
    [
      'with the email sent after one came back',
      [email('2026-11-03'), received('bounce', '2026-11-04'), email('2026-11-05')],
      '2026-11-05',
    ],
    [
      'never by two emails that both came back',
      [
        email('2026-11-03'),
        email('2026-11-05'),
        received('bounce', '2026-11-06'),
        received('bounce', '2026-11-07'),
      ],
      null,
    ],
    [
      'with the telephone call, though an email came back',
      [delivering(call('2026-11-03')), email('2026-11-04'), received('bounce', '2026-11-04')],
      '2026-11-03',
    ],
  ])('%s', (_how, entries, startedOn) => {
    const clock = clockFrom(entries);
    expect(clock.startedOn).toBe(startedOn);
    expect(clock.copies.clockStartedAt).toEqual(startedOn && new Date(`${startedOn}T12:00:00Z`));
    expect(clock.dueOn === null).toBe(startedOn === null);
  });
});

/** Counted on a wall calendar with the public holidays of England and of the United States, not by a program. */
test.each<[string, Parameters<typeof clockFrom>[1], string, string, string]>([
  ['in London, 20 and 40', {}, '2026-11-03', '2026-12-01', '2026-12-31'],
  ['in London over Christmas and the new year', {}, '2026-12-10', '2027-01-12', '2027-02-09'],
  [
    'in London over Easter, 5 and 10',
    { lateAfter: 5, veryLateAfter: 10 },
    '2026-03-31',
    '2026-04-09',
    '2026-04-16',
  ],
  [
    'in London over Easter of the next year',
    { lateAfter: 1, veryLateAfter: 2 },
    '2027-03-25',
    '2027-03-30',
    '2027-03-31',
  ],
  ['in New York over Thanksgiving', { place: newYork }, '2026-11-02', '2026-12-02', '2026-12-31'],
  [
    'in New York, the day before Thanksgiving',
    { place: newYork, lateAfter: 1, veryLateAfter: 2 },
    '2026-11-25',
    '2026-11-27',
    '2026-11-30',
  ],
  [
    'where no country is known, over Thanksgiving',
    { place: { ...newYork, country: '' } },
    '2026-11-02',
    '2026-11-30',
    '2026-12-28',
  ],
  ['onto 29 February', { lateAfter: 1, veryLateAfter: 2 }, '2028-02-28', '2028-02-29', '2028-03-01'],
  ['from 29 February', { lateAfter: 1, veryLateAfter: 20 }, '2028-02-29', '2028-03-01', '2028-03-28'],
  [
    'where there is no 29 February',
    { lateAfter: 1, veryLateAfter: 2 },
    '2027-02-26',
    '2027-03-01',
    '2027-03-02',
  ],
  [
    'from a Saturday, as from the Monday',
    { lateAfter: 5, veryLateAfter: 6 },
    '2026-11-07',
    '2026-11-16',
    '2026-11-17',
  ],
  [
    'from a Sunday before a bank holiday',
    { lateAfter: 1, veryLateAfter: 2 },
    '2026-05-24',
    '2026-05-27',
    '2026-05-28',
  ],
  ['from Christmas Day', { lateAfter: 1, veryLateAfter: 3 }, '2026-12-25', '2026-12-30', '2027-01-04'],
])('the last days in time, %s', (_where, rules, startedOn, dueOn, veryLateAfter) => {
  expect(clockFrom([letter(startedOn)], rules)).toMatchObject({ counted: dueOn, dueOn, veryLateAfter });
});

describe('late begins with the day after, at midnight where they are', () => {
  test.each<[string, Parameters<typeof clockFrom>[1], string, string]>([
    ['in London in summer time', { lateAfter: 4 }, '2026-10-19', '2026-10-23T23:00:00.000Z'],
    ['in London in winter time', { lateAfter: 5 }, '2026-10-19', '2026-10-27T00:00:00.000Z'],
    ['in London before the clocks go forward', { lateAfter: 4 }, '2026-03-23', '2026-03-28T00:00:00.000Z'],
    ['in London after the clocks went forward', { lateAfter: 5 }, '2026-03-23', '2026-03-30T23:00:00.000Z'],
    [
      'in New York before the clocks go back',
      { lateAfter: 4, place: newYork },
      '2026-10-26',
      '2026-10-31T04:00:00.000Z',
    ],
    [
      'in New York after the clocks went back',
      { lateAfter: 5, place: newYork },
      '2026-10-26',
      '2026-11-03T05:00:00.000Z',
    ],
    [
      'in New York after the clocks went forward',
      { lateAfter: 5, place: newYork },
      '2026-03-02',
      '2026-03-10T04:00:00.000Z',
    ],
    [
      'where the day begins first',
      { lateAfter: 1, place: kiritimati },
      '2026-11-03',
      '2026-11-04T10:00:00.000Z',
    ],
    ['where it ends last', { lateAfter: 1, place: pagoPago }, '2026-11-03', '2026-11-05T11:00:00.000Z'],
  ])('%s', (_where, rules, startedOn, lateFrom) => {
    const { copies } = clockFrom([letter(startedOn)], rules);
    expect(copies.lateFrom?.toISOString()).toBe(lateFrom);
  });

  // only a promised day can be a Saturday, and the day after it the one on which the clocks change
  test.each([
    ['which comes twice in Havana', havana, '2026-10-31', '2026-11-01T04:00:00.000Z'],
    ['which Santiago skips', santiago, '2026-09-05', '2026-09-06T04:00:00.000Z'],
    ['on the day the clocks go back in London', london, '2026-10-24', '2026-10-24T23:00:00.000Z'],
    ['on the day the clocks go forward in London', london, '2027-03-27', '2027-03-28T00:00:00.000Z'],
  ])('a midnight %s', (_which, place, promised, lateFrom) => {
    const { copies } = clockFrom([letter('2026-08-24'), promise('2026-08-25', promised)], {
      lateAfter: 1,
      veryLateAfter: 2,
      place,
    });
    expect(copies).toMatchObject({ answerDueOn: promised, lateFrom: new Date(lateFrom) });
    expect(copies.promisePassedFrom).toEqual(copies.lateFrom);
  });
});

test.each([
  ['Auckland, where it is Friday', auckland, '2026-11-06', '2026-11-09'],
  ['Kiritimati, where it is Friday', kiritimati, '2026-11-06', '2026-11-09'],
  ['London, where it is Thursday', london, '2026-11-05', '2026-11-06'],
  ['Pago Pago, where Thursday has just begun', pagoPago, '2026-11-05', '2026-11-06'],
])('the same instant starts the clock on the day it is in %s', (_where, place, startedOn, dueOn) => {
  const rules = { lateAfter: 1, veryLateAfter: 2, place };
  expect(clockFrom([email('2026-11-05T11:00:00Z')], rules)).toMatchObject({ startedOn, dueOn });
  // a letter of which the day is known went on that day, wherever one looks
  expect(clockFrom([letter('2026-11-05')], rules)).toMatchObject({
    startedOn: '2026-11-05',
    dueOn: '2026-11-06',
  });
});

describe('where a campaign gives no numbers', () => {
  test.each([
    ['nobody is ever late', []],
    ['a promise makes nobody late either', [promise('2026-11-03', '2026-11-10')]],
    ['nor does a pause', [pause('2026-11-03', '2026-11-10')]],
  ])('%s', (_what, more) => {
    const { copies, counted, engagement } = clockFrom([letter('2026-11-02'), ...more], {
      lateAfter: null,
      veryLateAfter: null,
    });
    expect(counted).toBeNull();
    expect(copies).toMatchObject({ answerDueOn: null, lateFrom: null, veryLateFrom: null });
    expect(clockStateOf({ engagement, ...copies }, new Date('2036-11-02'))).toBe('running');
  });

  test('how long an answer took is counted all the same', () => {
    const { answer } = clockFrom([letter('2026-11-02'), received('reply', '2026-11-05')], {
      lateAfter: null,
    });
    expect(answer).toMatchObject({ on: '2026-11-05', after: 3 });
  });
});

describe('the first answer', () => {
  const sent = letter('2026-11-02');
  const reply = received('reply', '2026-11-10');

  test.each<[string, ClockFacts[], number | null]>([
    ['is so many working days after the start', [reply], 6],
    ['is not an acknowledgement', [received('acknowledgement', '2026-11-03')], null],
    ['is not an auto-reply', [received('auto-reply', '2026-11-03')], null],
    ['comes after none on the same day', [received('reply', '2026-11-02')], 0],
    ['comes after none where it came before', [received('reply', '2026-10-02')], 0],
    ['may be a refusal', [received('declined', '2026-11-03')], 1],
    ['may be a meeting', [meeting('2026-11-04')], 2],
    ['is not a later one', [reply, received('reply', '2026-11-20')], 6],
    ['on a Sunday has taken the days until Friday', [received('reply', '2026-11-08')], 4],
    ['does not count the days of a pause', [pause('2026-11-04', '2026-11-05'), reply], 4],
    ['is not that the matter is closed', [closing('2026-11-04')], null],
  ])('%s', (_what, entries, after) => {
    const clock = clockFrom([sent, ...entries]);
    expect(clock.copies.answeredAfter).toBe(after);
  });

  test('names what they answered by; without a letter there is nothing to count from', () => {
    expect(clockFrom([sent, reply]).answer?.entry).toBe(reply);
    expect(clockFrom([reply]).answer).toBeNull();
  });

  test.each<[string, ClockFacts]>([
    ['a reply', reply],
    ['a refusal', received('declined', '2026-11-10')],
    ['a meeting', meeting('2026-11-10')],
    ['closing', closing('2026-11-10')],
  ])('%s stops the clock, and nothing of a deadline is stored', (_what, entry) => {
    const { copies, engagement } = clockFrom([sent, pause('2026-11-05'), entry]);
    expect(copies).toMatchObject({
      clockStartedAt: sent.occurredAt,
      answerDueOn: null,
      lateFrom: null,
      veryLateFrom: null,
      clockPausedFrom: null,
      clockPausedUntil: null,
    });
    expect(clockStateOf({ engagement, ...copies }, new Date('2030-01-01'))).toBe('stopped');
  });
});

test('every day left out is told with its reason, from the first to the last', () => {
  const { pauses } = clockFrom([letter('2026-11-25'), pause('2026-11-30', '2026-12-01')]);
  const paused = closedIn(newYork, pauses as never);
  expect(daysOff('2026-11-26', '2026-12-02', paused)).toEqual([
    { day: '2026-11-26', why: 'Thanksgiving Day' },
    { day: '2026-11-28', why: 'Saturday' },
    { day: '2026-11-29', why: 'Sunday' },
    { day: '2026-11-30', why: 'The clock was paused: They asked for time.' },
    { day: '2026-12-01', why: 'The clock was paused: They asked for time.' },
  ]);
});
