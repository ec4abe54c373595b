import { beforeEach, expect, test } from '@jest/globals';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { seedTracks } from '../../src/legislation/seed-tracks.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { aVisitor, signInAs } from '../support/visitor.js';

useDatabase();

let app: TestApp;
beforeEach(() => {
  app = createTestApp();
});

const fields = {
  title: 'Example Act',
  jurisdiction: 'Ruritania',
  reference: 'HB 12',
  summary: 'Companies answer letters.',
  sourceLink: 'https://parliament.example.org/hb12',
  procedure: 'free' as const,
};
const UNKNOWN = 'ffffffffffffffffffffffff';

const onlyTrack = async (): Promise<TrackRecord> => (await Track.findOne().lean<TrackRecord>())!;

test('the overview says what a track is while there is none', async () => {
  const { main } = await (await signInAs(app, 'staff')).get('/legislation');
  expect(main).toContain('no law is followed. Follow a UK bill by its number, or start a track');
});

test('staff add a track, and its page asks for milestones', async () => {
  const visitor = await signInAs(app, 'staff');
  const answer = await visitor.postForm('/legislation/tracks', fields, '/legislation/tracks/new');
  const track = await onlyTrack();
  expect(track).toMatchObject({ ...fields, createdAt: NOW });
  expect(answer.location).toBe(`/tracks/${String(track._id)}`);
  const page = await visitor.get(answer.location!);
  expect(page.main).toContain('Ruritania, HB 12');
  expect(page.main).toContain('None is written down.');
  expect(page.$('a[rel=noreferrer]').attr('href')).toBe(fields.sourceLink);
});

test('a track without a title is refused with what was typed still there', async () => {
  const visitor = await signInAs(app, 'staff');
  const typed = { ...fields, title: '', sourceLink: 'javascript:alert(1)' };
  const { status, main, $ } = await visitor.postForm('/legislation/tracks', typed, '/legislation/tracks/new');
  expect(status).toBe(422);
  expect(main).toContain('Give the track a title');
  expect($('[name=sourceLink]').val()).toBe('javascript:alert(1)');
  expect($('[name=jurisdiction]').val()).toBe('Ruritania');
  expect(await Track.countDocuments()).toBe(0);
});

test('a track is edited, and refused when it is wrong', async () => {
  const { _id } = await Track.create({ ...fields, createdAt: NOW });
  const visitor = await signInAs(app, 'admin');
  const form = await visitor.get(`/tracks/${String(_id)}/edit`);
  expect(form.$('[name=summary]').val()).toBe(fields.summary);
  const at = `/tracks/${String(_id)}`;
  const wrong = await visitor.postForm(at, { ...fields, jurisdiction: '' }, `${at}/edit`);
  expect([wrong.status, (await onlyTrack()).jurisdiction]).toEqual([422, 'Ruritania']);
  const right = await visitor.postForm(at, { ...fields, title: 'Example Act 2026' }, `${at}/edit`);
  expect(right.location).toBe(at);
  expect((await onlyTrack()).title).toBe('Example Act 2026');
});

test('the overview shows each track with its latest and its next milestone', async () => {
  await Track.create({
    ...fields,
    createdAt: NOW,
    milestones: [
      { title: 'Introduced', stage: 'proposed', happenedOn: '2026-01-10' },
      { title: 'Hearing', stage: 'committee', expectedOn: '2026-02-01', happenedOn: '2026-03-01' },
      { title: 'Vote', stage: 'final vote', expectedOn: '2026-12-01' },
    ],
  });
  const { main } = await (await signInAs(app, 'staff')).get('/legislation');
  expect(main).toContain('Hearing (Committee): 1 March 2026, moved once: first expected on 1 February 2026');
  expect(main).toContain('Vote (Final vote): 1 December 2026');
});

test('the overview is drawn anew once a law has changed, and never swallows what a page has to say', async () => {
  const visitor = await signInAs(app, 'staff');
  const { location } = await visitor.postForm('/legislation/tracks', fields, '/legislation/tracks/new');
  const before = await visitor.get('/legislation');
  expect(before.html).toContain('The track is saved. Add its milestones next.');
  expect(before.main).toContain('Nothing has happened yet.');
  const first = { title: 'Introduced', stage: 'proposed', happenedOn: '2026-01-10' };
  await visitor.postForm(`${location!}/milestones`, first, `${location!}/milestones/new`);
  const after = await visitor.get('/legislation');
  expect(after.html).toContain('The milestone is saved.');
  expect(after.main).toContain('Introduced (Proposed or introduced): 10 January 2026');
});

test('the two laws named with the letter are shown as they are known, however often they are seeded', async () => {
  await seedTracks(NOW);
  await seedTracks(NOW);
  const visitor = await signInAs(app, 'staff');
  const { main, $ } = await visitor.get('/legislation');
  expect($('.tracks > li')).toHaveLength(2);
  expect(main).toContain('Royal Assent: 26 October 2023');
  expect(main).toContain('European Union, 2022/0155(COD)');
  expect(main).toContain('Proposed (Proposal by the Commission): 11 May 2022');
  expect($('.tracks dt').text()).not.toContain('Should have happened');
  expect(main).toContain('Passed, United Kingdom');
  const bill = await visitor.get($('a:contains("Online Safety Bill")').attr('href')!);
  expect(bill.main).toContain(
    'was expected by 19 September 2023; the day it happened is not recorded. “Royal Assent” followed on 26 October 2023.',
  );
  expect(bill.main).toContain(
    'Source: the report of 18 September 2023, which said that it could pass on this day.',
  );
});

test('whoever is not signed in is asked to, and partners are not let in', async () => {
  expect((await aVisitor(app).get('/legislation')).location).toBe('/sign-in?next=%2Flegislation');
  expect((await (await signInAs(app, 'partner')).get('/legislation')).status).toBe(403);
});

test.each(['/tracks/' + UNKNOWN, '/tracks/nothing', `/tracks/${UNKNOWN}/edit`])(
  'there is nothing at %s',
  async (address) => {
    expect((await (await signInAs(app, 'staff')).get(address)).status).toBe(404);
  },
);
