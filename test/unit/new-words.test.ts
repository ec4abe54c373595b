import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { newWords } from '../../src/mail/new-words.js';

type Reply = { what: string; lines: { isQuoted: boolean; line: string }[] };

const replies: Reply[] = readFileSync('test/fixtures/replies.txt', 'utf8')
  .split(/^== /m)
  .slice(1)
  .map((section) => {
    const [what = '', ...lines] = section.trimEnd().split('\n');
    return { what, lines: lines.map((line) => ({ isQuoted: line.startsWith('-'), line: line.slice(1) })) };
  });

const textOf = ({ lines }: Reply, end = '\n'): string => lines.map(({ line }) => line).join(end);
const solid = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => /[^\s\p{Cf}]/u.test(line));
const linesThat = ({ lines }: Reply, areQuoted: boolean): string[] =>
  solid(
    lines
      .filter(({ isQuoted }) => isQuoted === areQuoted)
      .map(({ line }) => line)
      .join('\n'),
  );

test('there are many replies to try, each with words of its person', () => {
  expect(replies.length).toBeGreaterThan(60);
  expect(replies.filter((reply) => linesThat(reply, false).length === 0)).toEqual([]);
});

test.each(replies.map((reply) => [reply.what, reply] as const))('%s', (_what, reply) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const { words, quoted } = newWords(textOf(reply, end));
    expect({ words: solid(words), quoted: solid(quoted) }).toEqual({
      words: linesThat(reply, false),
      quoted: linesThat(reply, true),
    });
  }
});

/** what is in the text, the text, the words of its person */
const signs: [string, string, string][] = [
  [
    'no-break spaces before colons',
    'Oui.\n\nLe 3 mars 2026 à 14:30, Bureau <office@example.org> a écrit\u00a0:\n> Non',
    'Oui.',
  ],
  [
    'narrow no-break spaces in headers',
    'Oui.\n\nDe\u202f: Bureau\nEnvoyé\u00a0: mardi\nÀ\u00a0: Kim\nObjet\u00a0: Lettre\n\nNon',
    'Oui.',
  ],
  [
    'marks of writing direction',
    'תודה\n\n\u202bבתאריך יום ג׳, 3 במרץ 2026 ב-14:30 מאת \u202aOffice\u202c\u200f <\u202aoffice@example.org\u202c\u200f>:\u202c\n\n\u200f> שלום',
    'תודה',
  ],
  [
    'Arabic digits',
    'شكرا\n\nفي الثلاثاء، ٣ مارس ٢٠٢٦ في ٢:٣٠ م تمت كتابة ما يلي بواسطة Office <office@example.org>:\n\n> مرحبا',
    'شكرا',
  ],
  [
    'spaces at the ends of lines (RFC 3676)',
    'Yes, \nwe do. \n\nOn 3 March 2026, Office \n<office@example.org> wrote: \n> No ',
    'Yes, \nwe do.',
  ],
  ['spaces before the signs', 'Yes.\n > No\n\t>> No', 'Yes.'],
  ['wide signs', 'はい\n＞ いいえ', 'はい'],
  ['a byte order mark', '\ufeffYes.\n\ufeff> No', '\ufeffYes.'],
  [
    'headers between stars',
    'Yes.\n\n*From:* Office <office@example.org>\n*Date:* 3 March\n*Subject:* Letter\n\nNo',
    'Yes.',
  ],
];

test.each(signs)('a quote is found in spite of %s', (_what, text, words) => {
  expect(newWords(text)).toEqual({ words, quoted: expect.stringMatching(/./) });
});

test('an empty message has no words and no quote', () => {
  expect(newWords('')).toEqual({ words: '', quoted: '' });
  expect(newWords(' \r\n\u00a0\n')).toEqual({ words: '', quoted: '' });
});

test('a text of more lines than anybody answers in is left as it is', () => {
  const text = '> a\nb\n'.repeat(30_000);
  expect(newWords(text)).toEqual({ words: text, quoted: '' });
});

const marks = '> |>|>> x|| |\u200f|_____|-----|-----Original Message-----|From: a|On 3 March wrote:'.split(
  '|',
);
const piece = fc.constantFrom(
  ...replies.map((reply) => textOf(reply)),
  ...replies.flatMap(({ lines }) => lines.map(({ line }) => line)),
  ...marks,
);
const anyText = fc
  .tuple(
    fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 25 }),
    fc.constantFrom('\n', '\r\n', '\r'),
  )
  .map(([lines, end]) => lines.join(end));

function isInOrder(some: string[], all: string[]): boolean {
  let found = 0;
  for (const line of all) if (line === some[found]) found += 1;
  return found === some.length;
}

test('whatever the text, each of its lines is in the words or in the quote, once and in its order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { words, quoted } = newWords(text);
      const all = solid(text);
      expect([...solid(words), ...solid(quoted)].sort()).toEqual([...all].sort());
      expect([isInOrder(solid(words), all), isInOrder(solid(quoted), all)]).toEqual([true, true]);
    }),
    { numRuns: 1000 },
  );
});

test('there are words wherever there is a text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(solid(newWords(text).words).length === 0).toBe(solid(text).length === 0);
    }),
    { numRuns: 500 },
  );
});

/** As many as are looked at. */
const linesOf = (what: string): string => what.repeat(Math.floor(49_000 / (what.split('\n').length - 1)));
const megabyteOf = (what: string): string =>
  what.repeat(Math.ceil(1_000_000 / what.length)).slice(0, 1_000_000);

test.each([
  ['one line of signs', megabyteOf('>')],
  ['one line of spaces', `${megabyteOf(' ')}>`],
  ['invisible signs', megabyteOf('\u200f')],
  ['empty lines', linesOf('\n')],
  ['lines of a word', linesOf('x\n')],
  ['lines that end like an attribution', megabyteOf(`${'On 3 14:30 a@b wrote '.repeat(18)}:\n`)],
  ['short lines that end like an attribution', linesOf('On 3 14:30 a@b wrote:\n')],
  ['addresses that do not end', megabyteOf(`<${'@'.repeat(380)} 14:30 2026:\n`)],
  ['names that do not end', megabyteOf(`${'Kim '.repeat(95)}wrote:\n`)],
  ['dashes', megabyteOf(`--a${'-'.repeat(390)}b\n`)],
  ['headers', linesOf('From: 3 14:30 a@b x\n')],
  ['lines above headers', linesOf('_____\n\nFrom: kim@example.org\n')],
  ['forwarded messages', linesOf('---- forwarded ----\n\n> a\n')],
  ['promises of answers', `${megabyteOf('my answers ')}\n-----Original Message-----\nx`],
  ['broken addresses', linesOf('<http:x\n>\n')],
  ['single letters', megabyteOf('x')],
])('a megabyte, or 49,000 lines, of %s take no more than seconds', (_what, text) => {
  const began = performance.now();
  const { words, quoted } = newWords(text);
  expect(performance.now() - began).toBeLessThan(3000);
  expect(words.length + quoted.length).toBeLessThanOrEqual(text.length + 100_000);
});
