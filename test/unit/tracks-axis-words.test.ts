import { expect, test } from '@jest/globals';
import { dotInShort, dotsInShort, slipsInWords, trackInWords } from '../../src/legislation/axis/words.js';
import { aDot, anAxisTrack } from '../support/axis-tracks.js';

const day = (from: string, to = from) => ({ from, to });

test.each([
  [[], ''],
  [[day('2025-03-04')], 'moved once: first expected on 4 March 2025'],
  [[day('2025-03-01', '2025-03-31'), day('2025-06-01')], 'moved 2 times: first expected in March 2025'],
  [[day('2026-10-01', '2026-12-31')], 'moved once: first expected in the fourth quarter of 2026'],
  [[day('2024-01-01', '2024-12-31')], 'moved once: first expected in 2024'],
  [[day('2024-02-01', '2024-02-29')], 'moved once: first expected in February 2024'],
  [[day('2024-02-01', '2024-04-30')], 'moved once: first expected from 1 February 2024 to 30 April 2024'],
])('slips %j are said as %p', (formerly, words) => {
  expect(slipsInWords({ formerly })).toBe(words);
});

test('a track says what happened last, what is expected next, and what to check', () => {
  const words = trackInWords(
    anAxisTrack([
      aDot('2024-05-01', { title: 'Proposed', stageName: 'Proposal' }),
      aDot('2025-02-03', { title: 'Committee', stageName: 'Committee', to: '2025-03-20', count: 6 }),
      ...['a', 'b', 'c', 'd', 'e'].map((title) => aDot('2026-01-01', { title, state: 'passed' })),
      aDot('2026-02-01', { state: 'overtaken' }),
      aDot('2027-01-01', { title: 'Adoption', to: '2027-12-31', state: 'expected' }),
      aDot('2029-01-01', { state: 'expected' }),
    ]),
  );
  expect(words.latest).toMatchObject({
    name: 'Committee',
    when: '6 sittings, 3 February 2025 to 20 March 2025',
  });
  expect(words.next).toMatchObject({ name: 'Adoption (Vote)', when: '2027', slips: '' });
  expect(words.toCheck.map(({ name }) => name)).toEqual(['a (Vote)', 'b (Vote)', 'c (Vote)']);
  expect(words.moreToCheck).toBe(2);
});

test('a title that begins with its stage needs no stage beside it', () => {
  const stageName = 'Committee stage, House of Lords';
  const { latest } = trackInWords(
    anAxisTrack([aDot('2026-01-01', { title: `${stageName}, sitting 1 of 9`, stageName })]),
  );
  expect(latest!.name).toBe('Committee stage, House of Lords, sitting 1 of 9');
});

test('a track of which nothing is known says so', () => {
  expect(trackInWords(anAxisTrack([]))).toMatchObject({
    latest: null,
    next: null,
    toCheck: [],
    moreToCheck: 0,
  });
});

test('a mark says in short what it stands for', () => {
  expect(dotInShort(aDot('2024-05-01'))).toBe('Vote, 1 May 2024');
  const formerly = [day('2026-01-01', '2026-12-31')];
  expect(dotInShort(aDot('2027-01-01', { to: '2027-03-31', state: 'expected', formerly }))).toBe(
    'Vote, expected: the first quarter of 2027, moved once',
  );
  expect(dotInShort(aDot('2026-05-01', { state: 'passed' }))).toBe('Vote, should have happened: 1 May 2026');
  expect(
    dotsInShort([
      aDot('2024-05-01', { to: '2024-06-30', count: 3 }),
      aDot('2024-05-02'),
      aDot('2024-05-03', { state: 'overtaken' }),
    ]),
  ).toBe('4 happened, 1 overtaken by a later stage, 1 May 2024 to 30 June 2024');
});
