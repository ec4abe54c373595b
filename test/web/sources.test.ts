import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ImportSource } from '../../src/legislation/import/import-source.model.js';
import { Publication } from '../../src/legislation/publication.model.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { serverError, startBillsApi, type BillsApi } from '../support/bills-api.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { fictionalBill } from '../support/fictional-bill.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let api: BillsApi;
let app: TestApp;
let visitor: SignedIn;
beforeEach(async () => {
  api = await startBillsApi([fictionalBill({ from: '2026-11-10' })]);
  app = createTestApp({ billsApi: api.url });
  visitor = await signInAs(app, 'staff');
});
afterEach(() => api.close());

const track = async (): Promise<TrackRecord> => (await Track.findOne().lean<TrackRecord>())!;
const follow = (number: string) =>
  visitor.postForm('/legislation/bills', { number }, '/legislation/bills/new');

test('a bill is followed by its number, and its page tells what Parliament does', async () => {
  const { location } = await follow('9001');
  const page = await visitor.get(location!);
  expect(page.main).toContain('Example (Safety) Bill');
  expect(page.main).toContain('Sources: bill 9001 at the UK Parliament.');
  expect(page.$('.milestones > li[id]').length).toBe(15);
  expect(page.main).toContain('Publications');
  const sources = await visitor.get(`${location!}/sources`);
  expect(sources.main).toContain('Bill 9001 at the UK Parliament Last read 24 November 2026, 12:00.');
  const again = await visitor.postForm(
    sources.$('form[action$="/reading"]').attr('action')!,
    {},
    `${location!}/sources`,
  );
  expect((await visitor.get(again.location!)).html).toContain('It was read. Nothing has changed.');
});

test.each([
  ['', 'Enter the number of the bill.'],
  ['$ne', 'A number such as 3137'],
  ['../../etc', 'A number such as 3137'],
  ['404404', '127.0.0.1'],
])('a bill with the number %j is not followed, and the form says why', async (number, words) => {
  const answer = await follow(number);
  expect(answer.status).toBe(422);
  expect(answer.main).toContain(words);
  expect(answer.$('[name=number]').val()).toBe(number);
  expect(await Track.countDocuments()).toBe(0);
});

test('a source that cannot be read says so on both pages, and can be taken away; what came from it stays', async () => {
  const { location } = await follow('9001');
  api.behave({ fault: () => serverError });
  const source = (await ImportSource.findOne().lean())!;
  await visitor.postForm(`/sources/${String(source._id)}/reading`, {}, `${location!}/sources`);
  expect((await visitor.get(location!)).main).toContain('Reading bill 9001 at the UK Parliament failed.');
  expect((await visitor.get(`${location!}/sources`)).main).toMatch(/The last attempt failed\. .*500/);
  await visitor.postForm(`/sources/${String(source._id)}/removal`, {}, `${location!}/sources`);
  expect((await visitor.get(`${location!}/sources`)).main).toContain('Nothing is read by itself yet.');
  expect((await track()).milestones).toHaveLength(15);
  // taken up again, nothing is there twice
  api.behave({ fault: () => undefined });
  await visitor.postForm(`${location!}/bills`, { number: '9001' }, `${location!}/sources`);
  expect((await track()).milestones).toHaveLength(15);
  expect(await ImportSource.countDocuments()).toBe(1);
});

async function aTrack(): Promise<string> {
  const { _id } = await Track.create({
    title: 'Example Act',
    jurisdiction: 'EU',
    procedure: 'eu ordinary',
    createdAt: NOW,
  });
  return `/tracks/${String(_id)}`;
}

test('a file is read, and one with mistakes names every one of them', async () => {
  const page = await aTrack();
  const send = (content: string) =>
    visitor.upload(`${page}/files`, {}, [{ name: 'dates.csv', content }], `${page}/sources`);
  const wrong = await send('stage,title,on\nadoption,Adopted,soon\nnothing,What,2026\n');
  expect(wrong.status).toBe(422);
  expect(wrong.$('.error-summary').text()).toMatch(/Row \d.*Row \d/s);
  expect((await track()).milestones).toEqual([]);
  const right = await send('stage,title,on\nadoption,Adopted,2027-Q1\n');
  expect((await visitor.get(right.location!)).html).toContain('It was read: 1 new milestone.');
  expect((await visitor.get(page)).main).toContain('expected in the first quarter of 2027');
  const none = await visitor.upload(`${page}/files`, {}, [], `${page}/sources`);
  expect([none.status, none.main]).toEqual([422, expect.stringContaining('Choose one file.')]);
});

test('a feed has to be a web address', async () => {
  const page = await aTrack();
  const answer = await visitor.postForm(
    `${page}/feeds`,
    { address: 'file:///etc/passwd' },
    `${page}/sources`,
  );
  expect(answer.status).toBe(422);
  expect(await ImportSource.countDocuments()).toBe(0);
});

test('publications stand in pages, the latest first, with links that only lead to the web', async () => {
  const page = await aTrack();
  const { _id } = await track();
  await Publication.insertMany(
    Array.from({ length: 60 }, (_, n) => ({
      track: _id,
      source: _id,
      key: String(n),
      kind: 'news',
      title: `<b>News ${n}</b>`,
      publishedOn: `2026-${String(1 + (n % 9)).padStart(2, '0')}-01`,
      link: n % 2 ? 'https://parliament.example.org/news' : '',
      seenAt: NOW,
    })),
  );
  const first = await visitor.get(`${page}/publications`);
  expect(first.$('main li')).toHaveLength(50);
  expect(first.main).toContain('1 September 2026: <b>News');
  expect((await visitor.get(`${page}/publications?page=2`)).$('main li')).toHaveLength(10);
});

test('partners have no business with sources', async () => {
  const page = await aTrack();
  const partner = await signInAs(app, 'partner');
  expect((await partner.get(`${page}/sources`)).status).toBe(403);
  expect((await partner.get('/legislation/bills/new')).status).toBe(403);
});
