import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, dayOf, type Day } from '../../src/dates.js';
import { standing } from '../../src/history/entry.rules.js';
import type { ClockFacts, ClockPause } from '../../src/recipients/clock-entries.rules.js';
import { clockCalendar, daysCounted, lastDayOf } from '../../src/recipients/clock-calendar.rules.js';
import { isWorkingDay } from '../../src/working-days.js';
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

const A_DAY = 86_400_000;
const place = fc.constantFrom(auckland, havana, kiritimati, london, newYork, pagoPago, santiago);
/** Around a leap day, both clock changes and several new years. */
const day: fc.Arbitrary<Day> = fc
  .integer({ min: 0, max: 800 })
  .map((n) => new Date(Date.UTC(2026, 11, 1) + n * A_DAY).toISOString().slice(0, 10));
const anInstant = fc
  .integer({ min: 0, max: 800 * 48 })
  .map((n) => new Date(Date.UTC(2026, 11, 1) + n * (A_DAY / 48)).toISOString());
const number = fc.integer({ min: 0, max: 60 });
const aPause: fc.Arbitrary<ClockPause<null>> = fc
  .tuple(day, fc.integer({ min: 0, max: 40 }))
  .map(([from, days]) => ({ from, until: addDays(from, days), entry: null }));
const addDays = (from: Day, days: number): Day =>
  new Date(Date.parse(from) + days * A_DAY).toISOString().slice(0, 10);

/** Days and instants close together, so that pauses overlap and things happen at once. */
const when = fc
  .integer({ min: 0, max: 90 })
  .chain((n) =>
    fc.constantFrom(
      addDays('2026-10-01', n),
      `${addDays('2026-10-01', n)}T11:30:00Z`,
      `${addDays('2026-10-01', n)}T12:00:00Z`,
    ),
  );
const later = fc.integer({ min: 0, max: 30 });
const entry: fc.Arbitrary<ClockFacts> = fc.oneof(
  when.map(happened.letter),
  when.map(happened.email),
  when.map(happened.note),
  when.map((at) => ({ ...happened.call(at), delivers: true })),
  when.map((at) => ({ ...happened.meeting(at), delivers: true })),
  fc
    .tuple(fc.constantFrom('bounce', 'auto-reply', 'acknowledgement', 'reply' as const), when)
    .map(([as, at]) => happened.received(as, at)),
  fc.tuple(when, later).map(([at, n]) => happened.promise(at, addDays(at.slice(0, 10), n))),
  fc
    .tuple(when, fc.option(later))
    .map(([at, n]) => happened.pause(at, n === null ? null : addDays(at.slice(0, 10), n))),
  when.map(happened.resumption),
);
const history = fc.array(entry, { maxLength: 10 });
const numbers = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .map(([lateAfter, more]) => ({ lateAfter, veryLateAfter: lateAfter + more }));

describe('counting', () => {
  const pauses = fc.array(aPause, { maxLength: 4 });

  test('adding so many days and then counting gives so many', () => {
    fc.assert(
      fc.property(day, number, place, pauses, (from, n, where, paused) => {
        const reached = lastDayOf(from, n, clockCalendar(where, paused))!;
        expect(daysCounted(from, reached, clockCalendar(where, paused))).toBe(n);
        expect(daysCounted(from, addDays(reached, -1), clockCalendar(where, paused))).toBe(
          Math.max(0, n - 1),
        );
      }),
    );
  });

  test('ends on a day that counts, and passes as many of them as were asked for', () => {
    fc.assert(
      fc.property(day, number, place, pauses, (from, n, where, paused) => {
        const reached = lastDayOf(from, n, clockCalendar(where, paused))!;
        const counting: Day[] = [];
        for (let one = from; one <= reached; one = dayAfter(one))
          if (isWorkingDay(one, where) && !paused.some((pause) => pause.from <= one && one <= pause.until!))
            counting.push(one);
        expect(counting.at(-1)).toBe(reached);
        expect(counting).toHaveLength(n + 1);
      }),
    );
  });

  test('a pause never makes a day earlier, and one without an end leaves none or the same', () => {
    fc.assert(
      fc.property(day, number, place, pauses, aPause, (from, n, where, paused, one) => {
        const without = lastDayOf(from, n, clockCalendar(where, paused))!;
        expect(lastDayOf(from, n, clockCalendar(where, [...paused, one]))! >= without).toBe(true);
        const open = lastDayOf(from, n, clockCalendar(where, [...paused, { ...one, until: null }]));
        expect(open).toBe(one.from <= without ? null : without);
      }),
    );
  });

  test('gives up where it would never end', () => {
    const forEver = { from: '2026-11-01', until: '9999-12-31', entry: null };
    expect(lastDayOf('2026-11-02', 20, clockCalendar(london, [forEver]))).toBeNull();
  });
});

describe('the clock of any history', () => {
  test('does not depend on the order in which it was recorded, even of what happened at the same moment', () => {
    const twice = history.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(twice, numbers, place, ([entries, others], rules, where) => {
        const [one, other] = [entries, others].map((all) => clockFrom(all, { ...rules, place: where }));
        expect(other!.copies).toEqual(one!.copies);
        expect(other!.promised?.day).toBe(one!.promised?.day);
        expect(other!.pauses.map(({ from, until }) => [from, until])).toEqual(
          one!.pauses.map(({ from, until }) => [from, until]),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('is read without changing anything', () => {
    fc.assert(
      fc.property(history, numbers, (entries, rules) => {
        const before = structuredClone(entries);
        const first = clockFrom(entries, rules);
        expect(entries).toEqual(before);
        expect(clockFrom(entries, rules)).toEqual(first);
      }),
    );
  });

  test('never counts what was superseded', () => {
    const recorded = fc
      .array(entry, { minLength: 1, maxLength: 8 })
      .map((all) => all.map((one, i) => ({ ...one, _id: String(i) })));
    fc.assert(
      fc.property(recorded, entry, fc.nat(), numbers, (entries, right, n, rules) => {
        const wrong = entries[n % entries.length]!;
        const corrected = standing([...entries, { ...right, _id: 'new', supersedes: wrong._id }]);
        const without = standing([...entries.filter((one) => one !== wrong), { ...right, _id: 'new' }]);
        expect(clockFrom(corrected, rules).copies).toEqual(clockFrom(without, rules).copies);
      }),
    );
  });

  test('is due on a day that counts, unless that day was promised', () => {
    fc.assert(
      fc.property(history, numbers, place, (entries, rules, where) => {
        const { dueOn, promised, pauses } = clockFrom(entries, { ...rules, place: where });
        if (dueOn === null || dueOn === promised?.day) return;
        expect(isWorkingDay(dueOn, where)).toBe(true);
        expect(pauses.some(({ from, until }) => from <= dueOn && (!until || dueOn <= until))).toBe(false);
      }),
    );
  });

  test('is late from a midnight where they are, the one after the last day in time', () => {
    fc.assert(
      fc.property(history, numbers, place, (entries, rules, where) => {
        const { copies } = clockFrom(entries, { ...rules, place: where });
        for (const [from, last] of [
          [copies.lateFrom, copies.answerDueOn],
          [copies.promisePassedFrom, copies.promisedFor],
        ]) {
          if (!from) continue;
          expect(dayOf(new Date(Number(from) - 1), where.timeZone)).toBe(last);
          expect(dayOf(from as Date, where.timeZone)).toBe(dayAfter(last as Day));
        }
      }),
    );
  });

  test('is very late only after it was late, and late only with a letter and without an answer', () => {
    fc.assert(
      fc.property(history, numbers, place, (entries, rules, where) => {
        const { copies, start, engagement } = clockFrom(entries, { ...rules, place: where });
        if (copies.veryLateFrom) expect(copies.lateFrom! < copies.veryLateFrom).toBe(true);
        if (!copies.lateFrom) return;
        expect(start).not.toBeNull();
        expect(['silent', 'auto-answered', 'acknowledged']).toContain(engagement);
      }),
      { numRuns: 500 },
    );
  });

  test('is never due earlier for one more pause or promise', () => {
    const more = entry.filter(({ kind }) => kind === 'clock pause');
    fc.assert(
      fc.property(history, more, numbers, (entries, pause, rules) => {
        const without = clockFrom(entries, rules);
        const with_ = clockFrom([...entries, pause], rules);
        if (without.dueOn && with_.dueOn) expect(with_.dueOn >= without.dueOn).toBe(true);
        if (!without.dueOn) expect(with_.dueOn).toBeNull();
        if (without.counted && with_.counted) expect(with_.counted >= without.counted).toBe(true);
      }),
    );
    fc.assert(
      fc.property(history, when, later, numbers, (entries, at, n, rules) => {
        const { counted } = clockFrom(entries, rules);
        const { dueOn } = clockFrom([...entries, happened.promise(at, addDays(at.slice(0, 10), n))], rules);
        if (counted) expect(dueOn! >= counted).toBe(true);
      }),
    );
  });

  test('starts on the day of their calendar, whatever the hour', () => {
    fc.assert(
      fc.property(anInstant, place, (at, where) => {
        const { startedOn } = clockFrom([happened.email(at)], { place: where });
        const there = new Intl.DateTimeFormat('sv-SE', { timeZone: where.timeZone }).format(new Date(at));
        expect(startedOn).toBe(there);
      }),
    );
  });
});
