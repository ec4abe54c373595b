import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  directions,
  entryKinds,
  receivedAs,
  standing,
  type EntryFacts,
} from '../../src/history/entry.rules.js';
import {
  isOverdue,
  recipientStatuses,
  statusNames,
  statusOf,
  type RecipientStatus,
} from '../../src/recipients/recipient.rules.js';

const at = (day: number) => new Date(Date.UTC(2026, 9, day, 12));
const out = (kind: EntryFacts['kind'], day: number): EntryFacts => ({
  kind,
  direction: 'out',
  occurredAt: at(day),
});
const got = (as: EntryFacts['receivedAs'], day: number): EntryFacts => ({
  kind: 'email',
  direction: 'in',
  receivedAs: as,
  occurredAt: at(day),
});
const letter = out('letter', 1);
const met = (day: number): EntryFacts => ({ kind: 'meeting', direction: 'none', occurredAt: at(day) });
const note: EntryFacts = { kind: 'note', direction: 'none', occurredAt: at(9) };

test.each<[string, EntryFacts[], RecipientStatus]>([
  ['nothing', [], 'not sent'],
  ['only a note', [note], 'not sent'],
  ['only a call of ours', [out('call', 1)], 'not sent'],
  ['the letter', [letter], 'sent'],
  ['an email', [out('email', 1)], 'sent'],
  ['the letter and a bounce', [letter, got('bounce', 2)], 'bounced'],
  ['a bounce, then sent again', [letter, got('bounce', 2), out('email', 3)], 'sent'],
  ['a bounce on the day of the letter', [got('bounce', 1), letter], 'bounced'],
  ['an auto-reply', [letter, got('auto-reply', 2)], 'sent'],
  ['a statement that is no answer', [letter, got('not an answer', 2)], 'sent'],
  ['an acknowledgement', [letter, got('acknowledgement', 2)], 'acknowledged'],
  [
    'an acknowledgement, then a follow-up',
    [letter, got('acknowledgement', 2), out('email', 3)],
    'acknowledged',
  ],
  ['a reply', [letter, got('reply', 2)], 'replied'],
  ['a reply, then a follow-up', [letter, got('reply', 2), out('email', 3)], 'replied'],
  ['a reply, then an acknowledgement', [letter, got('reply', 2), got('acknowledgement', 3)], 'replied'],
  ['a reply, then a bounce', [letter, got('reply', 2), got('bounce', 3)], 'replied'],
  ['a meeting', [letter, met(2)], 'met'],
  ['a meeting without any letter', [met(2)], 'met'],
  ['a meeting, then a reply', [letter, met(2), got('reply', 3)], 'met'],
  ['a refusal', [letter, got('declined', 2)], 'declined'],
  ['a meeting, then a refusal', [letter, met(2), got('declined', 3)], 'declined'],
  ['a refusal, then a reply', [letter, got('declined', 2), got('reply', 3)], 'replied'],
  ['a refusal, then a meeting', [letter, got('declined', 2), met(3)], 'met'],
  ['a reply and a refusal on the same day', [letter, got('declined', 2), got('reply', 2)], 'declined'],
])('%s amounts to: %#', (_what, entries, status) => {
  expect(statusOf(entries)).toBe(status);
});

const anyEntry: fc.Arbitrary<EntryFacts> = fc.record({
  kind: fc.constantFrom(...entryKinds),
  direction: fc.constantFrom(...directions),
  receivedAs: fc.constantFrom(...receivedAs, null),
  occurredAt: fc.integer({ min: 1, max: 6 }).map(at),
});
const shuffled = (entries: fc.Arbitrary<EntryFacts[]>) =>
  entries.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

test('the order in which entries are read does not matter, even of those at the same moment', () => {
  fc.assert(
    fc.property(shuffled(fc.array(anyEntry, { maxLength: 8 })), ([entries, others]) => {
      expect(statusOf(others)).toBe(statusOf(entries));
    }),
  );
});

test('the status is one that has a name, and reading changes nothing', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), (entries) => {
      const before = structuredClone(entries);
      expect(statusNames).toHaveProperty(statusOf(entries));
      expect(entries).toEqual(before);
    }),
  );
});

test('what is not contact never changes a status', () => {
  const nothing = fc.constantFrom<EntryFacts>(
    note,
    out('statement', 9),
    got('auto-reply', 9),
    got('not an answer', 9),
  );
  fc.assert(
    fc.property(fc.array(anyEntry), nothing, (entries, entry) => {
      expect(statusOf([...entries, entry])).toBe(statusOf(entries));
    }),
  );
});

test('an entry that was superseded never counts', () => {
  const recorded = fc
    .array(anyEntry, { minLength: 1 })
    .map((all) => all.map((entry, _id) => ({ ...entry, _id: String(_id) })));
  fc.assert(
    fc.property(recorded, anyEntry, fc.nat(), (entries, right, n) => {
      const wrong = entries[n % entries.length]!;
      const corrected = [...entries, { ...right, _id: 'new', supersedes: wrong._id }];
      const without = [...entries.filter(({ _id }) => _id !== wrong._id), { ...right, _id: 'new' }];
      expect(statusOf(standing(corrected))).toBe(statusOf(standing(without)));
    }),
  );
});

test.each(recipientStatuses)(
  '%s is overdue only while there is no answer and the day has passed',
  (status) => {
    const waits = ['sent', 'bounced', 'acknowledged'].includes(status);
    expect(isOverdue(status, '2026-11-23', '2026-11-24')).toBe(waits);
    expect(isOverdue(status, '2026-11-24', '2026-11-24')).toBe(false);
    expect(isOverdue(status, '2026-11-25', '2026-11-24')).toBe(false);
    for (const none of [null, undefined, '']) expect(isOverdue(status, none, '2026-11-24')).toBe(false);
  },
);
