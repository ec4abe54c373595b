import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, startOfDay } from '../../src/dates.js';
import {
  directions,
  entryKinds,
  isHumanAnswer,
  receivedAs,
  weWrote,
  type EntryFacts,
  type Precision,
} from '../../src/history/entry.rules.js';
import {
  acknowledgementDue,
  isUnacknowledged,
  lastDayBefore,
  unacknowledgedLetter,
} from '../../src/recipients/acknowledgement.rules.js';
import { isWorkingDay, type Place } from '../../src/working-days.js';

const london = { timeZone: 'Europe/London', country: 'GB' };
const newYork = { timeZone: 'America/New_York', country: 'US' };
const sarajevo = { timeZone: 'Europe/Sarajevo', country: 'BA' };
const auckland = { timeZone: 'Pacific/Auckland', country: 'NZ' };
const kolkata = { timeZone: 'Asia/Kolkata', country: 'IN' };
/** Its clocks go back from one to midnight, so that two of its midnights a year happen twice. */
const havana = { timeZone: 'America/Havana', country: 'CU' };
/** Its clocks skip midnight. */
const santiago = { timeZone: 'America/Santiago', country: 'CL' };

const due = (at: string, days: number, place: Place, precision: Precision = 'time', now = at) =>
  acknowledgementDue({ occurredAt: new Date(at), precision }, { days, place }, new Date(now));

describe('an acknowledgement is in time', () => {
  test.each<[string, ReturnType<typeof due>, string, string]>([
    [
      'so many working days after the letter',
      due('2026-11-03T10:00:00Z', 5, london),
      '2026-11-10',
      'Written to on 3 November 2026; 5 working days in London end on 10 November 2026.',
    ],
    [
      'one working day after it',
      due('2026-11-03T10:00:00Z', 1, london),
      '2026-11-04',
      'Written to on 3 November 2026; 1 working day in London ends on 4 November 2026.',
    ],
    [
      'not counting a holiday of their country',
      due('2026-11-24T15:00:00Z', 2, newYork),
      '2026-11-27',
      'Written to on 24 November 2026; 2 working days in New York end on 27 November 2026; 1 public holiday left out: 26 November 2026 (Thanksgiving Day).',
    ],
    [
      'not counting each day of a holiday that lasts',
      due('2026-05-26T10:00:00Z', 1, sarajevo),
      '2026-06-01',
      expect.stringContaining(
        '1 working day in Sarajevo ends on 1 June 2026; 3 public holidays left out: 27 May 2026 (',
      ) as never,
    ],
    [
      'on weekdays only, where their country is not known',
      due('2026-11-24T15:00:00Z', 2, { timeZone: 'America/New_York', country: '' }),
      '2026-11-26',
      'Written to on 24 November 2026; 2 working days in New York end on 26 November 2026. Public holidays there are not known: the office has no country.',
    ],
    [
      'counted from Monday, when the letter went on a Saturday',
      due('2026-11-07T10:00:00Z', 5, london),
      '2026-11-16',
      'Written to on 7 November 2026 (no working day there, so it is counted from 9 November 2026); 5 working days in London end on 16 November 2026.',
    ],
    [
      'counted from their day, which is a Friday while it is Thursday here',
      due('2026-11-05T20:00:00Z', 1, auckland),
      '2026-11-09',
      'Written to on 6 November 2026; 1 working day in Auckland ends on 9 November 2026.',
    ],
    [
      'counted from the day that was logged, wherever they are',
      due('2026-11-05T12:00:00Z', 1, auckland, 'day'),
      '2026-11-06',
      'Written to on 5 November 2026; 1 working day in Auckland ends on 6 November 2026.',
    ],
    [
      'counted from the latest day on which it can have been sent',
      due('2023-09-18T12:00:00Z', 3, london, 'by-day'),
      '2023-09-21',
      'Written to by 18 September 2023; 3 working days in London end on 21 September 2023.',
    ],
  ])('%s', (_what, { lastDay, how }, wanted, sentence) => {
    expect({ lastDay, how }).toEqual({ lastDay: wanted, how: sentence });
  });
});

describe('it is missing from the first moment of the day after, on their clock', () => {
  test.each<[string, string, Place, string]>([
    // both weekends on which the clocks change lie in the days that are counted
    [
      'over the night the clocks of London go forward',
      '2026-03-26T10:00:00Z',
      london,
      '2026-03-30T23:00:00.000Z',
    ],
    [
      'over the night the clocks of London go back',
      '2026-10-22T10:00:00Z',
      london,
      '2026-10-27T00:00:00.000Z',
    ],
    [
      'over the night those of New York go forward',
      '2026-03-05T15:00:00Z',
      newYork,
      '2026-03-10T04:00:00.000Z',
    ],
    ['over the night those of New York go back', '2026-10-29T15:00:00Z', newYork, '2026-11-03T05:00:00.000Z'],
    ['in a zone off by half an hour', '2026-11-24T10:00:00Z', kolkata, '2026-11-26T18:30:00.000Z'],
  ])('%s', (_what, at, place, wanted) => {
    const from = due(at, 2, place).missingFrom;
    expect(from.toISOString()).toBe(wanted);
    const before = new Date(from.getTime() - 1);
    expect(due(at, 2, place, 'time', from.toISOString()).isMissing).toBe(true);
    expect(due(at, 2, place, 'time', before.toISOString()).isMissing).toBe(false);
    expect([isUnacknowledged(from, from), isUnacknowledged(from, before)]).toEqual([true, false]);
  });

  test('a day begins at the first of two midnights, and where there is none with the moment after', () => {
    expect(startOfDay('2026-11-01', 'America/Havana').toISOString()).toBe('2026-11-01T04:00:00.000Z');
    expect(startOfDay('2026-09-06', 'America/Santiago').toISOString()).toBe('2026-09-06T04:00:00.000Z');
  });

  test('where none is expected, none is ever missing', () => {
    for (const none of [null, undefined]) expect(isUnacknowledged(none, new Date())).toBe(false);
  });

  test('whatever the letter, the place and the days, the last day is a working day and not before it was sent', () => {
    const written = fc.record({
      occurredAt: fc.date({ min: new Date('2023-01-01'), max: new Date('2029-12-31'), noInvalidDate: true }),
      precision: fc.constantFrom<Precision>('time', 'day', 'by-day'),
    });
    const place = fc.constantFrom(london, newYork, sarajevo, auckland, kolkata, havana, santiago);
    const hoursLater = fc.integer({ min: 0, max: 24 * 90 });
    fc.assert(
      fc.property(
        written,
        place,
        fc.integer({ min: 1, max: 40 }),
        hoursLater,
        (letter, where, days, hours) => {
          const now = new Date(letter.occurredAt.getTime() + hours * 3_600_000);
          const { lastDay, missingFrom, isMissing } = acknowledgementDue(letter, { days, place: where }, now);
          const zone = letter.precision === 'time' ? where.timeZone : 'UTC';
          expect(lastDay > dayOf(letter.occurredAt, zone)).toBe(true);
          expect(isWorkingDay(lastDay, where)).toBe(true);
          expect(isMissing).toBe(dayOf(now, where.timeZone) > lastDay);
          expect(dayOf(missingFrom, where.timeZone) > lastDay).toBe(true);
          expect(lastDayBefore(missingFrom, where.timeZone)).toBe(lastDay);
          const sooner = acknowledgementDue(letter, { days: days - 1, place: where }, now);
          expect(sooner.lastDay < lastDay).toBe(true);
        },
      ),
    );
  });
});

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 12));
type Written = EntryFacts & { precision: Precision };
const letter: Written = { kind: 'letter', direction: 'out', occurredAt: at(3), precision: 'day' };
const theirs = (as: EntryFacts['receivedAs'], kind: EntryFacts['kind'] = 'email'): Written => ({
  kind,
  direction: 'in',
  receivedAs: as,
  occurredAt: at(4),
  precision: 'time',
});

describe('which letter waits for an acknowledgement', () => {
  test('the first email or letter, whatever else we did', () => {
    const later: Written = { ...letter, kind: 'email', occurredAt: at(5) };
    const call: Written = { ...letter, kind: 'call', occurredAt: at(1) };
    const note: Written = { ...letter, kind: 'note', direction: 'none', occurredAt: at(1) };
    expect(unacknowledgedLetter([later, call, letter, note])).toBe(letter);
    expect(unacknowledgedLetter([call, note])).toBeNull();
    expect(unacknowledgedLetter([])).toBeNull();
  });

  test.each<[string, Written]>([
    ['an acknowledgement', theirs('acknowledgement')],
    ['a reply', theirs('reply')],
    ['a reply by telephone', theirs('reply', 'call')],
    ['a refusal', theirs('declined', 'letter')],
    ['a meeting', { ...letter, kind: 'meeting', direction: 'none' }],
  ])('none any more after %s, even where a bounce came later', (_what, said) => {
    const bounce = { ...theirs('bounce'), occurredAt: at(9) };
    expect(unacknowledgedLetter([letter, said])).toBeNull();
    expect(unacknowledgedLetter([letter, said, { ...letter, occurredAt: at(8) }, bounce])).toBeNull();
  });

  test.each<EntryFacts['receivedAs']>(['auto-reply', 'bounce', 'not an answer'])(
    'still the letter after: %s',
    (as) => {
      expect(unacknowledgedLetter([letter, theirs(as)])).toBe(letter);
    },
  );

  test('in any order it is the same moment, and there is one exactly when we wrote and nobody spoke', () => {
    const entry = fc.record<Written>({
      kind: fc.constantFrom(...entryKinds),
      direction: fc.constantFrom(...directions),
      receivedAs: fc.constantFrom(...receivedAs, null),
      occurredAt: fc.integer({ min: 1, max: 6 }).map(at),
      precision: fc.constant('time'),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const found = unacknowledgedLetter(entries);
        expect(unacknowledgedLetter(entries.toReversed())?.occurredAt).toEqual(found?.occurredAt);
        expect(found !== null).toBe(entries.some(weWrote) && !entries.some(isHumanAnswer));
        if (found)
          for (const { occurredAt } of entries.filter(weWrote))
            expect(found.occurredAt <= occurredAt).toBe(true);
      }),
    );
  });
});
