import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { Feed } from '../../src/calendar/feed.model.js';
import { Entry } from '../../src/history/entry.model.js';
import { addMilestone, editMilestone } from '../../src/legislation/milestones.js';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { readAtom } from '../support/atom.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  NOW,
} from '../support/factories.js';
import { aVisitor, signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let ana: SignedIn;
beforeEach(async () => {
  app = createTestApp({ baseUrl: 'https://answerable.example' });
  ana = await signInAs(app, 'staff');
});

async function makeAddress(kind: 'calendar' | 'atom' = 'atom', by = ana): Promise<string> {
  const path = kind === 'atom' ? '/account/calendar/atom' : '/account/calendar';
  const { $ } = await by.postForm(path, {}, '/account/calendar');
  return new URL($('main code').text()).pathname;
}

const fetchFrom = (path: string, headers: Record<string, string> = {}) =>
  request(app.app).get(path).set(headers).buffer(true);

async function entriesAt(path: string) {
  const { status, text } = await fetchFrom(path);
  expect(status).toBe(200);
  return readAtom(text).entries;
}
const titlesAt = async (path: string) => (await entriesAt(path)).map(({ title }) => title);

async function aRecipientOfMine(organisationName = 'Größe & Söhne') {
  const campaign = await aCampaign({ owner: ana.user._id });
  const organisation = await anOrganisation({ name: organisationName });
  const office = await anOffice({ organisation: organisation._id });
  return aRecipient({ campaign: campaign._id, office: office._id });
}

describe('the address', () => {
  test('is another one than the calendar’s, and each is renewed and switched off alone', async () => {
    const [ics, atom] = [await makeAddress('calendar'), await makeAddress('atom')];
    expect(atom).toMatch(/^\/calendar\/[\w-]{43}\.atom$/);
    expect((await fetchFrom(ics.replace('.ics', '.atom'))).status).toBe(404);
    expect((await fetchFrom(atom.replace('.atom', '.ics'))).status).toBe(404);
    const renewed = await makeAddress('atom');
    const statuses = async () =>
      Promise.all([ics, atom, renewed].map(async (path) => (await fetchFrom(path)).status));
    expect(await statuses()).toEqual([200, 404, 200]);
    const { main } = await ana.get('/account/calendar');
    expect(main).toContain('Your calendar has an address since');
    expect(main).toContain('Your feed has an address since');
    await ana.postForm('/account/calendar/atom/removal', {}, '/account/calendar');
    expect(await statuses()).toEqual([200, 404, 404]);
    expect((await ana.get('/account/calendar')).main).toContain('Your feed has no address');
  });

  test('is one for each kind, whoever presses the button twice', async () => {
    const token = await ana.tokenFrom('/account/calendar');
    const made = await Promise.all(
      Array.from({ length: 5 }, () =>
        ana.postRaw('/account/calendar/atom', `_csrf=${encodeURIComponent(token)}`),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await Feed.countDocuments({ user: ana.user._id })).toBe(1);
  });

  test('is opened by HEAD as well, without a session, and is kept by no shared cache', async () => {
    for (const kind of ['calendar', 'atom'] as const) {
      const path = await makeAddress(kind);
      const [head, get] = [await request(app.app).head(path), await fetchFrom(path)];
      expect([head.status, head.text ?? '']).toEqual([200, '']);
      for (const { headers } of [head, get]) {
        expect(headers['cache-control']).toBe('private, no-cache');
        expect(headers['referrer-policy']).toBe('no-referrer');
        expect(headers['set-cookie']).toBeUndefined();
      }
      expect(head.headers['etag']).toBe(get.headers['etag']);
    }
  });

  test('that opens nothing says so in the same way, whatever the reason is', async () => {
    const renewed = await makeAddress();
    await makeAddress();
    const [gone, left] = [await signInAs(app, 'staff'), await signInAs(app, 'staff')];
    const [closed, changed] = [await makeAddress('atom', gone), await makeAddress('atom', left)];
    await User.updateOne({ _id: gone.user._id }, { $set: { closedAt: NOW } });
    await User.updateOne({ _id: left.user._id }, { $set: { role: 'partner' } });
    const answers = await Promise.all(
      [renewed, closed, changed, `/calendar/${'A'.repeat(43)}.atom`, '/calendar/x.atom'].map((path) =>
        fetchFrom(path),
      ),
    );
    const told = answers.map(({ status, text, headers }) => ({
      status,
      text,
      cookie: headers['set-cookie'],
      cache: headers['cache-control'],
      referrer: headers['referrer-policy'],
    }));
    expect(told[0]).toMatchObject({
      status: 404,
      cookie: undefined,
      cache: 'no-store',
      referrer: 'no-referrer',
    });
    for (const one of told) expect(one).toEqual(told[0]);
  });
});

describe('what is in it', () => {
  test('contact with the recipients that are this person’s, and what happened to laws, the latest first', async () => {
    const recipient = await aRecipientOfMine();
    const at = (day: number) => ({
      recipient: recipient._id,
      occurredAt: new Date(Date.UTC(2026, 10, day, 9, 30)),
    });
    await anEntry({ ...at(20), kind: 'email', direction: 'out' });
    await anEntry({ ...at(21), kind: 'email', direction: 'in', receivedAs: 'auto-reply' });
    await anEntry({ ...at(22), kind: 'meeting', direction: 'none' });
    await anEntry({ ...at(22), kind: 'note', direction: 'none' });
    await anEntry({ ...at(23), kind: 'call', direction: 'in', receivedAs: 'reply' });
    await Track.create({
      title: 'Example Act',
      jurisdiction: 'Ruritania',
      createdAt: NOW,
      milestones: [{ title: 'Vote', stage: 'other', happenedOn: '2026-11-21' }],
    });
    const entries = await entriesAt(await makeAddress());
    expect(entries.map(({ title, updated }) => `${title} @ ${updated}`)).toEqual([
      'Call from them: Größe & Söhne, Chief executive @ 2026-11-23T09:30:00.000Z',
      'Meeting: Größe & Söhne, Chief executive @ 2026-11-22T09:30:00.000Z',
      'Happened on 21 November 2026: Vote (Example Act) @ 2026-11-21T00:00:00.000Z',
      'Email from us: Größe & Söhne, Chief executive @ 2026-11-20T09:30:00.000Z',
    ]);
    const opened = await Promise.all(entries.map(({ link }) => ana.get(link.replace(/^https:..[^/]+/, ''))));
    expect(opened.map(({ status }) => status)).toEqual([302, 302, 200, 302]);
  });

  test('not what is somebody else’s, until one looks after it', async () => {
    const bob = await signInAs(app, 'staff');
    const recipient = await aRecipientOfMine();
    await anEntry({ recipient: recipient._id });
    const [mine, theirs] = [await makeAddress('atom', ana), await makeAddress('atom', bob)];
    const counts = async () => [(await titlesAt(mine)).length, (await titlesAt(theirs)).length];
    expect(await counts()).toEqual([1, 0]);
    await Recipient.updateOne({ _id: recipient._id }, { $set: { owner: bob.user._id } });
    expect(await counts()).toEqual([0, 1]);
  });

  test('an entry that was corrected, and corrected again, stays the same, and one that was taken back is gone', async () => {
    const recipient = await aRecipientOfMine();
    const path = await makeAddress();
    const first = await anEntry({ recipient: recipient._id, kind: 'call' });
    const ids = [(await entriesAt(path)).map(({ id }) => id)];
    const second = await anEntry({ recipient: recipient._id, kind: 'meeting', supersedes: first._id });
    const third = await anEntry({ recipient: recipient._id, kind: 'letter', supersedes: second._id });
    const corrected = await entriesAt(path);
    ids.push(corrected.map(({ id }) => id));
    expect(ids[1]).toEqual(ids[0]);
    expect(corrected[0]!.title).toMatch(/^Letter from us: /);
    await anEntry({ recipient: recipient._id, kind: 'correction', direction: 'none', supersedes: third._id });
    expect(await entriesAt(path)).toEqual([]);
  });

  test('each time that an expected date moved, when that was said', async () => {
    const { _id } = await Track.create({ title: 'Example Act', jurisdiction: 'Ruritania', createdAt: NOW });
    const form = {
      title: 'Vote',
      stage: 'other',
      happenedOn: '',
      sourceLink: '',
      sourceSeenOn: '',
      note: '',
      wasMistake: false,
    };
    const writing = () => ({ by: ana.user._id, now: app.clock.now() });
    await addMilestone(_id, { ...form, expectedOn: '2026-12-01' }, writing());
    const { _id: milestone } = (await Track.findById(_id).lean<TrackRecord>())!.milestones[0]!;
    const path = await makeAddress();
    expect(await titlesAt(path)).toEqual([]);
    app.clock.pass({ hours: 1 });
    await editMilestone(_id, milestone, { ...form, expectedOn: '2027-Q1' }, writing());
    expect((await entriesAt(path)).map(({ title, updated }) => `${title} @ ${updated}`)).toEqual([
      'Expected in the first quarter of 2027, formerly on 1 December 2026: Vote (Example Act) @ 2026-11-24T13:00:00.000Z',
    ]);
  });

  test('the latest hundred, where there are more', async () => {
    const recipient = await aRecipientOfMine();
    const { _id: _, ...entry } = await anEntry({ recipient: recipient._id });
    const more = Array.from({ length: 120 }, (_one, n) => ({
      ...entry,
      occurredAt: new Date(Date.UTC(2026, 0, 1, n)),
    }));
    await Entry.insertMany(more);
    const dates = (await entriesAt(await makeAddress())).map(({ updated }) => updated);
    expect(dates).toHaveLength(100);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(dates.at(-1)).toBe('2026-01-01T21:00:00.000Z');
  });
});

test('asked again it has not changed until something in it has', async () => {
  const recipient = await aRecipientOfMine();
  const path = await makeAddress();
  const first = await fetchFrom(path);
  expect(first.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  const etag = first.headers['etag']!;
  app.clock.pass({ hours: 1 });
  const second = await fetchFrom(path, { 'If-None-Match': etag });
  expect([second.status, second.text, second.headers['etag']]).toEqual([304, '', etag]);
  await anEntry({ recipient: recipient._id });
  const third = await fetchFrom(path, { 'If-None-Match': etag });
  expect([third.status, third.headers['etag'] === etag]).toEqual([200, false]);
  const [before, after] = [first, third].map(({ text }) => readAtom(text));
  expect([before!.updated, after!.updated]).toEqual(['2026-11-24T12:00:00.000Z', '2026-11-24T13:00:00.000Z']);
  expect(after!.id).toBe(before!.id);
});

test('nobody makes an address without being signed in', async () => {
  await aUser();
  const visitor = aVisitor(app);
  expect((await visitor.get('/account/calendar')).location).toBe('/sign-in?next=%2Faccount%2Fcalendar');
});
