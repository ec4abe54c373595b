import { describe, expect, test } from '@jest/globals';
import { readBill, type UkBill } from '../../src/legislation/import/uk-bill/read-bill.js';
import {
  answersAbout,
  fictionalBill,
  fictionalStage,
  type FictionalBill,
} from '../support/fictional-bill.js';

function read(fictional: FictionalBill): UkBill {
  const reading = readBill(answersAbout(fictional));
  if ('unreadable' in reading) throw new Error(reading.unreadable);
  return reading.read;
}

/** A bill of one stage, by its place in the course, with a sitting on each day. */
const withStage = (n: number, days: (string | null)[]) => ({
  ...fictionalBill({ stages: 0 }),
  stages: [fictionalStage(9001, n, days)],
});

test('a bill is read with its title, procedure and public page', () => {
  expect(read(fictionalBill())).toMatchObject({
    title: 'Example (Safety) Bill',
    longTitle: 'A Bill to make provision about examples; and for connected purposes.',
    reference: '9001',
    procedure: 'uk bill, commons first',
    sourceLink: 'https://bills.parliament.uk/bills/9001',
    whole: true,
    remarks: [],
  });
});

test.each([
  ['Commons', 'uk bill, commons first'],
  ['Lords', 'uk bill, lords first'],
  ['Unassigned', 'uk bill'],
  ['Somewhere', 'uk bill'],
])('a bill that began in %s has the procedure: %s', (originatingHouse, procedure) => {
  expect(read(fictionalBill({ bill: { originatingHouse } })).procedure).toBe(procedure);
});

describe('sittings', () => {
  test('are milestones that nobody says have happened', () => {
    expect(read(withStage(9, ['2026-03-13T00:00:00'])).milestones).toEqual([
      {
        key: 'sitting:109000',
        stage: 'lords committee',
        title: 'Committee stage, House of Lords',
        on: '2026-03-13',
        happened: null,
        link: 'https://bills.parliament.uk/bills/9001/stages/20009',
      },
    ]);
  });

  test('of one stage are numbered in the order of their days, and two on a day are two', () => {
    const fictional = withStage(4, ['2026-03-20T00:00:00', '2026-03-13T00:00:00', '2026-03-13T00:00:00']);
    fictional.stages[0]!.stageSittings!.reverse();
    expect(read(fictional).milestones.map(({ key, title, on }) => [key, title, on])).toEqual([
      ['sitting:104001', 'Committee stage, House of Commons, sitting 1 of 3', '2026-03-13'],
      ['sitting:104002', 'Committee stage, House of Commons, sitting 2 of 3', '2026-03-13'],
      ['sitting:104000', 'Committee stage, House of Commons, sitting 3 of 3', '2026-03-20'],
    ]);
  });

  test('of Royal Assent are in no House', () => {
    const [assent] = read(withStage(14, ['2026-10-27T00:00:00'])).milestones;
    expect(assent).toMatchObject({ stage: 'royal assent', title: 'Royal Assent', on: '2026-10-27' });
  });

  test('of a stage we do not know keep its description', () => {
    const fictional = withStage(0, ['2026-10-27T00:00:00']);
    fictional.stages[0]!.description = 'Bill reintroduced';
    expect(read(fictional).milestones[0]).toMatchObject({
      stage: 'other',
      title: 'Bill reintroduced, House of Commons',
    });
  });

  test('come in the order of their days, and of their stages on one day', () => {
    const stages = [
      fictionalStage(9001, 6, ['2026-05-02T00:00:00']),
      fictionalStage(9001, 5, ['2026-05-02T00:00:00', '2026-05-01T00:00:00']),
    ];
    const { milestones } = read({ ...fictionalBill({ stages: 0 }), stages });
    expect(milestones.map(({ stage, on }) => [stage, on])).toEqual([
      ['commons report', '2026-05-01'],
      ['commons report', '2026-05-02'],
      ['commons third reading', '2026-05-02'],
    ]);
  });

  test('without a day are counted and none is made up', () => {
    const stages = [
      fictionalStage(9001, 4, ['2026-03-13T00:00:00', null]),
      fictionalStage(9001, 5, [null]),
      fictionalStage(9001, 6, []),
      { ...fictionalStage(9001, 7, []), stageSittings: null },
    ];
    const { milestones, remarks } = read({ ...fictionalBill({ stages: 0 }), stages });
    expect(milestones.map(({ title }) => title)).toEqual(['Committee stage, House of Commons']);
    expect(remarks).toEqual([
      '3 stages without a day, left out: Report stage, House of Commons; 3rd reading, House of Commons; 1st reading, House of Lords.',
      '1 sitting without a day, left out.',
    ]);
  });
});

describe('a stage that is listed twice counts once, with a remark', () => {
  const remarks = ['1 stage listed twice, counted once: Committee stage, House of Commons.'];
  const once = read(withStage(4, ['2026-03-13T00:00:00', '2026-03-14T00:00:00'])).milestones;
  const stage = () => fictionalStage(9001, 4, ['2026-03-13T00:00:00', '2026-03-14T00:00:00']);

  test('under the same id', () => {
    const found = read({ ...fictionalBill({ stages: 0 }), stages: [stage(), stage()] });
    expect([found.milestones, found.remarks]).toEqual([once, remarks]);
  });

  test('under another id, with the same sittings', () => {
    const found = read({ ...fictionalBill({ stages: 0 }), stages: [stage(), { ...stage(), id: 5 }] });
    expect([found.milestones, found.remarks]).toEqual([once, remarks]);
  });

  test('under the same id, each time with some of the sittings', () => {
    const [first, second] = [stage(), stage()];
    first.stageSittings!.pop();
    second.stageSittings!.shift();
    const found = read({ ...fictionalBill({ stages: 0 }), stages: [first, second] });
    expect([found.milestones, found.remarks]).toEqual([once, remarks]);
  });
});

describe('how a bill ended', () => {
  test('withdrawn is a milestone that happened', () => {
    const { milestones } = read(fictionalBill({ stages: 0, bill: { billWithdrawn: '2026-09-15T00:00:00' } }));
    expect(milestones).toEqual([
      {
        key: 'withdrawn',
        stage: 'withdrawn',
        title: 'Bill withdrawn',
        on: '2026-09-15',
        happened: true,
        link: 'https://bills.parliament.uk/bills/9001',
      },
    ]);
  });

  test('defeated is a remark, for there is no day', () => {
    const { milestones, remarks } = read(fictionalBill({ stages: 0, bill: { isDefeated: true } }));
    expect(milestones).toEqual([]);
    expect(remarks).toEqual(['Parliament says that the bill was defeated. It does not say on which day.']);
  });

  test('an Act has the day of Royal Assent, or a remark that there is none', () => {
    expect(read(fictionalBill({ bill: { isAct: true } })).remarks).toEqual([]);
    expect(read(fictionalBill({ stages: 14, bill: { isAct: true } })).remarks).toEqual([
      'Parliament says that the bill is an Act. It gives no day of Royal Assent.',
    ]);
  });
});

describe('papers and news', () => {
  test('are publications with a link that a person can open', () => {
    expect(read(fictionalBill({ publications: 2, news: 1 })).publications).toEqual([
      {
        key: 'publication:500',
        kind: 'publication',
        title: 'Example paper 1',
        publishedOn: '2026-01-12',
        link: 'https://bills.parliament.uk/publications/500/documents/800',
      },
      {
        key: 'publication:501',
        kind: 'publication',
        title: 'Example paper 2',
        publishedOn: '2026-01-13',
        link: 'https://publications.example.org/paper-2.pdf',
      },
      {
        key: 'news:700',
        kind: 'news',
        title: 'Example news 1',
        publishedOn: '2026-01-12',
        link: 'https://bills.parliament.uk/bills/9001/news',
      },
    ]);
  });

  test.each([
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['ftp://example.org/paper.pdf'],
    ['//example.org/paper.pdf'],
    ['https://'],
    [`https://example.org/${'a'.repeat(2000)}`],
    [''],
    [null],
  ])('a link that is %j is passed over', (url) => {
    const fictional = fictionalBill({ publications: 1 });
    const paper = fictional.publications[0]!;
    const linkWith = (links: object[]) => {
      Object.assign(paper, { links });
      return read(fictional).publications[0]!.link;
    };
    expect(linkWith([{ url }, { url: ' HTTP://example.org/b c ' }])).toBe('http://example.org/b%20c');
    expect(linkWith([{ url }])).toBe('https://bills.parliament.uk/publications/500/documents/800');
    delete paper['files'];
    expect(linkWith([{ url }])).toBe('https://bills.parliament.uk/bills/9001/publications');
  });

  test('are each listed once, and left out with a remark where they have no day', () => {
    const fictional = fictionalBill({ publications: 1, news: 2 });
    fictional.publications.push(fictional.publications[0]!);
    Object.assign(fictional.news[1]!, { displayDate: null });
    const { publications, remarks } = read(fictional);
    expect(publications.map(({ key }) => key)).toEqual(['publication:500', 'news:700']);
    expect(remarks).toEqual(['1 publication without a day, left out.']);
  });
});

test('what a title holds is kept as one line of plain text that fits', () => {
  const shortTitle = `<script>alert(1)</script> {{title}}\r\nBcc: \u202E${'x'.repeat(300)}`;
  const { title } = read(fictionalBill({ bill: { shortTitle } }));
  expect(title).toMatch(/^<script>alert\(1\)<\/script> \{\{title\}\} Bcc: x+…$/);
  expect(title).toHaveLength(200);
  expect(read(fictionalBill({ bill: { shortTitle: null } })).title).toBe('Bill 9001 of the UK Parliament');

  const fictional = withStage(4, ['2026-03-13T00:00:00', '2026-03-14T00:00:00']);
  fictional.stages[0]!.description = 'long '.repeat(100);
  for (const milestone of read(fictional).milestones) expect(milestone.title.length).toBeLessThanOrEqual(200);
});

test('a list that is shorter than the API says is not whole', () => {
  const answers = answersAbout(fictionalBill({ stages: 3 }));
  answers.stages.totalResults = 4;
  const reading = readBill(answers);
  expect(reading).toMatchObject({
    read: {
      whole: false,
      remarks: ['The API counts 4 stages and gave 3: what is not among them is left as it was.'],
    },
  });
});
