import { expect, test } from '@jest/globals';
import { readFeed } from '../../src/legislation/import/files/read-feed.js';

const TITLE = 'Lëx Ötker';
const feed = (declared: string, title = TITLE): string =>
  `<?xml version="1.0"${declared && ` encoding="${declared}"`}?><rss><channel><item><title>${title}</title><pubDate>24 Nov 2026</pubDate></item></channel></rss>`;

const BOM = '\uFEFF';
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

function titleOf(bytes: Buffer, contentType?: string): string {
  const reading = readFeed({ bytes, stages: [], contentType });
  return reading.ok ? reading.found.publications[0]!.title : reading.mistakes.join();
}

test.each<[string, Buffer, string | undefined]>([
  ['nothing is UTF-8', Buffer.from(feed('')), undefined],
  ['nothing but a type is UTF-8', Buffer.from(feed('')), 'text/xml'],
  ['an XML declaration', Buffer.from(feed('ISO-8859-1'), 'latin1'), undefined],
  [
    'an XML declaration beside a type without a charset',
    Buffer.from(feed('windows-1252'), 'latin1'),
    'text/xml',
  ],
  [
    'a charset, which goes before the declaration',
    Buffer.from(feed('utf-8'), 'latin1'),
    'text/xml; charset=iso-8859-1',
  ],
  [
    'a charset in quotes',
    Buffer.from(feed(''), 'latin1'),
    'application/rss+xml; Charset = "Windows-1252"; x=y',
  ],
  [
    'a byte order mark, which goes before everything',
    Buffer.from(BOM + feed('koi8-r')),
    'text/xml; charset=shift_jis',
  ],
  [
    'a byte order mark of UTF-16, the lower byte first',
    Buffer.from(BOM + feed('utf-16'), 'utf16le'),
    undefined,
  ],
  [
    'a byte order mark of UTF-16, the higher byte first',
    utf16be(BOM + feed('utf-16')),
    'text/xml; charset=utf-8',
  ],
  ['UTF-16 that shows itself', Buffer.from(feed('utf-16'), 'utf16le'), undefined],
  ['UTF-16 the other way round that shows itself', utf16be(feed('utf-16')), 'text/xml; charset=utf-16'],
  ['a declaration of UTF-16 in plain letters', Buffer.from(feed('utf-16')), undefined],
])('a feed that says by %s how it is written is read', (_how, bytes, contentType) => {
  expect(titleOf(bytes, contentType)).toBe(TITLE);
});

test.each([
  ['windows-1252', [0x93, 0x80, 0x94], '“€”'],
  ['koi8-r', [0xfa, 0xc1, 0xcb, 0xcf, 0xce], 'Закон'],
  ['shift_jis', [0x96, 0x40, 0x88, 0xc4], '法案'],
  ['iso-8859-2', [0xa3, 0xf3, 0x64, 0xbc], 'Łódź'],
  ['big5', [0xaa, 0x6b, 0xae, 0xd7], '法案'],
])('a feed in %s is read', (encoding, bytes, title) => {
  const [before, after] = feed(encoding, '|').split('|') as [string, string];
  expect(titleOf(Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]))).toBe(title);
});

test.each([
  ['declared', Buffer.from(feed('x-martian')), undefined],
  ['named by the server', Buffer.from(feed('')), 'text/xml; charset=x-martian'],
])('an encoding that nobody knows is %s: the feed is refused with its name', (_who, bytes, contentType) => {
  expect(titleOf(bytes, contentType)).toMatch(/written in “x-martian”, an encoding that is not known here/);
});

test('bytes that mean nothing become signs of that, which is said', () => {
  const reading = readFeed({ bytes: Buffer.from(feed('utf-8'), 'latin1'), stages: [] });
  expect(reading).toMatchObject({
    ok: true,
    found: {
      publications: [{ title: 'L\uFFFDx \uFFFDtker' }],
      remarks: [expect.stringMatching(/not written in the encoding/)],
    },
  });
});
