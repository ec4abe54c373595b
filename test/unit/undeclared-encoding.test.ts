import { expect, test } from '@jest/globals';
import { decodeUndeclared } from '../../src/mail/undeclared-encoding.js';

const decoded = (text: string): string => decodeUndeclared(Buffer.from(text)).toString();

test('lines that go on and blanks at their end show quoted-printable, whatever ends a line', () => {
  const text = 'The address kim@=\nexample.com =3D gone.=20\nGr=C3=BC=C3=9Fe=20\nend';
  const words = 'The address kim@example.com = gone. \nGrüße \nend';
  expect(decoded(text)).toBe(words);
  expect(decoded(text.replaceAll('\n', '\r\n'))).toBe(words.replaceAll('\n', '\r\n'));
});

test.each([
  ['an equals sign means itself', 'a=1\nb=20\nc=20\n'],
  ['only one line ends so', 'x =\n1 and no more'],
  ['nothing ends so', 'https://example.org/?a=20&b=3D, =41'],
  ['there is no equals sign', 'We sign.\n'],
])('a text stays as it is where %s', (_, text) => {
  expect(decoded(text)).toBe(text);
});

test('a long text is told by its beginning, wherever that is cut', () => {
  for (const more of ['', 'a', 'ab', 'abc'])
    expect(decoded(`${more}one=20\ntwo=20\n${'word =\n'.repeat(20_000)}`)).not.toContain('=');
});
