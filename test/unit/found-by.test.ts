import { expect, test } from '@jest/globals';
import { foundByAll, isFoundBy, searchWords } from '../../src/organisations/found-by.rules.js';

test.each([
  ['Example Foundation', 'foundation', true],
  ['Example Foundation', 'Found', true],
  ['Example Foundation', 'foundation example', true],
  ['Example Foundation', 'example  FOUNDATION', true],
  ['Example Foundation', 'oundation', false],
  ['Example Foundation', 'foundation trust', false],
  ['Éta-Plattform: Vorstand', 'plattform eta', true],
  ['Éta-Plattform: Vorstand', 'ÉTA PL', true],
  ['Example (Safety) 2nd Trust', '2n saf', true],
  ['Example Foundation', '', true],
])('of %j it is true that %j finds it: %j', (name, asked, finds) => {
  expect(isFoundBy(name, asked)).toBe(finds);
});

test('what is typed is compared as it is, and is never a pattern', () => {
  expect(foundByAll('^Ex.*')).toEqual({
    $and: [{ foundBy: { $elemMatch: { $gte: 'ex', $lt: 'ex\u{10FFFF}' } } }],
  });
  for (const signs of ['.*', '^', '$', '(((', '\0'])
    expect([signs, foundByAll(signs)]).toEqual([signs, { foundBy: { $in: [] } }]);
  expect(foundByAll('  ')).toEqual({});
});

test('however much is typed, six words are asked for, the rarest first', () => {
  const asked = Array.from({ length: 200 }, (_, n) => `${'w'.repeat((n % 70) + 1)}${n}`).join(' ');
  const { $and } = foundByAll(asked) as { $and: { foundBy: { $elemMatch: { $gte: string } } }[] };
  expect($and).toHaveLength(6);
  expect($and.every(({ foundBy }) => foundBy.$elemMatch.$gte.length <= 60)).toBe(true);
  expect(searchWords(asked)).toHaveLength(40);
});
