import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { markdown } from '../../src/markdown.js';
import { quoted } from '../../src/reminders/quoted.js';

describe('what somebody outside wrote', () => {
  test.each([
    ['Re: Our letter of 24.11., at 10:30', 'Re: Our letter of 24.11., at 10:30'],
    ['  One\r\n\r\n- two\t\0three ', 'One - two three'],
    ['\u202Egnp.exe\u202C \u2066x\u2069 a\u200Bb', 'gnp.exe x ab'],
    ['x'.repeat(121), `${'x'.repeat(120)}…`],
    [`${'x'.repeat(119)}👩`, `${'x'.repeat(119)}\uFFFD…`],
    ['', ''],
  ])('is quoted on one line that is not long, %#', (text, expected) => {
    expect(quoted(text).replaceAll('\u2060', '')).toBe(expected);
  });

  test.each([
    'https://evil.example/now',
    'Look at example.com or www.evil.example',
    '[Sign in again](https://evil.example)',
    '[Sign in][again] ![x](https://evil.example/x.png)',
    '<https://evil.example> <mailto:a@evil.example> a@example.com',
    'https&#58;//example.com evil&#46;com https\\://evil\\.com',
    '//example.com/x mailto:a@example.com ftp://example.com http:///example.com .example.com @example.com :example.com',
  ])('is never a link: %s', (text) => {
    expect(markdown(`- “${quoted(text)}”\n  https://a.example/`).match(/<a /g)).toHaveLength(1);
  });

  test('is never a link, however it is put together', () => {
    const pieces = fc.constantFrom(
      ...'https: mailto: // example .com www. @ < > [ ] ( ) &#58; \\ ` * _ \n'.split(' '),
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        expect(markdown(`- “${quoted(words.join(''))}”\n  https://a.example/`).match(/<a /g)).toHaveLength(1);
      }),
    );
  });
});
