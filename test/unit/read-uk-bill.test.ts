import { afterEach, describe, expect, test } from '@jest/globals';
import { readUkBill } from '../../src/legislation/import/uk-bill/read-uk-bill.js';
import type { UkBill } from '../../src/legislation/import/uk-bill/read-bill.js';
import {
  notJson,
  serverError,
  slow,
  startBillsApi,
  type Asked,
  type BillsApi,
  type Fault,
} from '../support/bills-api.js';
import { fictionalBill, fictionalStage, type FictionalBill } from '../support/fictional-bill.js';

let api: BillsApi;
afterEach(() => api.close());

async function get(path: string): Promise<unknown> {
  const response = await fetch(`${api.url}${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function read(billId = 9001): Promise<UkBill> {
  const reading = await readUkBill(get, billId);
  if ('unreadable' in reading) throw new Error(reading.unreadable);
  return reading.read;
}

const only = (path: string, fault: Fault) => (asked: Asked) =>
  asked.path.startsWith(path) ? fault : undefined;

describe('a bill of 200 sittings', () => {
  test('is read whole, from its four resources, with at most four requests at once', async () => {
    api = await startBillsApi([fictionalBill({ sittings: 200, publications: 30, news: 20 })]);
    api.behave({ fault: () => slow(20) });
    const { milestones, publications, whole, remarks } = await read();
    expect([milestones.length, publications.length, whole, remarks]).toEqual([200, 50, true, []]);
    expect(api.requests.map(({ path }) => path).toSorted()).toEqual([
      '/Bills/9001',
      '/Bills/9001/NewsArticles?Skip=0&Take=100',
      '/Bills/9001/Publications',
      '/Bills/9001/Stages?Skip=0&Take=100',
    ]);
    expect(api.mostAtOnce()).toBeLessThanOrEqual(4);
  });

  test('is read whole when the API gives small pages', async () => {
    api = await startBillsApi([fictionalBill({ stages: 200, news: 45 })], { mostPerPage: 20 });
    const { milestones, publications, whole } = await read();
    expect([milestones.length, publications.length, whole]).toEqual([200, 47, true]);
    expect(api.count('/Bills/9001/Stages')).toBe(10);
    expect(api.count('/Bills/9001/NewsArticles')).toBe(3);
  });
});

describe('a list that does not come to its end', () => {
  const stagesPage = (items: object[], totalResults: number): Fault => ({
    body: JSON.stringify({ items, totalResults }),
  });

  test('because the same page comes again is asked for twice and is not whole', async () => {
    api = await startBillsApi([fictionalBill()]);
    const stages = [fictionalStage(9001, 0, ['2026-03-13T00:00:00'])];
    api.behave({ fault: only('/Bills/9001/Stages', stagesPage(stages, 40)) });
    const { milestones, whole, remarks } = await read();
    expect([milestones.length, whole]).toEqual([1, false]);
    expect(remarks).toEqual([
      'The API counts 40 stages and gave 1: what is not among them is left as it was.',
    ]);
    expect(api.count('/Bills/9001/Stages')).toBe(2);
  });

  test('because a page is empty is not whole', async () => {
    api = await startBillsApi([fictionalBill()]);
    api.behave({ fault: only('/Bills/9001/Stages', stagesPage([], 40)) });
    expect((await read()).whole).toBe(false);
    expect(api.count('/Bills/9001/Stages')).toBe(1);
  });

  test('because it never ends is given up after 100 pages', async () => {
    api = await startBillsApi([fictionalBill({ stages: 150 })], { mostPerPage: 1 });
    const { milestones, whole } = await read();
    expect([milestones.length, whole]).toEqual([100, false]);
    expect(api.count('/Bills/9001/Stages')).toBe(100);
  });

  test('because it became shorter between two pages is not whole', async () => {
    const fictional = fictionalBill({ stages: 15 });
    api = await startBillsApi([fictional], { mostPerPage: 10 });
    api.behave({
      fault: ({ path }) => {
        if (path.includes('Stages?Skip=10')) fictional.stages.shift();
        return undefined;
      },
    });
    expect((await read()).whole).toBe(false);
  });
});

describe('an API that does not answer as documented', () => {
  test.each([
    ['the bill', '/Bills/9001', 1],
    ['one of the lists', '/Bills/9001/Publications', 4],
  ])(
    'about %s is an error of the one who fetches, once nothing is asked any more',
    async (_what, path, asked) => {
      api = await startBillsApi([fictionalBill()]);
      api.behave({ fault: (request) => (request.path === path ? serverError : slow(30)) });
      await expect(read()).rejects.toThrow(`${path}: 500`);
      expect(api.requests).toHaveLength(asked);
    },
  );

  test('because there is no such bill costs one request', async () => {
    api = await startBillsApi([fictionalBill()]);
    await expect(read(1)).rejects.toThrow('/Bills/1: 404');
    expect(api.requests).toHaveLength(1);
  });

  test('but with a page of a website is an error of the one who fetches', async () => {
    api = await startBillsApi([fictionalBill()], { fault: () => notJson });
    await expect(read()).rejects.toThrow('JSON');
  });

  test.each([
    ['shortTitle', 'The bill', 'shortTitle is missing'],
    ['totalResults', 'The list of stages', 'totalResults is missing'],
    ['stageSittings', 'The list of stages', 'items[].stageSittings is missing'],
    ['publications', 'The list of publications', 'publications is missing'],
  ])('because %s has another name now gives a sentence', async (field, what, wrong) => {
    api = await startBillsApi([fictionalBill()], { renamed: { [field]: 'somethingElse' } });
    expect(await readUkBill(get, 9001)).toEqual({
      unreadable: `${what} is not as its source documents it: ${wrong}. Nothing was taken from it.`,
    });
  });

  test('but with another bill gives a sentence', async () => {
    api = await startBillsApi([fictionalBill()]);
    api.behave({ fault: only('/Bills/9001', { body: JSON.stringify(fictionalBill({ billId: 12 }).bill) }) });
    expect(await readUkBill(get, 9001)).toEqual({
      unreadable: 'The API was asked for bill 9001 and gave bill 12. Nothing was taken from it.',
    });
  });
});

describe('an API that changes its mind', () => {
  const changes: [string, (bill: FictionalBill) => void, (days: Map<string, string>) => void][] = [
    [
      'moves a sitting: the key stays',
      ({ stages }) => void (stages[1]!.stageSittings![0]!.date = '2026-12-01T00:00:00'),
      (days) => expect(days.get('sitting:101000')).toBe('2026-12-01'),
    ],
    [
      'takes a sitting away: it is gone',
      ({ stages }) => void stages[1]!.stageSittings!.pop(),
      (days) => expect([...days.keys()]).not.toContain('sitting:101000'),
    ],
    [
      'adds a stage: the others stay',
      ({ stages }) => void stages.push(fictionalStage(9001, 3, ['2026-12-02T00:00:00'])),
      (days) =>
        expect([...days.keys()]).toEqual([
          'sitting:100000',
          'sitting:101000',
          'sitting:102000',
          'sitting:103000',
        ]),
    ],
    [
      'lists a stage twice: nothing changes',
      ({ stages }) => void stages.push(structuredClone(stages[1]!)),
      (days) => expect(days.size).toBe(3),
    ],
  ];

  test.each(changes)('%s', async (_change, change, expectDays) => {
    const fictional = fictionalBill({ stages: 3 });
    api = await startBillsApi([fictional]);
    const before = await read();
    expect(await read()).toEqual(before);
    change(fictional);
    expectDays(new Map((await read()).milestones.map(({ key, on }) => [key, on])));
  });
});
