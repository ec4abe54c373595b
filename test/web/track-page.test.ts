import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { mergeFound } from '../../src/legislation/import/merge.rules.js';
import { Track, type MilestoneRecord, type TrackRecord } from '../../src/legislation/track.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let visitor: SignedIn;
let id: Types.ObjectId;
let page: string;
beforeEach(async () => {
  app = createTestApp();
  visitor = await signInAs(app, 'staff');
  ({ _id: id } = await Track.create({
    title: 'Example Act',
    jurisdiction: 'United Kingdom',
    procedure: 'uk bill',
    createdAt: NOW,
  }));
  page = `/tracks/${String(id)}`;
});

const track = async (): Promise<TrackRecord> => (await Track.findById(id).lean<TrackRecord>())!;
const only = async (): Promise<MilestoneRecord> => (await track()).milestones[0]!;
const fields = {
  title: 'Royal Assent',
  stage: 'royal assent',
  expectedOn: '2026-12-10',
  sourceLink: 'https://parliament.example.org/1',
};
const add = (own: Record<string, string> = {}) =>
  visitor.postForm(`${page}/milestones`, { ...fields, ...own }, `${page}/milestones/new`);
async function edit(own: Record<string, string>) {
  const address = `${page}/milestones/${String((await only())._id)}`;
  return visitor.postForm(address, { ...fields, ...own }, `${address}/edit`);
}

describe('a milestone', () => {
  test('is known as exactly as somebody says, to a quarter or a month', async () => {
    await add({ expectedPrecision: 'quarter' });
    expect((await only()).expectedOn).toBe('2026-Q4');
    expect((await visitor.get(page)).main).toContain('expected in the fourth quarter of 2026');
    const form = await visitor.get(`${page}/milestones/${String((await only())._id)}/edit`);
    expect(form.$('[name=expectedPrecision] option[selected]').attr('value')).toBe('quarter');
    expect(form.$('[name=expectedOn]').val()).toBe('2026-10-01');
  });

  test('whose expected date moves shows from where, unless that was a mistake', async () => {
    await add();
    await edit({ expectedOn: '2027-01-20' });
    await edit({ expectedOn: '2027-02-20', wasMistake: 'yes' });
    expect(await only()).toMatchObject({
      expectedOn: '2027-02-20',
      formerly: [
        { field: 'expectedOn', value: '2026-12-10', until: NOW, by: visitor.user._id, source: null },
      ],
    });
    const { main } = await visitor.get(page);
    expect(main).toContain('It has moved once: first expected on 10 December 2026.');
    expect(main).toContain(`entered by ${visitor.user.name}`);
  });

  test('says who entered it, where it was seen and when, and keeps the file that shows it', async () => {
    const files = [{ name: 'hansard.txt', content: 'The Bill was read.' }];
    await visitor.upload(
      `${page}/milestones`,
      { ...fields, sourceSeenOn: '2026-11-20' },
      files,
      `${page}/milestones/new`,
    );
    const { main, $ } = await visitor.get(page);
    expect(main).toContain('Source of Royal Assent, seen on 20 November 2026');
    const file = await visitor.download($('a[download]').attr('href')!);
    expect(String(file.body)).toBe('The Bill was read.');
    expect(file.headers['content-disposition']).toContain('attachment');
  });

  test('before its predecessor is kept, and the two dates are to be checked', async () => {
    await add({
      expectedOn: '',
      happenedOn: '2026-03-01',
      title: 'Second reading',
      stage: 'commons second reading',
    });
    await add({
      expectedOn: '',
      happenedOn: '2026-04-01',
      title: 'First reading',
      stage: 'commons first reading',
    });
    const { main } = await visitor.get(page);
    expect(main).toContain(
      '“First reading” comes before it in this procedure and is said to have happened later, on 1 April 2026.',
    );
  });

  test.each([
    ['a day still to come', { happenedOn: '2026-11-25' }],
    ['a month still to come', { happenedOn: '2026-12-01', happenedPrecision: 'month' }],
  ])('cannot have happened on %s, and what was typed stays', async (_what, own) => {
    const answer = await add({ ...own, note: 'Typed' });
    expect(answer.status).toBe(422);
    expect(answer.main).toContain('That day is still to come.');
    expect(answer.$('[name=note]').text()).toBe('Typed');
    expect((await track()).milestones).toEqual([]);
  });

  test('may have happened in the month that we are in', async () => {
    await add({ expectedOn: '', happenedOn: '2026-11-30', happenedPrecision: 'month' });
    expect((await only()).happenedOn).toBe('2026-11');
  });

  test('at a stage of another procedure is refused, and a procedure that has not its stage, too', async () => {
    expect((await add({ stage: 'trilogue' })).main).toContain('Choose the stage it belongs to.');
    await add();
    const answer = await visitor.postForm(
      page,
      { title: 'Example Act', jurisdiction: 'EU', procedure: 'eu ordinary' },
      `${page}/edit`,
    );
    expect(answer.status).toBe(422);
    expect(answer.main).toContain(
      '“Royal Assent” is at the stage “Royal Assent”, which there would be no more.',
    );
    expect((await track()).procedure).toBe('uk bill');
  });
});

describe('where a source says something else than a person wrote', () => {
  const source = new Types.ObjectId();
  const said = (on: string) => [
    {
      key: 'a',
      stage: 'royal assent',
      title: 'Royal Assent',
      on,
      happened: null,
      link: 'https://parliament.example.org/1',
    },
  ];
  beforeEach(async () => {
    await add();
    await hear('2026-12-15');
  });
  async function hear(on: string) {
    const merged = mergeFound(
      (await track()).milestones,
      { milestones: said(on), whole: true },
      { source, now: NOW, today: '2026-11-24' },
    );
    await Track.updateOne({ _id: id }, { $set: { milestones: merged.milestones } });
  }
  const decide = async (take: string) =>
    visitor.postForm(
      `${page}/milestones/${String((await only())._id)}/difference`,
      { field: 'expectedOn', theirs: '2026-12-15', take },
      page,
    );
  const QUESTION =
    'The source differs on when it is expected: it says 15 December 2026, a person wrote 10 December 2026.';

  test('the page asks which holds', async () => {
    expect((await visitor.get(page)).main).toContain(QUESTION);
    expect((await only()).expectedOn).toBe('2026-12-10');
  });

  test('the source is taken, and goes on being followed', async () => {
    await decide('theirs');
    expect(await only()).toMatchObject({ expectedOn: '2026-12-15', formerly: [{ value: '2026-12-10' }] });
    expect((await visitor.get(page)).main).not.toContain('The source differs');
    await hear('2026-12-18');
    expect((await only()).expectedOn).toBe('2026-12-18');
  });

  test('ours is kept, and nobody is asked again until the source says something else', async () => {
    await decide('ours');
    expect((await visitor.get(page)).main).not.toContain('The source differs');
    await hear('2026-12-15');
    expect((await visitor.get(page)).main).not.toContain('The source differs');
    await hear('2026-12-20');
    expect((await visitor.get(page)).main).toContain('it says 20 December 2026');
    expect((await only()).expectedOn).toBe('2026-12-10');
  });

  test.each([
    ['nothing', {}],
    ['another field', { field: '_id', theirs: 'x', take: 'theirs' }],
  ])('%s is decided by a form that says it wrongly', async (_what, form) => {
    const before = await track();
    const { status } = await visitor.postForm(
      `${page}/milestones/${String((await only())._id)}/difference`,
      form,
      page,
    );
    expect(status).toBe(422);
    expect(await track()).toEqual(before);
  });
});

describe('related laws', () => {
  let other: Types.ObjectId;
  beforeEach(async () => {
    ({ _id: other } = await Track.create({
      title: 'Interim Act',
      jurisdiction: 'United Kingdom',
      createdAt: NOW,
    }));
  });

  test('are shown with each other, each from its own side, until somebody takes that back', async () => {
    await visitor.postForm(`/tracks/${String(other)}/related`, { track: String(id), as: 'interim for' });
    expect((await visitor.get(`/tracks/${String(other)}`)).main).toMatch(/In place until\s*Example Act/);
    expect((await visitor.get(page)).main).toMatch(/Until then\s*Interim Act/);
    await visitor.postForm(
      `/tracks/${String(other)}/related/${String(id)}/removal`,
      {},
      `/tracks/${String(other)}`,
    );
    expect((await visitor.get(page)).main).not.toContain('Until then');
  });

  test('a law is not related to itself', async () => {
    const { status, main } = await visitor.postForm(
      `${page}/related`,
      { track: String(id), as: 'amends' },
      page,
    );
    expect([status, main]).toEqual([422, expect.stringContaining('A law cannot be related to itself.')]);
  });
});

test('the page says where a law stands, and when it ends by itself', async () => {
  await Track.updateOne(
    { _id: id },
    {
      $set: {
        sunsetOn: '2026-11-20',
        milestones: [{ title: 'Royal Assent', stage: 'royal assent', happenedOn: '2024-01-01' }],
      },
    },
  );
  expect((await visitor.get(page)).main).toMatch(
    /State\s*Lapsed or expired \(ended by itself on 20 November 2026\)/,
  );
});

test('stages of its own are offered for a free procedure, each once', async () => {
  const form = { title: 'Other Act', jurisdiction: 'Ruritania', procedure: 'free' };
  const twice = await visitor.postForm(
    '/legislation/tracks',
    { ...form, ownStages: 'Vote\nvote' },
    '/legislation/tracks/new',
  );
  expect([twice.status, twice.main]).toEqual([422, expect.stringContaining('One stage stands there twice.')]);
  const { location } = await visitor.postForm(
    '/legislation/tracks',
    { ...form, ownStages: 'Green Paper\r\n\r\nVote' },
    '/legislation/tracks/new',
  );
  const { $ } = await visitor.get(`${location!}/milestones/new`);
  expect($('option[value="green paper"]').text()).toBe('Green Paper');
  expect($('option[value="committee"]')).toHaveLength(0);
});
