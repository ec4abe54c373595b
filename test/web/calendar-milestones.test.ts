import { beforeEach, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { Types } from 'mongoose';
import request from 'supertest';
import { readHappenings } from '../../src/calendar/read-feed.js';
import { addMilestone, editMilestone, markHappened } from '../../src/legislation/milestones.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let ana: SignedIn;
let address: string;
beforeEach(async () => {
  app = createTestApp({ baseUrl: 'https://answerable.example' });
  ana = await signInAs(app, 'staff');
  const { $ } = await ana.postForm('/account/calendar');
  address = new URL($('main code').text()).pathname;
});

const aLaw = (milestones: object[] = []) =>
  Track.create({ title: 'Example Act', jurisdiction: 'Ruritania', createdAt: NOW, milestones } as never);

const form = (own: object = {}) => ({
  title: 'Vote',
  stage: 'other',
  expectedOn: '2026-12-01',
  happenedOn: '',
  sourceLink: '',
  sourceSeenOn: '',
  note: '',
  wasMistake: false,
  ...own,
});

async function read() {
  const { status, text } = await request(app.app).get(address);
  expect(status).toBe(200);
  return { text, events: eventsIn(text) };
}

function eventsIn(text: string) {
  const components = new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent');
  return components.map((one) => ({
    uid: String(one.getFirstPropertyValue('uid')),
    summary: String(one.getFirstPropertyValue('summary')),
    start: String(one.getFirstPropertyValue('dtstart')),
    sequence: Number(one.getFirstPropertyValue('sequence')),
    stamp: String(one.getFirstPropertyValue('dtstamp')),
    modified: String(one.getFirstPropertyValue('last-modified')),
  }));
}

test('a milestone that slips, and then happens, stays the same event, each time with a higher number', async () => {
  const { _id } = await aLaw();
  const writing = () => ({ by: ana.user._id, now: app.clock.now() });
  await addMilestone(_id, form(), writing());
  const { _id: milestone } = (await Track.findById(_id).lean<TrackRecord>())!.milestones[0]!;
  const seen = [(await read()).events];
  for (const expectedOn of ['2026-12-20', '2027-Q1']) {
    app.clock.pass({ hours: 1 });
    await editMilestone(_id, milestone, form({ expectedOn }), writing());
    seen.push((await read()).events);
  }
  app.clock.set('2027-02-10T12:00:00Z');
  await markHappened(_id, milestone, '2027-02-09', writing());
  seen.push((await read()).events);
  const uid = `milestone-${String(milestone)}@answerable.example`;
  const told = seen.map(([event, ...more]) => [
    event!.uid,
    event!.summary,
    event!.start,
    event!.sequence,
    more.length,
  ]);
  expect(told).toEqual([
    [uid, 'Expected: Vote (Example Act)', '2026-12-01', 0, 0],
    [uid, 'Expected: Vote (Example Act)', '2026-12-20', 1, 0],
    [uid, 'Expected some time in the first quarter of 2027: Vote (Example Act)', '2027-03-31', 2, 0],
    [uid, 'Happened: Vote (Example Act)', '2027-02-09', 3, 0],
  ]);
  const modified = seen.map(([event]) => event!.modified);
  expect(new Set(modified).size).toBe(4);
  expect(modified).toEqual(modified.toSorted());
});

test('a date that was a mistake is no slip', async () => {
  const { _id } = await aLaw();
  const writing = { by: ana.user._id, now: NOW };
  await addMilestone(_id, form(), writing);
  const { _id: milestone } = (await Track.findById(_id).lean<TrackRecord>())!.milestones[0]!;
  await editMilestone(_id, milestone, form({ expectedOn: '2026-12-02', wasMistake: true }), writing);
  expect((await read()).events[0]).toMatchObject({ start: '2026-12-02', sequence: 0 });
  expect(await readHappenings(ana.user, { from: app.deps.post.from, now: NOW, follows: NOW })).toEqual([]);
});

test('ten thousand milestones are one calendar that somebody else’s program reads, with everything an event must have', async () => {
  const title = 'Größe und Zuständigkeit, zweite Lesung; in einem Satz, der über mehrere Zeilen geht 👩‍👩‍👧‍👦';
  const dates = ['2027-01-15', '2027-02', '2027-Q3', '2028'];
  const milestones = (law: number) =>
    Array.from({ length: 200 }, (_, n) => ({
      _id: new Types.ObjectId(),
      title: `${title} ${law}`,
      stage: 'other',
      expectedOn: dates[n % 4],
    }));
  const laws = Array.from({ length: 50 }, (_, n) => ({
    _id: new Types.ObjectId(),
    title: `Act ${n}`,
    procedure: 'free',
    milestones: milestones(n),
  }));
  await Track.collection.insertMany(laws);
  const { text, status } = await request(app.app).get(address);
  expect(status).toBe(200);
  const lines = text.split('\r\n').map((line) => Buffer.byteLength(line));
  expect(lines.reduce((longest, one) => Math.max(longest, one))).toBeLessThanOrEqual(75);
  const events = eventsIn(text);
  expect(events).toHaveLength(10_000);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(10_000);
  const incomplete = events.filter(({ uid, stamp, start }) =>
    [uid, stamp, start].some((one) => one === 'null'),
  );
  expect(incomplete).toEqual([]);
}, 60_000);
