import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { partOf } from '../../src/mail/message-parts.js';

const LINE = `${'QUFB'.repeat(19)}\r\n`;
const PIECE = Buffer.from(LINE.repeat(800));
const PIECES = 400;

/** A message with a file of 18 MB, encoded or not, and how many pieces of it have been read. */
function aLargeMessage(encoding: string) {
  const read = { pieces: 0 };
  const type = 'Content-Type: application/octet-stream';
  function* pieces() {
    yield Buffer.from(`Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n`);
    yield Buffer.from(`--b\r\n${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`);
    for (; read.pieces < PIECES; read.pieces += 1) yield PIECE;
    yield Buffer.from('--b--\r\n');
  }
  return { source: Readable.from(pieces(), { objectMode: false }), read };
}

test.each([
  ['base64', 'A'.repeat(57 * 800 * PIECES)],
  ['7bit', LINE.repeat(800 * PIECES).slice(0, -2)],
  ['quoted-printable', LINE.repeat(800 * PIECES).slice(0, -2)],
])('a file in %s is read no faster than it is taken, and comes whole', async (encoding, content) => {
  const { source, read } = aLargeMessage(encoding);
  const bytes = partOf(source, '2');
  await once(bytes, 'readable');
  await pause(300);
  expect(read.pieces).toBeLessThan(PIECES / 10);
  expect((await buffer(bytes)).equals(Buffer.from(content))).toBe(true);
});

test('once nobody wants the rest, nothing more is read', async () => {
  const { source, read } = aLargeMessage('base64');
  const bytes = partOf(source, '2');
  await once(bytes, 'readable');
  bytes.destroy();
  await new Promise((resolve) => source.once('close', resolve));
  const { pieces } = read;
  await pause(200);
  expect(read.pieces).toBe(pieces);
  expect(pieces).toBeLessThan(PIECES / 10);
});

test('what comes after the part is not waited for', async () => {
  const { source, read } = aLargeMessage('7bit');
  expect(String(await buffer(partOf(source, '1')))).toBe('words');
  expect(read.pieces).toBeLessThan(PIECES / 10);
});

test.each(['__proto__', '', '3', '1.1', 'constructor', '2 '])(
  'of a part %j there is nothing',
  async (number) => {
    expect(await buffer(partOf(aLargeMessage('7bit').source, number))).toHaveLength(0);
  },
);

test('a source that breaks off breaks off what is made of it', async () => {
  const { source } = aLargeMessage('7bit');
  const bytes = partOf(source, '2');
  await once(bytes, 'readable');
  source.destroy(new Error('the database is gone'));
  await expect(buffer(bytes)).rejects.toThrow('the database is gone');
});
