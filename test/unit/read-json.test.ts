import { expect, test } from '@jest/globals';
import type { Found } from '../../src/legislation/import/found.js';
import { readJson } from '../../src/legislation/import/files/read-json.js';

const stages = [
  { id: 'second reading', name: 'Second reading (Commons)' },
  { id: 'royal assent', name: 'Royal Assent' },
];
const read = (json: unknown) =>
  readJson(Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)), stages);

function found(json: unknown): Found {
  const reading = read(json);
  if (!reading.ok) throw new Error(reading.mistakes.join('\n'));
  return reading.found;
}

function mistakesIn(json: unknown): string[] {
  const reading = read(json);
  return reading.ok ? [] : reading.mistakes;
}

const assent = { stage: 'royal assent', title: 'Royal Assent to the Kettle Safety Bill', on: '2026-11-30' };
const key = expect.stringMatching(/^[0-9a-f]{32}$/);

test('milestones and publications are read, all that is known of a law', () => {
  const json = {
    milestones: [
      { ...assent, stage: ' ROYAL assent', happened: false, link: 'https://example.org/a b', id: 'assent' },
      { stage: 'Second Reading (commons)', title: 'Debate', on: '2026-q4', happened: true },
      { stage: 'other', title: 'Debate', on: 2026, happened: null, link: '', id: 7 },
    ],
    publications: [
      { title: 'Impact assessment', on: '2026-10-01', link: 'https://example.org/paper', id: 'p' },
      { title: 'In the papers', on: '2026-10-02', kind: 'news' },
    ],
  };
  expect(found(json)).toEqual({
    milestones: [
      { ...assent, key: 'assent', happened: false, link: 'https://example.org/a%20b' },
      { key, stage: 'second reading', title: 'Debate', on: '2026-Q4', happened: true, link: '' },
      { key: '7', stage: 'other', title: 'Debate', on: '2026', happened: null, link: '' },
    ],
    publications: [
      {
        key: 'p',
        kind: 'publication',
        title: 'Impact assessment',
        publishedOn: '2026-10-01',
        link: 'https://example.org/paper',
      },
      { key, kind: 'news', title: 'In the papers', publishedOn: '2026-10-02', link: '' },
    ],
    whole: true,
    remarks: [],
  });
});

test('a list of milestones alone will do, with a byte order mark', () => {
  expect(found(`\uFEFF${JSON.stringify([assent])}`).milestones).toMatchObject([assent]);
});

const keysOf = (rows: object[]) => found(rows).milestones.map(({ key }) => key);

test('the only milestone of a stage is the same one whatever else about it changes', () => {
  const later = { ...assent, title: 'Signed', on: '2027', happened: true, link: 'https://example.org' };
  expect(keysOf([later])).toEqual(keysOf([assent]));
  expect(keysOf([{ ...assent, stage: 'second reading' }])).not.toEqual(keysOf([assent]));
});

test('a stage that is listed twice is two milestones, and giving one an id leaves the other who it is', () => {
  const second = { ...assent, on: '2027' };
  const [first, other] = keysOf([assent, second]);
  expect(first).not.toBe(other);
  expect(keysOf([{ ...assent, id: 'a' }, second])).toEqual(['a', other]);
});

test('a row that says the same as one before counts once, which is said', () => {
  const { milestones, remarks } = found([assent, { ...assent }, { ...assent, on: '2027' }]);
  expect(milestones.map(({ on }) => on)).toEqual(['2026-11-30', '2027']);
  expect(milestones.map(({ key }) => key)).toEqual(keysOf([assent, { ...assent, on: '2027' }]));
  expect(remarks).toEqual(['Row 2 says the same as row 1 and counts once.']);
});

test('every mistake is named with its row, all at once, and nothing is taken', () => {
  const json = {
    milestones: [
      assent,
      { ...assent, stage: 'third reading', on: 'soon' },
      { title: ' ', on: '1066', happened: 'perhaps', link: 'javascript:alert(1)' },
      'royal assent',
      { ...assent, happend: true },
    ],
    publications: [{ title: 'Paper', on: '2026-Q4', kind: 'rumour' }],
  };
  expect(mistakesIn(json)).toEqual([
    'Row 2: There is no stage “third reading”. The stages are second reading, royal assent, other.',
    'Row 2: “soon” is no date that can be read. Write 2026-11-30, 2026-11, 2026-Q4 or 2026.',
    'Row 3: It has no stage. The stages are second reading, royal assent, other.',
    'Row 3: It has no title. Say in “title” what it is, for example Second reading.',
    'Row 3: Its date is before 1900 or after 2199. Look at the year again.',
    'Row 3: Whether it happened is yes, no, true or false, or left empty.',
    'Row 3: Its link is no web address. Write all of it, from https:// or http://, or leave it empty.',
    'Row 4: It is no object with stage, title, on, happened, link, id.',
    'Row 5: “happend” is not known. There are stage, title, on, happened, link, id.',
    'Publication 1: Its date is no day. Write it as 2026-11-30.',
    'Publication 1: Its kind is publication or news.',
  ]);
});

test('one id cannot name two milestones', () => {
  expect(mistakesIn([{ ...assent, id: 'a' }, assent, { ...assent, id: 'a', on: '2027' }])).toEqual([
    'Row 3: Its id “a” is that of row 1 already.',
  ]);
});

test.each(['2026-02-29', '2026-13', '2026-Q5', '26-11-30', '30.11.2026', '1899', '2200-01-01', true, null])(
  'the date %j is a mistake',
  (on) => {
    expect(mistakesIn([{ ...assent, on }])).toHaveLength(1);
  },
);

test.each(['1900-01-01', '2199-12-31', '2028-02-29', '1900', '2199-Q4'])('the date %s is none', (on) => {
  expect(found([{ ...assent, on }]).milestones[0]!.on).toBe(on);
});

test.each<[string, unknown, RegExp]>([
  ['an empty file', '', /It is empty/],
  ['one that breaks off', '[{"stage":', /breaks off/],
  ['a comma too much', '[\n{"stage": "x"},\n]', /In line 3 something/],
  ['one comma too few', '[\n{"stage": "x"\n\n"on": 1}]', /In line 4 something/],
  ['a letter too much', '[\n{"stage": "x"}]x\n\n', /In line 2 something/],
  ['one that breaks off in a word', '[{"stage": "\\u00', /breaks off/],
  ['a long one with a mistake', `${' '.repeat(600_000)}[}`, /breaks off, or something/],
  ['an empty list', [], /lists nothing/],
  ['an object without lists', {}, /lists nothing/],
  ['lists of another name', { miles: [] }, /shape/],
  ['no list', { milestones: 'x' }, /shape/],
  ['a number', 7, /shape/],
  ['a list of lists', [[assent]], /Row 1: It is no object/],
  ['a title without end', [{ ...assent, title: 'x'.repeat(201) }], /Row 1: No field may have more than 200/],
  ['too many rows', Array.from({ length: 5001 }, () => assent), /more than 5,000 rows/],
  ['more than 5 MB', ' '.repeat(6_000_000), /has 5\.7 MB; up to 5 MB are read/],
])('%s is refused with a sentence', (_what, json, sentence) => {
  expect(mistakesIn(json).join('\n')).toMatch(sentence);
});

test('of thousands of mistakes the first 200 are named', () => {
  const mistakes = mistakesIn(Array.from({ length: 3000 }, () => 'x'));
  expect(mistakes).toHaveLength(201);
  expect(mistakes.at(-1)).toBe('And 2800 more mistakes.');
});

test('of thousands of rows that say the same the first 200 are named', () => {
  const { milestones, remarks } = found(Array.from({ length: 5000 }, () => assent));
  expect(milestones).toHaveLength(1);
  expect(remarks).toHaveLength(201);
  expect(remarks.at(-1)).toBe('And 4799 more rows like that.');
});

test('names that are traps and depth without end do no harm', () => {
  const row = `"stage":"royal assent","title":"x","on":"2026"`;
  expect(mistakesIn(`[{${row},"__proto__":{"id":"x","polluted":true}}]`)).not.toEqual([]);
  expect(mistakesIn(`{"milestones":[{${row}}],"__proto__":{"publications":[]}}`)).not.toEqual([]);
  expect(mistakesIn(`[{${row},"constructor":{"prototype":{}}}]`)).not.toEqual([]);
  expect(mistakesIn('['.repeat(1_000_000))).not.toEqual([]);
  expect(mistakesIn('['.repeat(1_000_000) + ']'.repeat(1_000_000))).not.toEqual([]);
  expect(mistakesIn(`[{${row},"title":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}]`)).not.toEqual([]);
  expect({}).not.toHaveProperty('polluted');
});
