import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { latest, MOST, type Happening } from '../../src/calendar/happening.js';
import { writeAtom } from '../../src/calendar/write-atom.js';
import { readAtom } from '../support/atom.js';

const BASE = 'https://answerable.example';
const about = { id: 'feed-1', home: '/', changedAt: new Date('2026-11-24T12:00:00Z') };
const write = (...happenings: Happening[]) => writeAtom(happenings, BASE, about);
const one = (own: Partial<Happening> = {}): Happening => ({
  id: 'contact-1',
  title: 'Call from them: Example, Chair',
  href: '/entries/1',
  at: new Date('2026-11-20T10:15:00Z'),
  ...own,
});

test('a feed of nothing is one, with what every feed must have', () => {
  expect(readAtom(write())).toEqual({
    id: 'https://answerable.example/calendar#feed-1',
    title: 'Answerable: what happened',
    updated: '2026-11-24T12:00:00.000Z',
    author: 'Answerable',
    links: [{ rel: 'alternate', href: 'https://answerable.example/' }],
    entries: [],
  });
});

test('an entry has an id, a title, when it was, and where it leads to: a page of ours or an address elsewhere', () => {
  const elsewhere = one({ id: 'slip-1', href: 'https://example.org/a?b=1&c="2"' });
  expect(readAtom(write(one(), elsewhere)).entries).toEqual([
    {
      id: 'https://answerable.example/calendar#contact-1',
      title: 'Call from them: Example, Chair',
      updated: '2026-11-20T10:15:00.000Z',
      link: 'https://answerable.example/entries/1',
    },
    expect.objectContaining({ link: 'https://example.org/a?b=1&c=%222%22' }),
  ]);
});

test('the address of the feed itself does not stand in it', () => {
  expect(write(one())).not.toContain('rel="self"');
});

describe('whatever a title holds', () => {
  test.each([
    'Größe, Söhne & Töchter <GmbH> “Ärztin”',
    '<script>alert(1)</script>',
    '&lt;b&gt; is written so, and &amp; too',
    'ends a section ]]> early, and ]]> again',
    'שם בעברית, 名前; اسم 👩‍👩‍👧‍👦',
    `it's "quoted"`,
  ])('%s comes out as it went in', (title) => {
    expect(readAtom(write(one({ title }))).entries[0]!.title).toBe(title);
  });

  test('what may not stand in XML does not come in', () => {
    const title = 'One\u0000\u0007 two\u001B\u007F\u0085\uFFFE\uFFFF three\uD800 four\uDC00';
    const text = write(one({ title }));
    expect(readAtom(text).entries[0]!.title).toBe('One two three\uFFFD four\uFFFD');
    expect(Buffer.from(text).toString()).toBe(text);
  });

  test('it is well-formed, and nothing else of the feed changes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (title) => {
        const text = write(one({ title }), one({ id: 'contact-2' }));
        // oxlint-disable-next-line no-control-regex
        expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
        const { entries } = readAtom(text);
        expect(entries.map(({ id }) => id.split('#')[1])).toEqual(['contact-1', 'contact-2']);
        expect(entries[1]!.title).toBe('Call from them: Example, Chair');
      }),
    );
  });
});

test('the latest come first, a hundred of them, those of one moment always in the same order', () => {
  const many = Array.from({ length: 250 }, (_, n) =>
    one({
      id: `contact-${String(n).padStart(3, '0')}`,
      at: new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 2))),
    }),
  );
  const told = latest(many);
  expect(told).toHaveLength(MOST);
  expect(told.slice(0, 4).map(({ id }) => id)).toEqual([
    'contact-248',
    'contact-249',
    'contact-246',
    'contact-247',
  ]);
  expect(latest(many.toReversed())).toEqual(told);
  const dates = readAtom(write(...told)).entries.map(({ updated }) => updated);
  expect(dates).toEqual(dates.toSorted().toReversed());
});
