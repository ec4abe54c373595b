import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { QuotedPrintable } from '../../src/mail/quoted-printable.js';

function decoded(...pieces: (string | Buffer)[]): string {
  const text = new QuotedPrintable();
  return Buffer.concat([
    ...pieces.map((one) => text.decode(Buffer.from(one as Buffer))),
    text.end(),
  ]).toString('latin1');
}

/** what it is, encoded, decoded */
const cases: [string, string, string][] = [
  ['an escape', 'a=3Db=e4=E4', 'a=b\u00e4\u00e4'],
  ['a line that goes on', 'one=\r\ntwo=\nthree', 'onetwothree'],
  ['a line that goes on, with blanks behind it', 'one= \t\r\ntwo', 'onetwo'],
  ['an end that says that it goes on', 'one=', 'one'],
  ['blanks at the end of a line', 'one \t\r\ntwo \nthree\t', 'one\r\ntwo\nthree'],
  ['blanks within a line', 'one  two\tthree', 'one  two\tthree'],
  ['escaped blanks at the end of a line', 'one=20\r\ntwo=09', 'one \r\ntwo\t'],
  ['what is no escape', '=ZZ=4=4Z==41=\rx= x=4', '=ZZ=4=4Z=A=\rx= x=4'],
  ['bytes that should have been escaped', 'a\u0000\u00ff', 'a\u0000\u00ff'],
  ['an escaped equals sign before digits', '=3D41', '=41'],
  ['nothing', '', ''],
];

test.each(cases)('%s', (_what, encoded, expected) => {
  expect(decoded(Buffer.from(encoded, 'latin1'))).toBe(expected);
});

test('wherever it is cut, the same comes out', () => {
  const piece = fc.constantFrom(
    '=',
    '=3D',
    '=4',
    '=\r\n',
    '\r',
    '\n',
    ' ',
    '\t',
    ' '.repeat(1001),
    'a',
    '4',
    '\u00e4',
    'words',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.nat(200), { maxLength: 5 }),
      (pieces, cuts) => {
        const whole = Buffer.from(pieces.join(''), 'latin1');
        const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const parts = at.slice(1).map((end, i) => whole.subarray(at[i], end));
        expect(decoded(...parts)).toBe(decoded(whole));
      },
    ),
    { numRuns: 2000 },
  );
});

test('whatever is escaped comes back', () => {
  const escaped = (bytes: Uint8Array): string =>
    [...bytes].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('=\r\n');
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decoded(escaped(bytes))).toBe(Buffer.from(bytes).toString('latin1'));
    }),
  );
});

test('megabytes of it, or of blanks that end nowhere, take no more than seconds', () => {
  const began = performance.now();
  expect(decoded('=41'.repeat(1_000_000))).toHaveLength(1_000_000);
  expect(decoded(`x${' '.repeat(3_000_000)}x`)).toHaveLength(3_000_002);
  expect(performance.now() - began).toBeLessThan(10_000);
});
