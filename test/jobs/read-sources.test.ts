import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ImportSource, type ImportSourceRecord } from '../../src/legislation/import/import-source.model.js';
import { readDueSources, readSource } from '../../src/legislation/import/read-sources.js';
import { addSource, followBill, readFile } from '../../src/legislation/import/sources.js';
import { Publication } from '../../src/legislation/publication.model.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { run } from '../../jobs/read-sources.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  notJson,
  redirect,
  serverError,
  startBillsApi,
  tooMany,
  type BillsApi,
} from '../support/bills-api.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { fictionalBill, type FictionalBill } from '../support/fictional-bill.js';

useDatabase();

const by = new Types.ObjectId();

let bill: FictionalBill;
let api: BillsApi;
let app: TestApp;
beforeEach(async () => {
  bill = fictionalBill({ sittings: 20, from: '2026-11-10' });
  api = await startBillsApi([bill]);
  app = createTestApp({ billsApi: api.url });
});
afterEach(() => api.close());

const adding = () => ({ by, now: app.deps.now() });
const track = async (): Promise<TrackRecord> => (await Track.findOne().lean<TrackRecord>())!;
const source = async (): Promise<ImportSourceRecord> =>
  (await ImportSource.findOne().lean<ImportSourceRecord>())!;

async function everything() {
  return [await Track.find().lean(), await Publication.find().sort({ _id: 1 }).lean()];
}

describe('a bill of the UK Parliament', () => {
  beforeEach(async () => {
    await followBill('9001', adding(), app.deps);
  });

  test('becomes a track with its days, each with where it is from and when it was seen', async () => {
    const { title, procedure, jurisdiction, sourceLink, milestones } = await track();
    expect({ title, procedure, jurisdiction }).toEqual({
      title: 'Example (Safety) Bill',
      procedure: 'uk bill, commons first',
      jurisdiction: 'United Kingdom',
    });
    expect(sourceLink).toContain('/bills/9001');
    expect(milestones).toHaveLength(20);
    // today is 24 November 2026
    expect(milestones.filter(({ happenedOn }) => happenedOn)).toHaveLength(14);
    for (const { imported, sourceLink } of milestones) {
      expect(imported).toMatchObject({ seenAt: NOW, goneAt: null });
      expect(sourceLink).toMatch(/^https:\/\//);
    }
    expect(await Publication.countDocuments({ track: (await track())._id })).toBe(3);
  });

  test('read again is asked for politely, and nothing at all changes', async () => {
    await readSource((await source())._id, app.deps);
    const before = await everything();
    const asked = api.requests.length;
    app.clock.pass({ hours: 1 });
    expect(await readSource((await source())._id, app.deps)).toMatchObject({
      added: 0,
      changed: 0,
      gone: 0,
      publications: 0,
      problem: '',
    });
    expect(await everything()).toEqual(before);
    const again = api.requests.slice(asked);
    expect(again).toHaveLength(4);
    for (const { headers } of again) {
      expect(headers['if-none-match']).toMatch(/^"/);
      expect(headers['user-agent']).toMatch(/^Answerable .*campaign@example\.org/);
    }
  });

  test('that moves, adds and drops a sitting is followed, and what it said before is kept', async () => {
    const sittings = bill.stages[14]!.stageSittings!;
    sittings[0]!.date = '2026-12-20T00:00:00';
    const dropped = bill.stages[13]!.stageSittings!.pop()!;
    bill.stages[12]!.stageSittings!.push({ ...dropped, id: 999_999, date: '2026-12-10T00:00:00' });
    app.clock.pass({ hours: 1 });
    expect(await readSource((await source())._id, app.deps)).toMatchObject({ added: 1, gone: 1 });
    const { milestones } = await track();
    const moved = milestones.find(({ imported }) => imported!.key === `sitting:${sittings[0]!.id}`)!;
    expect(moved).toMatchObject({
      expectedOn: '2026-12-20',
      formerly: [{ field: 'expectedOn', source: (await source())._id }],
    });
    expect(
      milestones.find(({ imported }) => imported!.key === `sitting:${dropped.id}`)!.imported!.goneAt,
    ).toEqual(app.deps.now());
    expect(milestones).toHaveLength(21);
  });

  test('a day that is over has happened, although nothing new was sent', async () => {
    await readSource((await source())._id, app.deps);
    app.clock.pass({ hours: 48 });
    await readSource((await source())._id, app.deps);
    expect((await track()).milestones.filter(({ happenedOn }) => happenedOn)).toHaveLength(16);
  });

  test.each([
    ['an error of the server', serverError, /500/],
    ['something that is no JSON', notJson, /did not answer with JSON/],
    ['too many requests', tooMany(7200), /429|too many|later/i],
    [
      'a redirect into a private network',
      redirect('http://10.0.0.1/api/v1/Bills/9001'),
      /private|open internet|public/i,
    ],
  ])(
    'that answers with %s changes nothing, says so, and is asked again later',
    async (_what, fault, words) => {
      const before = await everything();
      api.behave({ fault: () => fault });
      app.clock.pass({ hours: 1 });
      const outcome = await readSource((await source())._id, app.deps);
      expect(outcome!.problem).toMatch(words);
      expect(await everything()).toEqual(before);
      const failed = await source();
      expect(failed).toMatchObject({ failures: 1, problem: outcome!.problem, readAt: NOW, claimedAt: null });
      expect(failed.readFrom.getTime()).toBeGreaterThan(app.deps.now().getTime());
      api.behave({ fault: () => undefined });
      await readSource(failed._id, app.deps);
      expect(await source()).toMatchObject({ failures: 0, problem: '' });
    },
  );

  test('whose fields are called something else says which one is missing, and loses nothing', async () => {
    const before = await everything();
    api.behave({ renamed: { stageSittings: 'sittings' }, etags: false });
    const outcome = await readSource((await source())._id, app.deps);
    expect(outcome!.problem).toContain('stageSittings is missing');
    expect(await everything()).toEqual(before);
  });

  test('is read when its turn has come and not before, by one of two that wake at once', async () => {
    api.requests.length = 0;
    expect(await run(app.deps)).toContain('0 read');
    app.clock.pass({ hours: 6 });
    const both = await Promise.all([readDueSources(app.deps), readDueSources(app.deps)]);
    expect(both.map(({ read }) => read).toSorted()).toEqual([0, 1]);
    expect(api.count('/Bills/9001/Publications')).toBe(1);
  });

  test('is followed once', async () => {
    await expect(followBill('9001', adding(), app.deps)).rejects.toThrow(
      'is followed already, as “Example (Safety) Bill”',
    );
    expect(await Track.countDocuments()).toBe(1);
  });
});

test('a bill that is not there makes no track', async () => {
  await expect(followBill('77', adding(), app.deps)).rejects.toThrow(/404|not there|nothing/i);
  expect(await Track.countDocuments()).toBe(0);
});

describe('a feed', () => {
  let server: Server;
  let answer: (response: ServerResponse, etag: string | undefined) => void;
  let address: string;
  beforeAll(async () => {
    server = createServer((request, response) => answer(response, request.headers['if-none-match']));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
  });
  afterAll(() => void server.close());

  const atom = (...items: string[]) =>
    `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><id>urn:x</id><updated>2026-11-20T00:00:00Z</updated>${items.join('')}</feed>`;
  const item = (id: number, category = '') =>
    `<entry><id>urn:item:${id}</id><title>Item ${id} &amp; more</title><updated>2026-11-${10 + id}T09:00:00Z</updated><link href="https://parliament.example.org/${id}"/>${category && `<category term="${category}"/>`}</entry>`;

  async function aFeed() {
    app = createTestApp({ trusted: [address] });
    const { _id } = await Track.create({
      title: 'Example Act',
      jurisdiction: 'EU',
      procedure: 'eu ordinary',
      createdAt: NOW,
    });
    return addSource({ track: _id, kind: 'feed', name: address }, adding());
  }

  test('lists publications; an item of a stage is a milestone, too; what it forgets stays', async () => {
    answer = (response) => response.end(atom(item(1), item(2, 'Trilogue')));
    const { _id } = await aFeed();
    expect(await readSource(_id, app.deps)).toMatchObject({ added: 1, publications: 2, problem: '' });
    expect((await track()).milestones).toMatchObject([{ stage: 'trilogue', happenedOn: '2026-11-12' }]);
    answer = (response) => response.end(atom(item(3)));
    expect(await readSource(_id, app.deps)).toMatchObject({ added: 0, gone: 0, publications: 1 });
    expect(await Publication.countDocuments()).toBe(3);
  });

  test('that has not changed is not sent again', async () => {
    answer = (response, etag) =>
      etag === '"one"'
        ? response.writeHead(304).end()
        : response.writeHead(200, { etag: '"one"' }).end(atom(item(1)));
    const { _id } = await aFeed();
    await readSource(_id, app.deps);
    const before = await everything();
    expect(await readSource(_id, app.deps)).toMatchObject({ publications: 0, problem: '' });
    expect(await everything()).toEqual(before);
  });

  test('of 40 MB, or with entities, is refused in words', async () => {
    const { _id } = await aFeed();
    answer = (response) => response.end(Buffer.alloc(40 * 1024 * 1024, 32));
    expect((await readSource(_id, app.deps))!.problem).toMatch(/10 MB/);
    answer = (response) =>
      response.end(
        `<!DOCTYPE feed [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>${atom('<entry><title>&c;</title></entry>')}`,
      );
    const { problem, publications } = (await readSource(_id, app.deps))!;
    expect(problem || publications).toBeTruthy();
    expect(JSON.stringify(await Publication.find().lean())).not.toContain('bb');
  });

  test('at an address inside is never asked, unless it is trusted', async () => {
    let asked = 0;
    answer = (response) => {
      asked += 1;
      response.end(atom(item(1)));
    };
    const { _id } = await aFeed();
    app = createTestApp();
    expect((await readSource(_id, app.deps))!.problem).toMatch(/\S/);
    expect(asked).toBe(0);
  });
});

describe('a file', () => {
  const csv = (text: string) => [{ originalname: 'dates.csv', buffer: Buffer.from(text) }];
  let id: Types.ObjectId;
  beforeEach(async () => {
    ({ _id: id } = await Track.create({
      title: 'Example Act',
      jurisdiction: 'EU',
      procedure: 'eu ordinary',
      createdAt: NOW,
    }));
  });

  test('adds milestones; its next version moves them; the same once more changes nothing', async () => {
    const first = csv(
      'stage,title,on\nProposal by the Commission,Proposed,2025-05\nadoption,Adopted,2026-Q4\n',
    );
    expect(await readFile(id, first, adding())).toMatchObject({ added: 2 });
    const before = await everything();
    expect(await readFile(id, first, adding())).toMatchObject({ added: 0, changed: 0, gone: 0 });
    expect(await everything()).toEqual(before);
    const next = csv(
      'stage,title,on\nProposal by the Commission,Proposed,2025-05\nadoption,Adopted,2027-Q1\n',
    );
    expect(await readFile(id, next, adding())).toMatchObject({ added: 0, changed: 1 });
    expect((await track()).milestones).toMatchObject([
      { happenedOn: '2025-05' },
      { expectedOn: '2027-Q1', formerly: [{ value: '2026-Q4' }] },
    ]);
    expect(await ImportSource.countDocuments()).toBe(1);
  });

  test('with one wrong row takes nothing, and names each mistake', async () => {
    const wrong = csv(
      'stage,title,on\nadoption,Adopted,soon\nno such stage,What,2026\nproposal,Proposed,2025\n',
    );
    await expect(readFile(id, wrong, adding())).rejects.toThrow(/row.*row/is);
    expect((await track()).milestones).toEqual([]);
    expect(await ImportSource.countDocuments()).toBe(0);
  });

  test('days of its timetable that go by have happened', async () => {
    await readFile(id, csv('stage,title,on\nadoption,Adopted,2026-11-25\n'), adding());
    expect((await track()).milestones[0]!.happenedOn).toBeNull();
    app.clock.pass({ hours: 48 });
    expect(await run(app.deps)).toContain('1 changes');
    expect((await track()).milestones[0]).toMatchObject({
      expectedOn: '2026-11-25',
      happenedOn: '2026-11-25',
    });
  });
});

test('what a person writes while a source is read is not lost', async () => {
  await followBill('9001', adding(), app.deps);
  const { _id, milestones } = await track();
  const { editMilestone } = await import('../../src/legislation/milestones.js');
  bill.stages[14]!.stageSittings![0]!.date = '2026-12-20T00:00:00';
  const edits = milestones.slice(0, 3).map((one, n) =>
    editMilestone(
      _id,
      one._id,
      {
        title: `Ours ${n}`,
        stage: one.stage,
        expectedOn: '',
        happenedOn: one.happenedOn ?? '',
        sourceLink: '',
        sourceSeenOn: '',
        note: '',
        wasMistake: false,
      },
      { by, now: app.deps.now() },
    ),
  );
  await Promise.all([...edits, readSource((await source())._id, app.deps)]);
  const after = await track();
  expect(after.milestones.slice(0, 3).map(({ title }) => title)).toEqual(['Ours 0', 'Ours 1', 'Ours 2']);
  expect(after.milestones.some(({ expectedOn }) => expectedOn === '2026-12-20')).toBe(true);
});
