import { expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { isMbox, LONGEST_IN_MBOX, splitMbox } from '../../src/mail/mbox.js';
import { messagesIn } from '../../src/mail/messages-in.js';

const LINE = 'From anna@company.test Thu Nov 26 10:15:00 2026';
const mail = (name: string, words = 'Hello.') => `From: ${name}@company.test\nSubject: ${name}\n\n${words}\n`;

/** Through pieces of this many bytes, so that lines are cut anywhere. */
async function split(mbox: string, piece = 1_000_000): Promise<string[]> {
  const bytes = Buffer.from(mbox, 'latin1');
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
    bytes.subarray(at * piece, (at + 1) * piece),
  );
  const found: string[] = [];
  for await (const { bytes } of splitMbox(Readable.from(pieces))) found.push(bytes.toString('latin1'));
  return found;
}

const three = [mail('one'), mail('two', 'A\n\nFrom here on it goes downhill.\n\nB'), mail('three')];

test.each([1, 2, 7, 60, 1000, 1_000_000])('an mbox is taken apart, in pieces of %i bytes', async (piece) => {
  expect(await split(three.map((one) => `${LINE}\n${one}\n`).join(''), piece)).toEqual(three);
});

test('lines may end in CR LF', async () => {
  const lines = (text: string) => text.replaceAll('\n', '\r\n');
  expect(await split(lines(three.map((one) => `${LINE}\n${one}\n`).join('')), 5)).toEqual(three.map(lines));
});

test.each([
  'From - Thu Nov 26 10:15:00 2026',
  'From MAILER-DAEMON Fri Nov  6 10:15:00 2026',
  'From 1784530219@xxx Thu Nov 26 10:15:00 +0000 2026',
  'From ???@??? Thu Nov 26 10:15:00 2026',
  '"From anna"@company.test Thu Nov 26 10:15:00 2026'.replace('"From anna"', 'From "anna b"'),
  'From anna@company.test Thu, 26 Nov 2026 10:15:00 +0000',
  'From anna@company.test Thu Nov 26 10:15:00 CET 2026 remote from mx',
])('a message begins after "%s"', async (line) => {
  expect(await split(`${line}\n${three[0]!}\n${line}\n${three[2]!}\n`)).toEqual([three[0], three[2]]);
  expect(isMbox(Buffer.from(`${line}\n${three[0]!}`))).toBe(true);
});

test.each([
  ['after a line that is not empty', `Hello.\n${LINE}\nFrom: a@company.test\n`],
  ['without a header below it', `Hello.\n\n${LINE}\nthat was the line.\n`],
  ['without a date', 'Hello.\n\nFrom anna@company.test with love\nFrom: a@company.test\n'],
  ['within a line', `Hello.\n\n  ${LINE}\nFrom: a@company.test\n`],
])('no message begins %s', async (_what, words) => {
  expect(await split(`${LINE}\n${mail('one', words)}`)).toHaveLength(1);
});

test('what was hidden from readers of mboxes is as it was', async () => {
  const words = '>From here\n>>From there\n> From quoted\n>From: header\nTo >From within';
  expect(await split(`${LINE}\n${mail('one', words)}\n`)).toEqual([
    mail('one', 'From here\n>From there\n> From quoted\n>From: header\nTo >From within'),
  ]);
});

test('any byte is kept', async () => {
  const bytes = String.fromCodePoint(...Array.from({ length: 256 }, (_, code) => code));
  expect(await split(`${LINE}\n${mail('one', bytes)}\n`, 3)).toEqual([mail('one', bytes)]);
});

test('of nothing there is nothing', async () => {
  expect(await split('')).toEqual([]);
  expect(await split('\n\n')).toEqual([]);
});

test('a message that is too long is cut, and the next one is whole', async () => {
  const sizes: number[] = [];
  async function* pieces() {
    yield Buffer.from(`${LINE}\n${mail('long')}`);
    for (let size = 0; size < LONGEST_IN_MBOX + 5_000_000; size += 1_000_000)
      yield Buffer.alloc(1_000_000, 'a\n');
    yield Buffer.from(`\n${LINE}\n${mail('short')}\n`);
  }
  for await (const { bytes } of splitMbox(pieces())) sizes.push(bytes.length);
  expect(sizes).toEqual([LONGEST_IN_MBOX + 1, mail('short').length]);
});

const bodies = async (file: string, piece: number) => {
  const found: string[] = [];
  const bytes = Buffer.from(file, 'latin1');
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
    bytes.subarray(at * piece, (at + 1) * piece),
  );
  for await (const { bytes: message } of messagesIn(Readable.from(pieces))) {
    if (Buffer.isBuffer(message)) found.push(message.toString('latin1'));
    else found.push(Buffer.concat(await message.toArray()).toString('latin1'));
  }
  return found;
};

test.each<[string, string, string[]]>([
  ['a single message', three[1]!, [three[1]!]],
  ['a single message with the line of an mbox', `${LINE}\n${three[1]!}`, [three[1]!]],
  ['an mbox', `${LINE}\n${three[0]!}\n${LINE}\n${three[2]!}`, [three[0]!, three[2]!]],
  ['a message behind a mark that says UTF-8', `\u00ef\u00bb\u00bf${three[0]!}`, [three[0]!]],
  ['a message behind empty lines', `\r\n\n${three[0]!}`, [three[0]!]],
  ['nothing', '', ['']],
])('a file of %s', async (_what, file, expected) => {
  expect(await bodies(file, 1_000_000)).toEqual(expected);
  expect(await bodies(file, 1)).toEqual(expected);
});
