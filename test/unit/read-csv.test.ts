import { expect, test } from '@jest/globals';
import type { Found } from '../../src/legislation/import/found.js';
import { readCsv } from '../../src/legislation/import/files/read-csv.js';
import { readJson } from '../../src/legislation/import/files/read-json.js';

const stages = [
  { id: 'second reading', name: 'Second reading (Commons)' },
  { id: 'royal assent', name: 'Royal Assent' },
];
const read = (csv: string | Buffer) => readCsv(Buffer.from(csv as string), stages);

function found(csv: string | Buffer): Found {
  const reading = read(csv);
  if (!reading.ok) throw new Error(reading.mistakes.join('\n'));
  return reading.found;
}

function mistakesIn(csv: string | Buffer): string[] {
  const reading = read(csv);
  return reading.ok ? [] : reading.mistakes;
}

const HEADER = 'stage,title,on,happened,link,id';
const sheet = (...rows: string[]) => [HEADER, ...rows].join('\n');

test('a file means what the same rows mean in JSON', () => {
  const csv = sheet(
    'Royal Assent,"Kettles, and ""pans""",2026-11-30,no,https://example.org/bill,assent',
    'second reading,Debate,2026-Q4,,,',
    'second reading,Debate,2026,yes,,',
  );
  const json = [
    {
      stage: 'royal assent',
      title: 'Kettles, and "pans"',
      on: '2026-11-30',
      happened: false,
      link: 'https://example.org/bill',
      id: 'assent',
    },
    { stage: 'second reading', title: 'Debate', on: '2026-Q4' },
    { stage: 'second reading', title: 'Debate', on: '2026', happened: true },
  ];
  expect(read(csv)).toEqual(readJson(Buffer.from(JSON.stringify(json)), stages));
});

const expected = [{ stage: 'royal assent', title: 'Kettle;s', on: '2026-11-30', happened: true }];

test.each<[string, string]>([
  ['commas', 'stage,title,on,happened\nroyal assent,Kettle;s,2026-11-30,true'],
  ['semicolons', 'stage;title;on;happened\nroyal assent;"Kettle;s";2026-11-30;TRUE'],
  ['tabs', 'stage\ttitle\ton\thappened\nroyal assent\tKettle;s\t2026-11-30\tYes'],
  ['columns in another order and case', ' ON ,Happened,"TITLE",Stage\n2026-11-30,yes,Kettle;s,ROYAL ASSENT'],
  ['a byte order mark', '\uFEFFstage,title,on,happened\nroyal assent,Kettle;s,2026-11-30,true'],
  [
    'lines of Windows and empty ones',
    'stage,title,on,happened\r\n\r\nroyal assent,Kettle;s,2026-11-30,true\r\n,,,\r\n',
  ],
  ['lines of old Macs', 'stage,title,on,happened\rroyal assent,Kettle;s,2026-11-30,true\r'],
])('%s are read', (_what, csv) => {
  expect(found(csv).milestones).toMatchObject(expected);
});

test('a line break inside quotation marks is part of the cell', () => {
  const { milestones } = found(
    sheet('royal assent,"Kettles\nand pans",2026,,,', 'royal assent,Pans,2027,,,'),
  );
  expect(milestones.map(({ title }) => title)).toEqual(['Kettles and pans', 'Pans']);
});

test.each<[string, Buffer]>([
  ['UTF-8', Buffer.from(sheet('royal assent,Öl für 5 €,2026,,,'))],
  [
    'windows-1252',
    Buffer.concat([
      Buffer.from(sheet('royal assent,Öl für 5 '), 'latin1'),
      Buffer.from([0x80]),
      Buffer.from(',2026,,,'),
    ]),
  ],
  [
    'UTF-16 with a byte order mark',
    Buffer.from(`\uFEFF${sheet('royal assent,Öl für 5 €,2026,,,')}`, 'utf16le'),
  ],
])('a file in %s is read', (_encoding, bytes) => {
  expect(found(bytes).milestones[0]!.title).toBe('Öl für 5 €');
});

test('a column that is not known is left out, which is said', () => {
  const { milestones, remarks } = found('stage,title,on,__proto__,Remark\nroyal assent,Kettles,2026,x,y');
  expect(Object.keys(milestones[0]!).sort()).toEqual(['happened', 'key', 'link', 'on', 'stage', 'title']);
  expect(remarks).toEqual(['Not read, as nothing is known of them: the columns “__proto__”, “Remark”.']);
});

test('a row behind thousands of empty ones is not lost', () => {
  expect(found(`${HEADER}\n${',,,,,\n'.repeat(70_000)}royal assent,Kettles,2026,,,`).milestones).toHaveLength(
    1,
  );
});

test('every mistake is named with the row as a spreadsheet numbers it, and nothing is taken', () => {
  expect(
    mistakesIn(
      sheet(
        'royal assent,Kettles,2026,,,',
        '',
        '"no,\nstage",Kettles,2026,,,',
        'royal assent,,tomorrow,maybe,x,',
      ),
    ),
  ).toEqual([
    'Row 4: There is no stage “no, stage”. The stages are second reading, royal assent, other.',
    'Row 5: It has no title. Say in “title” what it is, for example Second reading.',
    'Row 5: “tomorrow” is no date that can be read. Write 2026-11-30, 2026-11, 2026-Q4 or 2026.',
    'Row 5: Whether it happened is yes, no, true or false, or left empty.',
    'Row 5: Its link is no web address. Write all of it, from https:// or http://, or leave it empty.',
  ]);
});

test.each<[string, string, RegExp]>([
  ['nothing', '', /no column “stage”.*\n.*no column “title”.*\n.*no column “on”/],
  ['a file without a first row of names', 'royal assent,Kettles,2026', /no column “stage”/],
  ['a column named twice', 'stage,title,on,On\n', /two columns “on”/],
  ['names alone', HEADER, /lists nothing/],
  [
    'a quotation mark that never closes',
    sheet('royal assent,"Kettles,2026,,,'),
    /about line 2 a quotation mark opens/,
  ],
  [
    'one that never closes in a long file',
    sheet('royal assent,"Kettles', 'x'.repeat(200_000)),
    /about line \d+ a row is far too long/,
  ],
  [
    'a quotation mark in the midst',
    sheet('royal assent,the "Kettles",2026,,,'),
    /about line 2 a quotation mark stands inside/,
  ],
  ['words after a cell', sheet('royal assent,"Kettles" x,2026,,,'), /about line 2 something stands behind/],
  ['more cells than columns', sheet('royal assent,Kettles, pans,2026,yes,,,x'), /Row 2: It has more cells/],
  [
    'too many rows',
    sheet(...Array.from({ length: 5001 }, () => 'royal assent,x,2026,,,')),
    /more than 5,000 rows/,
  ],
  ['too many lines', `${HEADER}${'\n'.repeat(100_000)}`, /more than 100,000 lines/],
  ['40 MB', 'x'.repeat(40 * 1024 * 1024), /has 40 MB; up to 5 MB are read/],
])('%s is refused with a sentence', (_what, csv, sentence) => {
  expect(mistakesIn(csv).join('\n')).toMatch(sentence);
});
