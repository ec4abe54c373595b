import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  directionNames,
  directions,
  entryKindNames,
  entryKinds,
  isContact,
  isHumanAnswer,
  loggableKinds,
  receivedAs,
  receivedAsNames,
  standing,
  supersededIds,
} from '../../src/history/entry.rules.js';
import { titleOf } from '../../src/history/timeline.js';

const kinds = fc.constantFrom(...entryKinds);
const facts = fc.record({
  kind: kinds,
  direction: fc.constantFrom(...directions),
  receivedAs: fc.constantFrom(...receivedAs, null),
});

test.each([
  ['reply', true],
  ['declined', true],
  ['acknowledgement', true],
  ['auto-reply', false],
  ['bounce', false],
  ['not an answer', false],
  [null, false],
] as const)('an incoming email taken as %s is a human answer: %s', (as, answer) => {
  expect(isHumanAnswer({ kind: 'email', direction: 'in', receivedAs: as })).toBe(answer);
});

test('nothing that went out is an answer, a meeting always is one', () => {
  fc.assert(
    fc.property(facts, (entry) => {
      expect(isHumanAnswer({ ...entry, kind: 'meeting' })).toBe(true);
      if (entry.kind !== 'meeting') expect(isHumanAnswer({ ...entry, direction: 'out' })).toBe(false);
    }),
  );
});

test('every human answer is contact', () => {
  fc.assert(fc.property(facts, (entry) => expect(isContact(entry) || !isHumanAnswer(entry)).toBe(true)));
});

test('machines and bounces are no contact', () => {
  for (const as of ['auto-reply', 'bounce'] as const)
    expect(isContact({ kind: 'email', direction: 'in', receivedAs: as })).toBe(false);
  expect(isContact({ kind: 'note', direction: 'none' })).toBe(false);
});

const chain = [
  { _id: 'a', kind: 'call' as const },
  { _id: 'b', kind: 'call' as const, supersedes: 'a' },
  { _id: 'c', kind: 'email' as const, supersedes: 'b' },
  { _id: 'd', kind: 'note' as const },
  { _id: 'e', kind: 'correction' as const, supersedes: 'd' },
];

test('of a chain of corrections only the last stands, and what was taken back does not', () => {
  expect(supersededIds(chain)).toEqual(new Set(['a', 'b', 'd']));
  expect(standing(chain).map(({ _id }) => _id)).toEqual(['c']);
  expect(standing(chain.toReversed()).map(({ _id }) => _id)).toEqual(['c']);
});

test('everything there is has a name, and a correction is not logged by hand', () => {
  expect(Object.keys(entryKindNames)).toEqual([...entryKinds]);
  expect(Object.keys(directionNames)).toEqual([...directions]);
  expect(Object.keys(receivedAsNames)).toEqual([...receivedAs]);
  expect(loggableKinds).not.toContain('correction');
});

test.each([
  [{ kind: 'email', direction: 'out', receivedAs: null }, 'Email from us'],
  [{ kind: 'call', direction: 'in', receivedAs: 'reply' }, 'Call from them: reply'],
  [{ kind: 'note', direction: 'none', receivedAs: null }, 'Note'],
  [{ kind: 'email', direction: 'out', receivedAs: 'reply' }, 'Email from us'],
] as const)('%j is titled %j', (entry, title) => {
  expect(titleOf(entry)).toBe(title);
});
