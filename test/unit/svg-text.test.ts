import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inXml, wrapped } from '../../src/commitments/svg-text.js';
import { fitted, textWidth } from '../../src/axis/text-width.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });

test('what fits is left as it is, what does not ends in an ellipsis', () => {
  expect(fitted('Example', 200, 13)).toBe('Example');
  expect(fitted('Example Platform of a very long name', 100, 13)).toMatch(/^Exam.*…$/);
});

test('whatever the text, it is no wider than it may be', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 20, max: 400 }), (text, width) => {
      expect(textWidth(fitted(text, width, 13), 13)).toBeLessThanOrEqual(width);
      for (const line of wrapped(text, width, 13, 3)) expect(textWidth(line, 13)).toBeLessThanOrEqual(width);
      expect(wrapped(text, width, 13, 3).length).toBeLessThanOrEqual(3);
    }),
  );
});

test('an ask goes over several lines, and what does not fit into the last is left out', () => {
  expect(wrapped('Publish impact assessments', 100, 13, 4)).toEqual(['Publish', 'impact', 'assessments']);
  const long = wrapped('one two three four five six seven eight nine', 60, 13, 2);
  expect(long).toHaveLength(2);
  expect(long[1]).toMatch(/…$/);
});

test('whatever is typed can stand in XML', () => {
  const allowed = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      const safe = inXml(`<&"'\u0000\uFFFE\uD800${text}`);
      expect(safe).toMatch(allowed);
      expect(safe).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
    }),
  );
});
