import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldAddress, foldDomain } from '../../src/suppressions/fold-address.js';
import {
  keyOf,
  suppressedBy,
  type Suppression,
  type SuppressionKind,
} from '../../src/suppressions/suppression.rules.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const META = '6566f00000000000000000aa';
const OTHER = '6566f00000000000000000bb';

function aSuppression(kind: SuppressionKind, value: string, own: Partial<Suppression> = {}): Suppression {
  return {
    kind,
    value,
    key: keyOf(kind, { value, organisation: META })!,
    reason: 'They asked us to stop',
    source: 'A call from their office',
    from: '2026-11-01',
    until: null,
    lifted: null,
    ...own,
  };
}

const address = 'kim@mail.example.org';
const target = { address, personName: 'Kim Invented', organisation: META };
const isSuppressed = (
  one: Suppression,
  at = NOW,
  who: Parameters<typeof suppressedBy>[1] = target,
): boolean => suppressedBy([one], who, at).length > 0;

describe('who is covered', () => {
  test.each<[SuppressionKind, string]>([
    ['address', 'kim@mail.example.org'],
    ['address', ' KIM@Mail.Example.ORG. '],
    ['domain', 'mail.example.org'],
    ['domain', 'Example.org'],
    ['domain', '@example.org'],
    ['organisation', 'Example Platform'],
    ['person', 'kim  invented'],
    ['person', 'Kím Invented'],
  ])('%s %s', (kind, value) => expect(isSuppressed(aSuppression(kind, value))).toBe(true));

  test.each<[SuppressionKind, string]>([
    ['address', 'kim@example.org'],
    ['address', 'akim@mail.example.org'],
    ['domain', 'ail.example.org'],
    ['domain', 'www.mail.example.org'],
    ['person', 'Kim'],
  ])('not by %s %s', (kind, value) => expect(isSuppressed(aSuppression(kind, value))).toBe(false));

  test('a person or an organisation of the same name elsewhere may be written to', () => {
    const elsewhere = { ...target, organisation: OTHER };
    expect(isSuppressed(aSuppression('person', 'Kim Invented'), NOW, elsewhere)).toBe(false);
    expect(isSuppressed(aSuppression('organisation', 'Example Platform'), NOW, elsewhere)).toBe(false);
  });

  test('a domain is the same in unicode and in punycode', () => {
    const who = { address: 'kim@post.xn--bcher-kva.example' };
    expect(isSuppressed(aSuppression('domain', 'BÜCHER.example'), NOW, who)).toBe(true);
    expect(foldAddress('Kim@Bücher.example')).toBe('kim@xn--bcher-kva.example');
  });

  test('nobody is covered who is not known', () => {
    const all = [aSuppression('domain', 'example.org'), aSuppression('person', 'Kim Invented')];
    expect(suppressedBy(all, {}, NOW)).toEqual([]);
    expect(suppressedBy(all, { address: '', personName: '', organisation: null }, NOW)).toEqual([]);
  });
});

describe('a domain', () => {
  const label = fc.stringMatching(/^[a-z]([a-z0-9]{0,8}[a-z])?$/);
  const domain = fc.tuple(label, label).map((labels) => labels.join('.'));

  test('covers itself and everything below it, in any letters', () => {
    fc.assert(
      fc.property(domain, fc.array(label, { maxLength: 3 }), fc.boolean(), (above, below, loud) => {
        const full = [...below, above].join('.');
        const who = { address: `kim@${loud ? full.toUpperCase() : full}` };
        expect(isSuppressed(aSuppression('domain', above), NOW, who)).toBe(true);
      }),
    );
  });

  test('never covers a name that only ends in the same letters, nor what is above it', () => {
    fc.assert(
      fc.property(domain, label, (above, other) => {
        const one = aSuppression('domain', above);
        expect(isSuppressed(one, NOW, { address: `kim@${other}${above}` })).toBe(false);
        expect(isSuppressed(one, NOW, { address: `kim@${above}.${other}x` })).toBe(false);
        const below = aSuppression('domain', `${other}.${above}`);
        expect(isSuppressed(below, NOW, { address: `kim@${above}` })).toBe(false);
      }),
    );
  });

  test.each([
    'org',
    '',
    'exa mple.org',
    'example.org/page',
    'example.org:25',
    'kim@example.org',
    '127.0.0.1',
    'a..b',
  ])('is not %j', (text) => expect(foldDomain(text)).toBeNull());

  test('whatever is typed is folded or refused, and what is folded stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.domain()), (typed) => {
        const folded = foldDomain(typed);
        if (folded !== null) expect(foldDomain(folded)).toBe(folded);
        const folding = foldAddress(`kim@${typed}`);
        if (folding !== null) expect(foldAddress(folding)).toBe(folding);
      }),
    );
  });
});

describe('when it holds', () => {
  const AUCKLAND = 'Pacific/Auckland';
  const LOS_ANGELES = 'America/Los_Angeles';
  test.each([
    ['not before its first day there', AUCKLAND, '2026-10-31T10:59:59Z', false],
    ['from the first moment of its first day there', AUCKLAND, '2026-10-31T11:00:00Z', true],
    ['not while only others have that day', LOS_ANGELES, '2026-11-01T06:59:59Z', false],
    ['to the last moment of its last day there', LOS_ANGELES, '2026-12-01T07:59:59Z', true],
    ['not on the day after there', LOS_ANGELES, '2026-12-01T08:00:00Z', false],
    ['not on the day after there, while others have its last day', AUCKLAND, '2026-11-30T11:00:00Z', false],
    ['where nobody knows where they are, not before it begins anywhere', '', '2026-10-31T09:59:59Z', false],
    ['where nobody knows where they are, from when it begins anywhere', '', '2026-10-31T10:00:00Z', true],
    ['where nobody knows where they are, until it is over everywhere', '', '2026-12-01T11:59:59Z', true],
    ['where nobody knows where they are, not when it is over everywhere', '', '2026-12-01T12:00:00Z', false],
  ])('%s', (_when, timeZone, instant, holds) => {
    const one = aSuppression('address', address, { until: '2026-11-30' });
    const who = timeZone ? { ...target, timeZone } : target;
    expect(isSuppressed(one, new Date(instant), who)).toBe(holds);
  });

  test('at once where its first day had begun for whoever wrote it down', () => {
    const now = new Date('2026-11-24T02:00:00Z');
    const one = aSuppression('address', address, { from: '2026-11-24', atOnce: true });
    expect(isSuppressed(one, now, { ...target, timeZone: LOS_ANGELES })).toBe(true);
  });

  test('one that was lifted keeps nothing back', () => {
    expect(isSuppressed(aSuppression('address', address, { lifted: { at: NOW } }))).toBe(false);
  });
});

test('every suppression gives its own sentence, with its reason and its source', () => {
  const all = [
    aSuppression('address', address),
    aSuppression('domain', 'example.org', {
      until: '2026-11-30',
      reason: 'A court said so!',
      source: 'Letter',
    }),
  ];
  expect(suppressedBy(all, target, NOW)).toEqual([
    'kim@mail.example.org is not to be written to from 1 November 2026: They asked us to stop. Source: A call from their office.',
    'Every address at example.org is not to be written to from 1 November 2026, until 30 November 2026: A court said so! Source: Letter.',
  ]);
});
