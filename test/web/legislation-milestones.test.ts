import { beforeEach, expect, test } from '@jest/globals';
import { Track, type MilestoneRecord, type TrackRecord } from '../../src/legislation/track.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { aVisitor, signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

const UNKNOWN = 'ffffffffffffffffffffffff';
const fields = {
  title: 'Vote in the lower house',
  stage: 'final vote',
  expectedOn: '2026-12-01',
  happenedOn: '',
  sourceLink: 'https://parliament.example.org/votes',
  note: 'Announced by the speaker.',
};

let app: ReturnType<typeof createTestApp>;
let visitor: Visitor;
let track: string;
beforeEach(async () => {
  app = createTestApp();
  visitor = await signInAs(app, 'staff');
  const { _id } = await Track.create({ title: 'Example Act', jurisdiction: 'Ruritania', createdAt: NOW });
  track = `/tracks/${String(_id)}`;
});

const milestones = async (): Promise<MilestoneRecord[]> =>
  (await Track.findOne().lean<TrackRecord>())!.milestones;

async function aMilestone(own: Partial<typeof fields> = {}): Promise<string> {
  await visitor.postForm(`${track}/milestones`, { ...fields, ...own }, `${track}/milestones/new`);
  return `${track}/milestones/${String((await milestones()).at(-1)!._id)}`;
}

test('a milestone is added, and the track shows it with its source', async () => {
  await aMilestone();
  const { main, $ } = await visitor.get(track);
  expect(main).toContain('Vote in the lower house expected on 1 December 2026, in 7 days');
  expect(main).toContain('Final vote');
  expect($(`a[href="${fields.sourceLink}"]`).attr('rel')).toBe('noreferrer');
});

test('a milestone without any day is refused with what was typed still there', async () => {
  const { status, main, $ } = await visitor.postForm(
    `${track}/milestones`,
    { ...fields, expectedOn: '' },
    `${track}/milestones/new`,
  );
  expect(status).toBe(422);
  expect(main).toContain('Enter the day it is expected, or the day it happened.');
  expect($('[name=title]').val()).toBe(fields.title);
  expect($('[name=stage] option[selected]').attr('value')).toBe('final vote');
  expect(await milestones()).toEqual([]);
});

test('milestones stand in time order, however they were entered', async () => {
  await aMilestone({ title: 'Third', expectedOn: '2027-01-01' });
  await aMilestone({ title: 'First', expectedOn: '', happenedOn: '2025-01-01' });
  await aMilestone({ title: 'Second', expectedOn: '2026-12-01' });
  const { $ } = await visitor.get(track);
  expect(
    $('.milestones h3')
      .toArray()
      .map((heading) => $(heading).text()),
  ).toEqual(['First', 'Second', 'Third']);
});

test('a milestone is edited and keeps its place among the others', async () => {
  await aMilestone({ title: 'Another' });
  const address = await aMilestone();
  const form = await visitor.get(`${address}/edit`);
  expect(form.$('[name=note]').val()).toBe(fields.note);
  const wrong = await visitor.postForm(address, { ...fields, title: '' }, `${address}/edit`);
  expect(wrong.status).toBe(422);
  const right = await visitor.postForm(address, { ...fields, expectedOn: '2026-12-03' }, `${address}/edit`);
  expect(right.location).toBe(track);
  expect((await milestones()).map(({ title, expectedOn }) => [title, expectedOn])).toEqual([
    ['Another', '2026-12-01'],
    [fields.title, '2026-12-03'],
  ]);
});

test('an expected day that has passed is asked about', async () => {
  await aMilestone({ expectedOn: '2026-11-23' });
  const { main, $ } = await visitor.get(track);
  expect(main).toContain('was expected by 23 November 2026; it should have happened: check');
  expect($('.milestones details').attr('open')).toBeDefined();
});

test('a milestone that happened keeps the day it was expected', async () => {
  const address = await aMilestone({ expectedOn: '2026-11-20' });
  const answer = await visitor.postForm(`${address}/happening`, { happenedOn: '2026-11-23' }, track);
  expect(answer.location).toBe(track);
  expect(await milestones()).toMatchObject([{ expectedOn: '2026-11-20', happenedOn: '2026-11-23' }]);
  const { main, $ } = await visitor.get(track);
  expect(main).toContain('23 November 2026 (expected on 20 November 2026)');
  expect($('.milestones details')).toHaveLength(0);
});

test.each([
  ['2026-11-25', 'That day is still to come.'],
  ['', 'Enter the day it happened.'],
])('a milestone cannot have happened on %j', async (happenedOn, sentence) => {
  const address = await aMilestone({ expectedOn: '2026-11-20' });
  const { status, main, $ } = await visitor.postForm(`${address}/happening`, { happenedOn }, track);
  expect(status).toBe(422);
  expect(main).toContain(sentence);
  const field = $('.error-summary a').attr('href')!;
  expect($(field).val()).toBe(happenedOn);
  expect((await milestones())[0]!.happenedOn ?? null).toBeNull();
});

test('what was marked by somebody else meanwhile is not marked over', async () => {
  const address = await aMilestone({ expectedOn: '2026-11-20' });
  await visitor.postForm(`${address}/happening`, { happenedOn: '2026-11-23' }, track);
  const { status, main } = await visitor.postForm(
    `${address}/happening`,
    { happenedOn: '2026-11-24' },
    track,
  );
  expect(status).toBe(409);
  expect(main).toContain('It is marked as happened already.');
  expect((await milestones())[0]!.happenedOn).toBe('2026-11-23');
});

test('"today" is the calendar day where the reader is', async () => {
  app.clock.set('2026-11-24T23:30:00Z');
  const address = await aMilestone({ expectedOn: '2026-11-20' });
  const inLondon = await visitor.postForm(`${address}/happening`, { happenedOn: '2026-11-25' }, track);
  expect(inLondon.status).toBe(422);
  app.clock.set('2026-11-25T00:30:00Z');
  const later = await visitor.postForm(`${address}/happening`, { happenedOn: '2026-11-25' }, track);
  expect(later.status).toBe(302);
});

test('whoever is not signed in is asked to, and partners are not let in', async () => {
  expect((await aVisitor(app).get(track)).location).toBe(`/sign-in?next=${encodeURIComponent(track)}`);
  const partner = await signInAs(app, 'partner');
  expect((await partner.get(`${track}/milestones/new`)).status).toBe(403);
  const post = await partner.postForm(`${track}/milestones`, fields, '/account');
  expect([post.status, await milestones()]).toEqual([403, []]);
});

test('a milestone of another track, or of none, is not found', async () => {
  const address = await aMilestone();
  const milestone = address.split('/').at(-1);
  for (const unknown of [`/tracks/${UNKNOWN}/milestones/${milestone}`, `${track}/milestones/${UNKNOWN}`]) {
    expect((await visitor.get(`${unknown}/edit`)).status).toBe(404);
    expect((await visitor.postForm(unknown, fields, track)).status).toBe(404);
    expect((await visitor.postForm(`${unknown}/happening`, { happenedOn: '2026-11-23' }, track)).status).toBe(
      404,
    );
  }
  expect((await visitor.get(`/tracks/${UNKNOWN}/milestones/new`)).status).toBe(404);
});
