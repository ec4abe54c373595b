import { beforeEach, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import request from 'supertest';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { readAtom } from '../support/atom.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, NOW } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let ana: SignedIn;
let partner: SignedIn;
beforeEach(async () => {
  app = createTestApp({ baseUrl: 'https://answerable.example' });
  ana = await signInAs(app, 'staff');
  const { _id } = await aCampaign();
  partner = await signInAs(app, await aUser({ role: 'partner', campaigns: [_id] }));
});

async function makeAddress(by: SignedIn, kind: 'calendar' | 'atom'): Promise<string> {
  const path = kind === 'atom' ? '/account/calendar/atom' : '/account/calendar';
  const { $ } = await by.postForm(path, {}, '/account/calendar');
  return new URL($('main code').text()).pathname;
}

async function textAt(path: string): Promise<string> {
  const { status, text } = await request(app.app).get(path).buffer(true);
  expect(status).toBe(200);
  return text;
}

async function eventsAt(path: string) {
  const calendar = new ICAL.Component(ICAL.parse(await textAt(path)) as never);
  return calendar.getAllSubcomponents('vevent').map((one) => ({
    uid: String(one.getFirstPropertyValue('uid')),
    summary: String(one.getFirstPropertyValue('summary')),
    start: String(one.getFirstPropertyValue('dtstart')),
    sequence: Number(one.getFirstPropertyValue('sequence')),
    status: one.getFirstPropertyValue('status'),
    url: String(one.getFirstPropertyValue('url')),
  }));
}
const entriesAt = async (path: string) => readAtom(await textAt(path)).entries;

/** One step to come that has moved once, and one that happened. */
async function aLaw(): Promise<TrackRecord> {
  const moved = { field: 'expectedOn', value: '2026-12-01', until: new Date('2026-11-10T09:30:00Z') };
  const { _id } = await Track.create({
    title: 'Example Act',
    jurisdiction: 'Ruritania',
    createdAt: NOW,
    milestones: [
      { title: 'Vote', stage: 'other', expectedOn: '2026-12-20', formerly: [moved] as never },
      { title: 'Hearing', stage: 'other', happenedOn: '2026-11-05' },
    ],
  });
  return (await Track.findById(_id).lean<TrackRecord>())!;
}

const law = ({ _id }: TrackRecord) => `/tracks/${String(_id)}`;
const milestoneOf = (track: TrackRecord, n: number) =>
  `${law(track)}/milestones/${String(track.milestones[n]!._id)}`;
const remove = (at: string) => ana.postForm(`${at}/removal`, { why: 'Entered twice.' });
const later = () => app.clock.pass({ hours: 26 });

const BY_MISTAKE = 'Removed: a milestone that was entered by mistake';

describe('the calendar', () => {
  test('of the staff cancels a milestone that was removed, as the event that it was', async () => {
    const track = await aLaw();
    const path = await makeAddress(ana, 'calendar');
    const [vote, hearing] = await eventsAt(path);
    expect(vote).toMatchObject({ summary: 'Expected: Vote (Example Act)', sequence: 1, status: null });
    later();
    await remove(milestoneOf(track, 0));
    expect(await eventsAt(path)).toEqual([
      hearing,
      {
        uid: vote!.uid,
        summary: 'Removed: Vote (Example Act)',
        start: '2026-12-20',
        sequence: 2,
        status: 'CANCELLED',
        url: `https://answerable.example${law(track)}`,
      },
    ]);
    later();
    await ana.postForm(`${milestoneOf(track, 0)}/return`, {}, law(track));
    expect((await eventsAt(path)).find(({ uid }) => uid === vote!.uid)).toEqual({ ...vote, sequence: 3 });
  });

  test('of a partner cancels it without a word of what it was', async () => {
    const track = await aLaw();
    const path = await makeAddress(partner, 'calendar');
    const before = await eventsAt(path);
    later();
    await remove(milestoneOf(track, 0));
    const after = await eventsAt(path);
    expect(after.map(({ uid }) => uid).toSorted()).toEqual(before.map(({ uid }) => uid).toSorted());
    expect(after.find(({ status }) => status)).toMatchObject({
      uid: before[0]!.uid,
      summary: BY_MISTAKE,
      start: '2026-12-20',
      sequence: 2,
      status: 'CANCELLED',
      url: 'https://answerable.example/shared',
    });
    expect(await textAt(path)).not.toContain('Vote');
  });

  test('cancels every milestone of a law that was removed, and has them back when the law is', async () => {
    const track = await aLaw();
    const paths = [await makeAddress(ana, 'calendar'), await makeAddress(partner, 'calendar')];
    later();
    await remove(law(track));
    for (const path of paths) {
      const told = (await eventsAt(path)).map(({ status, sequence }) => [status, sequence]);
      expect(told).toEqual([
        ['CANCELLED', 2],
        ['CANCELLED', 2],
      ]);
    }
    expect(await textAt(paths[1]!)).not.toMatch(/Vote|Hearing|Example Act/);
    await ana.postForm(`${law(track)}/return`, {}, law(track));
    for (const path of paths)
      expect((await eventsAt(path)).map(({ status, sequence }) => [status, sequence])).toEqual([
        [null, 3],
        [null, 3],
      ]);
  });

  test('says nothing of it at an address that was made since, nor after ninety days', async () => {
    const track = await aLaw();
    const path = await makeAddress(ana, 'calendar');
    later();
    await remove(milestoneOf(track, 0));
    later();
    expect((await eventsAt(await makeAddress(partner, 'calendar'))).map(({ summary }) => summary)).toEqual([
      'Happened: Hearing (Example Act)',
    ]);
    app.clock.set('2027-02-23T15:00:00Z');
    expect((await eventsAt(path)).map(({ status }) => status)).toEqual([]);
  });

  test('has no event for what it never had: a day that was over long before', async () => {
    const track = await aLaw();
    await Track.updateOne({ _id: track._id }, { $set: { 'milestones.1.happenedOn': '2026-05-05' } });
    const path = await makeAddress(ana, 'calendar');
    later();
    await remove(milestoneOf(track, 1));
    expect((await eventsAt(path)).map(({ summary }) => summary)).toEqual(['Expected: Vote (Example Act)']);
  });
});

describe('the feed of what happened', () => {
  test('takes back whatever it told of a removed milestone, each under its old id', async () => {
    const track = await aLaw();
    const path = await makeAddress(ana, 'atom');
    const before = await entriesAt(path);
    expect(before.map(({ title }) => title)).toEqual([
      'Expected on 20 December 2026, formerly on 1 December 2026: Vote (Example Act)',
      'Happened on 5 November 2026: Hearing (Example Act)',
    ]);
    later();
    await remove(milestoneOf(track, 0));
    await remove(milestoneOf(track, 1));
    const after = await entriesAt(path);
    expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
    expect(after.map(({ title }) => title).toSorted()).toEqual([
      'Removed: Hearing (Example Act)',
      'Removed: Vote (Example Act)',
    ]);
    expect(new Set(after.map(({ updated }) => updated))).toEqual(new Set([app.clock.now().toISOString()]));
    await ana.postForm(`${milestoneOf(track, 1)}/return`, {}, law(track));
    expect((await entriesAt(path)).map(({ title }) => title)).toEqual([
      'Removed: Vote (Example Act)',
      'Happened on 5 November 2026: Hearing (Example Act)',
    ]);
  });

  test('of a partner takes it back to the day, without a word of what it was', async () => {
    const track = await aLaw();
    const path = await makeAddress(partner, 'atom');
    const before = await entriesAt(path);
    later();
    await remove(law(track));
    const after = await entriesAt(path);
    expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
    for (const { title, updated } of after)
      expect([title, updated]).toEqual([BY_MISTAKE, '2026-11-25T00:00:00.000Z']);
    expect(await textAt(path)).not.toMatch(/Vote|Hearing|Example Act/);
    later();
    expect(await entriesAt(await makeAddress(partner, 'atom'))).toEqual([]);
  });

  test('has nothing to take back of a milestone that was only expected', async () => {
    const track = await aLaw();
    await Track.updateOne({ _id: track._id }, { $set: { 'milestones.0.formerly': [] } });
    const path = await makeAddress(ana, 'atom');
    later();
    await remove(milestoneOf(track, 0));
    expect((await entriesAt(path)).map(({ title }) => title)).toEqual([
      'Happened on 5 November 2026: Hearing (Example Act)',
    ]);
  });
});

test('whoever follows is told at once: the calendar has changed as soon as something is removed', async () => {
  const track = await aLaw();
  const path = await makeAddress(ana, 'calendar');
  const { headers } = await request(app.app).get(path);
  const again = () => request(app.app).get(path).set('If-None-Match', headers['etag']!);
  expect((await again()).status).toBe(304);
  later();
  await remove(milestoneOf(track, 1));
  expect((await again()).status).toBe(200);
});
