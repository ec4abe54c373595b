import { expect, test } from '@jest/globals';
import { foundBesides, foundByAll, isFoundBy, searchWords } from '../../src/organisations/found-by.rules.js';

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

test('of an organisation and its office, a word that no office is called by is in the name', () => {
  const begins = (word: string) => ({ foundBy: { $elemMatch: { $gte: word, $lt: `${word}\u{10FFFF}` } } });
  const titles = ['Chief executive', 'Press office'];
  expect(foundBesides('pres foundation', titles)).toEqual({ $and: [begins('foundation')] });
  expect(foundBesides('press chief', titles)).toEqual({ $or: [begins('press'), begins('chief')] });
  expect([foundBesides('', titles), foundBesides('.*', titles)]).toEqual([{}, { foundBy: { $in: [] } }]);
});

test('however much is typed, six words are asked for, the rarest first', () => {
  const asked = Array.from({ length: 200 }, (_, n) => `${'w'.repeat((n % 70) + 1)}${n}`).join(' ');
  const { $and } = foundByAll(asked) as { $and: { foundBy: { $elemMatch: { $gte: string } } }[] };
  expect($and).toHaveLength(6);
  expect($and.every(({ foundBy }) => foundBy.$elemMatch.$gte.length <= 60)).toBe(true);
  expect(searchWords(asked)).toHaveLength(40);
});
