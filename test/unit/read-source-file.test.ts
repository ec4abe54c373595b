import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDay } from '../../src/dates.js';
import { isWhen } from '../../src/when.js';
import { readSourceFile } from '../../src/legislation/import/files/read-source-file.js';
import type { SourceRead } from '../../src/legislation/import/files/source-read.js';

const stages = [{ id: 'royal assent', name: 'Royal Assent' }];
const read = (bytes: Uint8Array, contentType?: string) =>
  readSourceFile({ bytes, stages, contentType, address: 'https://example.org/feed' });

const RSS = `<rss><channel><item><title>Signed</title><pubDate>24 Nov 2026</pubDate><category>royal assent</category></item></channel></rss>`;
const ROW = { stage: 'royal assent', title: 'Signed', on: '2026-11-24', happened: true };
const CSV = 'stage,title,on,happened\nroyal assent,Signed,2026-11-24,yes';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

test.each<[string, Buffer]>([
  ['a feed', Buffer.from(RSS)],
  ['a feed after white space and a byte order mark', Buffer.from(`\uFEFF\n ${RSS}`)],
  ['a feed in UTF-16', utf16(`\uFEFF${RSS}`)],
  ['a list in JSON', Buffer.from(JSON.stringify([ROW]))],
  ['an object in JSON', Buffer.from(` \uFEFF${JSON.stringify({ milestones: [ROW] })}`.trim())],
  ['JSON in UTF-16', utf16(`\uFEFF${JSON.stringify([ROW])}`)],
  ['CSV', Buffer.from(CSV)],
  ['CSV in UTF-16', utf16(`\uFEFF${CSV}`)],
])('%s is known by how it begins, whatever it is called', (_what, bytes) => {
  expect(read(bytes, 'application/octet-stream')).toMatchObject({ ok: true, found: { milestones: [ROW] } });
});

test.each<[string, Buffer, RegExp]>([
  ['nothing', Buffer.alloc(0), /no column “stage”/],
  ['a spreadsheet', Buffer.from('PK\u0003\u0004xl/workbook.xml'), /spreadsheet.*Save the sheet as CSV/],
  ['a spreadsheet of old', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /old spreadsheet/],
  ['a PDF', Buffer.from('%PDF-1.7'), /is a PDF/],
  ['a web page', Buffer.from('<!doctype html><p>'), /web page/],
])('%s is refused with a sentence', (_what, bytes, sentence) => {
  const reading = read(bytes);
  expect(reading.ok ? '' : reading.mistakes.join()).toMatch(sentence);
});

/** What comes of reading has the shape that whoever takes it in relies on. */
function isSound(reading: SourceRead): boolean {
  if (!reading.ok)
    return reading.mistakes.length > 0 && reading.mistakes.every((sentence) => sentence.endsWith('.'));
  const { milestones, publications } = reading.found;
  const keys = [milestones, publications].map((list) => list.map(({ key }) => key));
  return (
    milestones.every(
      ({ on, stage, title }) => isWhen(on) && title && ['royal assent', 'other'].includes(stage),
    ) &&
    publications.every(({ publishedOn, title }) => isDay(publishedOn) && title) &&
    [...milestones, ...publications].every(({ key, link }) => key && /^(https?:.*)?$/.test(link)) &&
    keys.every((some) => new Set(some).size === some.length)
  );
}

/** Pieces of all that is read, in any order. */
const scraps = [
  '<rss>',
  '</rss>',
  '<channel>',
  '</channel>',
  '<item>',
  '</item>',
  '<title>',
  '</title>',
  '<pubDate>',
  '</pubDate>',

  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '<entry>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<!DOCTYPE x [',
  ']>',

  '<!ENTITY x "y">',
  '&x;',
  '&',
  '&#',
  '&#x0;',
  '<',
  '>',
  '"',
  "'",
  '=',
  '/',
  'a',
  ':',
  '__proto__',
  'xmlns:a="b"',

  '24 Nov 2026',
  '2026-11-24',
  'royal assent',
  'stage,title,on\n',
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '[',
  ']',
  '{',
  '}',

  '"stage":',
  '"title":',
  '"on":',
  '"milestones":',
  'null',
  '\u0000',
  '\uFEFF',
  '\uD800',
  'é',
  '\\',
  '-',
  '!',
];

describe('reading never throws, and what it comes to is sound:', () => {
  test('any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => isSound(read(bytes))));
  });

  test('any pieces of what is read, under any charset', () => {
    const text = fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((pieces) => pieces.join(''));
    const charset = fc.constantFrom('', 'text/xml; charset=utf-16', 'x; charset="', 'x; charset=koi8-r');
    const starts = fc.constantFrom('', '<rss><channel><item>', '[', '{"milestones":[', 'stage,title,on,id\n');
    fc.assert(
      fc.property(starts, text, charset, (start, rest, type) =>
        isSound(read(Buffer.from(start + rest), type)),
      ),
      { numRuns: 1000 },
    );
  });

  test('any rows of any values', () => {
    const value = fc.oneof(
      fc.constantFrom('royal assent', 'other', '2026', 'yes', '', 'https://example.org'),
      fc.json(),
      fc.anything(),
    );
    const row = fc.record(
      { stage: value, title: value, on: value, happened: value, link: value, id: value },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.anything())), (rows) => {
        const json = JSON.stringify(rows, (_key, inside: unknown) =>
          typeof inside === 'bigint' ? 1 : inside,
        );
        return isSound(read(Buffer.from(json)));
      }),
    );
  });

  test('a file that was damaged anywhere', () => {
    const whole = fc.constantFrom(RSS, JSON.stringify([ROW]), CSV).map((text) => Buffer.from(text));
    fc.assert(
      fc.property(whole, fc.nat(), fc.nat(255), (bytes, at, byte) => {
        const damaged = Buffer.from(bytes);
        damaged[at % damaged.length] = byte;
        return isSound(read(damaged)) && isSound(read(bytes.subarray(0, at % bytes.length)));
      }),
      { numRuns: 500 },
    );
  });
});

test.each(['', '<rss>', '<rss><channel><item><title>', '[', '[{"stage":"', 'stage,title,on\n'])(
  'however much of whatever stands behind %j, it is read in no time',
  (start) => {
    for (const scrap of scraps) {
      const bytes = Buffer.from(start + scrap.repeat(300_000 / scrap.length));
      const began = performance.now();
      read(bytes);
      expect([scrap, performance.now() - began < 2000]).toEqual([scrap, true]);
    }
  },
);
