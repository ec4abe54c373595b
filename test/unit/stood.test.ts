import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, dayOf } from '../../src/dates.js';
import {
  directions,
  entryKinds,
  receivedAs,
  type EntryFacts,
  type Precision,
} from '../../src/history/entry.rules.js';
import { statusOf } from '../../src/recipients/status.rules.js';
import { stoodOf } from '../../src/recipients/stood.rules.js';

type Happened = EntryFacts & { precision: Precision };

const at = (instant: string): { occurredAt: Date; precision: 'time' } => ({
  occurredAt: new Date(instant),
  precision: 'time',
});
const letter = (instant: string): Happened => ({ kind: 'letter', direction: 'out', ...at(instant) });
const got = (as: EntryFacts['receivedAs'], instant: string): Happened => ({
  kind: 'email',
  direction: 'in',
  receivedAs: as,
  ...at(instant),
});
const none = (kind: EntryFacts['kind'], instant: string): Happened => ({
  kind,
  direction: 'none',
  ...at(instant),
});
const stood = (entries: Happened[], zone = 'UTC') =>
  stoodOf(statusOf(entries), zone).map(
    ({ engagement, from, until }) => `${engagement} ${from} ${until ?? ''}`,
  );

test('nobody stands anywhere before they were written to', () => {
  expect(stood([])).toEqual([]);
  expect(stood([none('note', '2026-10-01T12:00Z')])).toEqual([]);
  expect(stood([letter('2026-10-01T12:00Z')])).toEqual(['silent 2026-10-01 ']);
  expect(stood([none('closing', '2026-10-01T12:00Z'), none('reopening', '2026-10-05T12:00Z')])).toEqual([
    'closed 2026-10-01 2026-10-05',
  ]);
});

test('each change ends one span and begins the next', () => {
  const entries = [
    letter('2026-10-01T12:00Z'),
    got('bounce', '2026-10-02T12:00Z'),
    got('acknowledgement', '2026-10-03T12:00Z'),
    got('reply', '2026-11-01T12:00Z'),
  ];
  expect(stood(entries)).toEqual([
    'silent 2026-10-01 2026-10-03',
    'acknowledged 2026-10-03 2026-11-01',
    'replied 2026-11-01 ',
  ]);
});

test('of a day counts where they stood at its end', () => {
  const day = (time: string) => `2026-10-01T${time}Z`;
  expect(stood([letter(day('08:00')), got('auto-reply', day('08:01')), got('reply', day('15:00'))])).toEqual([
    'replied 2026-10-01 ',
  ]);
  const closed = [none('closing', '2026-10-05T08:00Z'), none('reopening', '2026-10-05T09:00Z')];
  expect(stood([letter(day('08:00')), ...closed])).toEqual(['silent 2026-10-01 ']);
});

test('days are those of their calendar, and never go back', () => {
  expect(stood([letter('2026-10-01T02:00Z')], 'America/New_York')).toEqual(['silent 2026-09-30 ']);
  const known = { ...got('reply', '2026-10-01T12:00Z'), precision: 'day' as const };
  expect(stood([letter('2026-10-01T11:30Z'), known], 'Pacific/Auckland')).toEqual(['replied 2026-10-02 ']);
});

const ZONE = 'America/New_York';
const history = fc.array(
  fc.record({
    kind: fc.constantFrom(...entryKinds),
    direction: fc.constantFrom(...directions),
    receivedAs: fc.constantFrom(...receivedAs),
    occurredAt: fc.date({ min: new Date('2026-02-20'), max: new Date('2026-03-20'), noInvalidDate: true }),
    precision: fc.constant('time' as const),
    delivers: fc.boolean(),
  }),
  { maxLength: 14 },
);

test('on any day it is what the status was from all that had happened by then', () => {
  fc.assert(
    fc.property(history, (entries) => {
      const spans = stoodOf(statusOf(entries), ZONE);
      for (let day = '2026-02-18'; day <= '2026-03-22'; day = dayAfter(day)) {
        const { delivery, engagement } = statusOf(
          entries.filter(({ occurredAt }) => dayOf(occurredAt, ZONE) <= day),
        );
        const on = spans.filter(({ from, until }) => from <= day && (until === null || day < until));
        const expected = delivery === 'not sent' && engagement === 'silent' ? [] : [engagement];
        expect(on.map((span) => span.engagement)).toEqual(expected);
      }
    }),
  );
});
