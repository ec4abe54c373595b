import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Types } from 'mongoose';
import {
  directions,
  entryKinds,
  isLoggable,
  loggableKinds,
  precisions,
  receivedAs,
} from '../../src/history/entry.rules.js';
import { afterEmail } from '../../src/recipients/after-email.rules.js';
import { derive, type Facts } from '../../src/recipients/refresh.js';

const recipient = new Types.ObjectId();
// few moments, so that many things happen at the same one
const moment = fc.integer({ min: 0, max: 12 }).map((n) => new Date(Date.UTC(2023, 9, 2, 12 * n)));
const day = fc.integer({ min: 1, max: 9 }).map((n) => `2023-10-0${n}`);
const anyContact = fc
  .record({
    kind: fc.constantFrom(...loggableKinds),
    direction: fc.constantFrom(...directions),
    as: fc.constantFrom(...receivedAs),
    occurredAt: moment,
    precision: fc.constantFrom(...precisions),
    delivers: fc.constantFrom(true, false, null),
  })
  .map(({ as, ...facts }) => ({ ...facts, receivedAs: facts.direction === 'in' ? as : null }));
const anyDecision = fc.record({
  kind: fc.constantFrom(...entryKinds.filter((kind) => !isLoggable(kind))),
  direction: fc.constant('none'),
  occurredAt: moment,
  precision: fc.constantFrom(...precisions),
  until: fc.option(day),
});
const anyEntry = fc.oneof(anyContact, anyDecision);
const history = fc.array(anyEntry, { maxLength: 10 });
/** The letter, which is where most histories begin. */
const letter = { kind: 'letter', direction: 'out', occurredAt: new Date('2023-10-02'), precision: 'day' };
const beginning = fc.constantFrom([letter], []);
const stances = fc.array(
  moment.map((at) => ({ at })),
  { maxLength: 1 },
);
// most often after everything else
const sent = fc.integer({ min: 4, max: 20 }).map((n) => new Date(Date.UTC(2023, 9, 2, 12 * n)));
const expected = {
  acknowledgementDays: 5,
  lateAfter: 20,
  veryLateAfter: 40,
  place: { timeZone: 'Pacific/Auckland', country: 'NZ' },
};

const entry = (facts: object): Facts => ({ ...facts, _id: new Types.ObjectId(), recipient }) as Facts;
const ourEmail = (sentAt: Date): Facts =>
  entry({ kind: 'email', direction: 'out', occurredAt: sentAt, precision: 'time' });

test('what one more email changes, where nothing else follows from it, is what the whole history amounts to', () => {
  let counted = 0;
  fc.assert(
    fc.property(beginning, history, stances, sent, (first, facts, stated, sentAt) => {
      const entries = [...first, ...facts].map(entry);
      const before = derive(entries, expected, stated);
      const change = afterEmail(before, sentAt);
      if (!change) return;
      counted += 1;
      expect({ ...before, ...change, entriesCounted: before.entriesCounted + 1 }).toEqual(
        derive([...entries, ourEmail(sentAt)], expected, stated),
      );
    }),
    { numRuns: 3000 },
  );
  expect(counted).toBeGreaterThan(300);
});

test('after a bounce, before the letter, or among what happened, the whole history is read', () => {
  const sentAt = new Date('2023-10-05T10:00:00Z');
  const earlier = new Date('2023-10-04T10:00:00Z');
  expect(
    afterEmail({ delivery: 'sent', lastContactAt: earlier, clockStartedAt: earlier, contactsOut: 1 }, sentAt),
  ).toEqual({
    lastContactAt: sentAt,
    lastContactPrecision: 'time',
    contactsOut: 2,
  });
  expect(
    afterEmail({ delivery: 'bounced', lastContactAt: earlier, clockStartedAt: earlier }, sentAt),
  ).toBeNull();
  expect(
    afterEmail({ delivery: 'other channel', lastContactAt: earlier, clockStartedAt: earlier }, sentAt),
  ).toBeNull();
  expect(afterEmail({ delivery: 'sent', lastContactAt: earlier, clockStartedAt: null }, sentAt)).toBeNull();
  expect(afterEmail({ delivery: 'not sent' }, sentAt)).toBeNull();
  expect(afterEmail({ delivery: 'sent', lastContactAt: sentAt, clockStartedAt: earlier }, sentAt)).toBeNull();
});
