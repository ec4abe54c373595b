import { expect, test } from '@jest/globals';
import { decodeText } from '../../src/mail/part-text.js';

const WORDS = 'Größe: 5 €, wie besprochen.\r\nGruß\r\n';
const SHOWN = WORDS.replaceAll('\r\n', '\n');
const utf8 = Buffer.from(WORDS);
const utf16 = Buffer.from(WORDS, 'utf16le');
const windows = Buffer.from(WORDS.replaceAll('€', '\u0080'), 'latin1');
const ascii = Buffer.from('We have read your letter.\r\n');

test.each([
  ['nothing, and is UTF-8', '', utf8, SHOWN],
  ['nothing, and is not', '', windows, SHOWN],
  ['UTF-8, and is not', 'utf-8', windows, SHOWN],
  ['ASCII, and is UTF-8', 'us-ascii', utf8, SHOWN],
  ['ASCII, and is Japanese by its escapes', 'us-ascii', Buffer.from('\u001b$B$O$$\u001b(B\r\n'), 'はい\n'],
  ['what nobody knows, and is UTF-8', 'unknown-8bit', utf8, SHOWN],
  ['what there is not', 'x-nothing', ascii, 'We have read your letter.\n'],
  ['UTF-16, and is', 'UTF-16LE', utf16, SHOWN],
  ['UTF-16, and is ASCII', 'utf-16', ascii, 'We have read your letter.\n'],
  ['UTF-16, and is UTF-8', 'UTF-16BE', utf8, SHOWN],
  ['UTF-16, and is one line of it without a zero', 'utf-16be', Buffer.from([0x4e, 0x0a]), '上'],
])('a text that says it is %s', (_what, charset, bytes, text) => {
  expect(decodeText(bytes, { charset, flowed: false, delSp: false })).toBe(text);
});
