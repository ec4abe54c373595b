import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanLine, cleanName } from '../../src/clean-text.js';

test.each([
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['\u2066Kim\u2069 \u200FInvented', 'Kim Invented'],
  ['Re: Our letter\r\nBcc: all@example.org', 'Re: Our letter Bcc: all@example.org'],
  ['a\u0000b\u0007c\u2028d', 'a b c d'],
  ['  zero\u200Bwidth\uFEFF ', 'zerowidth'],
  ['رسالة مفتوحة', 'رسالة مفتوحة'],
  ['می\u200Cخواهم', 'می\u200Cخواهم'],
  ['👩\u200D👧', '👩\u200D👧'],
  ['\u202E\u0007', ''],
])('%j is shown as %j', (text, shown) => {
  expect(cleanLine(text)).toBe(shown);
});

test('a line is short and has no character that steers another one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const line = cleanLine(text);
      expect(line.length).toBeLessThanOrEqual(501);
      expect(line).not.toMatch(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
    }),
  );
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\letter.txt', 'letter.txt'],
  ['\u202E', 'attachment'],
  ['', 'attachment'],
  ['a/..', 'attachment'],
  ['.', 'attachment'],
  [`${'a'.repeat(195)}\u{1F4EE}.txt`, `${'a'.repeat(195)}\ufffd.txt`],
  [`${'a'.repeat(240)}.xlsx`, `${'a'.repeat(195)}.xlsx`],
  [`${'a'.repeat(600)}.txt`, `${'a'.repeat(196)}.txt`],
  [`${'a'.repeat(300)}. A sentence`, 'a'.repeat(200)],
  [`.${'a'.repeat(300)}`, `.${'a'.repeat(199)}`],
])('a file that calls itself %j is named %j', (name, shown) => {
  expect(cleanName(name)).toBe(shown);
});
