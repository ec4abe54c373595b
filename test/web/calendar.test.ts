import { beforeEach, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import type { Types } from 'mongoose';
import request from 'supertest';
import { Snooze } from '../../src/attention/snooze.model.js';
import { Feed } from '../../src/calendar/feed.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  NOW,
  PASSWORD,
} from '../support/factories.js';
import { anIncoming, wasWrittenTo } from '../support/incoming.js';
import { aVisitor, signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let ana: SignedIn;
beforeEach(async () => {
  app = createTestApp({ baseUrl: 'https://answerable.example' });
  ana = await signInAs(app, 'staff');
});

/** Makes an address on the page for it. @returns its path */
async function makeAddress(by = ana): Promise<string> {
  const { $ } = await by.postForm('/account/calendar');
  return new URL($('main code').text()).pathname;
}

const fetchFrom = (path: string, headers: Record<string, string> = {}) =>
  request(app.app).get(path).set(headers);

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as never)
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one));

/** Each event as `summary @ when`. */
async function eventsAt(path: string): Promise<string[]> {
  const { status, text } = await fetchFrom(path);
  expect(status).toBe(200);
  return eventsIn(text).map(({ summary, startDate }) => `${summary} @ ${startDate.toString()}`);
}

/** A recipient of Ana's whose answer is due on 1 December where it is. */
async function aWaitedFor(own: object = {}) {
  const campaign = await aCampaign({ owner: ana.user._id });
  const organisation = await anOrganisation({ name: 'Größe, Söhne; Töchter' });
  const office = await anOffice({ organisation: organisation._id, timeZone: 'Pacific/Auckland' });
  return aRecipient({
    campaign: campaign._id,
    office: office._id,
    answerDueOn: '2026-12-01',
    lateFrom: new Date('2026-12-01T11:00:00Z'),
    ...own,
  });
}

describe('the address', () => {
  test('goes on after a change of password, which is said to whoever changes it', async () => {
    const path = await makeAddress();
    const words = { password: 'entirely different words', passwordAgain: 'entirely different words' };
    await ana.postForm('/account/password', { currentPassword: PASSWORD, ...words });
    expect((await ana.get('/account')).main).toContain('make a new one if somebody else may have it');
    expect((await fetchFrom(path)).status).toBe(200);
  });

  test('is made on a page of the account, shown once, and only its hash is stored', async () => {
    expect((await ana.get('/account')).$('main a[href="/account/calendar"]')).toHaveLength(1);
    expect((await ana.get('/account/calendar')).main).toContain('Your calendar has no address');
    const path = await makeAddress();
    expect(path).toMatch(/^\/calendar\/[\w-]{43}\.ics$/);
    const again = await ana.get('/account/calendar');
    expect(again.main).toContain('It was shown once and cannot be shown again.');
    const token = path.slice('/calendar/'.length, -'.ics'.length);
    expect(again.html).not.toContain(token);
    expect(JSON.stringify(await Feed.find().lean())).not.toContain(token);
    expect((await Feed.findOne().lean())!.tokenHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is opened without a session, and begins none', async () => {
    const answer = await fetchFrom(await makeAddress());
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('opens nothing once another one is made, or the calendar is switched off', async () => {
    const first = await makeAddress();
    const second = await makeAddress();
    expect(second).not.toBe(first);
    expect((await fetchFrom(first)).status).toBe(404);
    expect((await fetchFrom(second)).status).toBe(200);
    await ana.postForm('/account/calendar/removal', {}, '/account/calendar');
    expect((await fetchFrom(second)).status).toBe(404);
    expect((await ana.get('/account/calendar')).main).toContain('Your calendar has no address');
  });

  test.each([
    ['a closed account', { closedAt: NOW }],
    ['a partner', { role: 'partner' as const }],
  ])('opens nothing for %s', async (_who, change) => {
    const path = await makeAddress();
    await User.updateOne({ _id: ana.user._id }, { $set: change });
    const { status, text } = await fetchFrom(path);
    expect([status, text.includes('BEGIN:')]).toEqual([404, false]);
  });

  test.each([
    '/calendar/x.ics',
    `/calendar/${'A'.repeat(43)}.ics`,
    `/calendar/${'A'.repeat(500)}.ics`,
    '/calendar/%00.ics',
    '/calendar/.ics',
    '/calendar/',
  ])('%s opens nothing, in words that do not repeat it', async (path) => {
    await makeAddress();
    const { status, main } = await aVisitor(app).get(path);
    expect(status).toBe(404);
    expect(main).not.toContain('AAAA');
  });
});

describe('what is in it', () => {
  test('the days of a recipient on its own calendar, follow-ups at their moment, and what laws are expected to do', async () => {
    const recipient = await aWaitedFor({
      promisedFor: '2026-12-05',
      promisePassedFrom: new Date('2026-12-05T11:00:00Z'),
      acknowledgementMissingFrom: new Date('2026-11-26T11:00:00Z'),
    });
    const dueAt = new Date('2026-11-30T22:15:00Z');
    await aFollowUp({ recipient: recipient._id, state: 'scheduled', dueAt });
    await Track.create({
      title: 'Example Act',
      jurisdiction: 'Ruritania',
      createdAt: NOW,
      milestones: [
        { title: 'Vote', stage: 'final vote', expectedOn: '2026-12-20' },
        { title: 'Past vote', stage: 'committee', expectedOn: '2026-11-20', happenedOn: '2026-11-21' },
        { title: 'Old vote', stage: 'committee', happenedOn: '2026-08-25' },
      ],
    });
    expect(await eventsAt(await makeAddress())).toEqual([
      'Acknowledgement expected: Größe, Söhne; Töchter, Chief executive @ 2026-11-26',
      'Answer due: Größe, Söhne; Töchter, Chief executive @ 2026-12-01',
      'Promised for today: Größe, Söhne; Töchter, Chief executive @ 2026-12-05',
      'Follow-up (approved): Größe, Söhne; Töchter, Chief executive @ 2026-11-30T22:15:00Z',
      'Expected: Vote (Example Act) @ 2026-12-20',
      'Happened: Past vote (Example Act) @ 2026-11-21',
    ]);
  });

  test('is what is this person’s, and nobody else’s', async () => {
    const recipient = await aWaitedFor();
    const other = await signInAs(app, 'staff');
    const [mine, theirs] = [await makeAddress(), await makeAddress(other)];
    expect([await eventsAt(mine), await eventsAt(theirs)]).toEqual([[expect.any(String)], []]);
    await Recipient.updateOne({ _id: recipient._id }, { $set: { owner: other.user._id } });
    expect([await eventsAt(mine), await eventsAt(theirs)]).toEqual([[], [expect.any(String)]]);
  });

  test('leaves out what this person has put off, until it is another thing', async () => {
    const recipient = await aWaitedFor();
    const path = await makeAddress();
    const held = await aFollowUp({ recipient: recipient._id, state: 'held' });
    const due = `${held.dueAt.toISOString()} never never`;
    const put = (kind: 'late' | 'held', record: Types.ObjectId, facts: string) =>
      Snooze.create({ user: ana.user._id, kind, record, facts, until: '2026-11-26', createdAt: NOW });
    await put('late', recipient._id, '2026-12-01');
    await put('held', held._id, due);
    expect(await eventsAt(path)).toEqual([]);
    await FollowUp.updateOne({ _id: held._id }, { $set: { settledAt: NOW } });
    await Recipient.updateOne({ _id: recipient._id }, { $set: { answerDueOn: '2026-12-02' } });
    expect(await eventsAt(path)).toHaveLength(2);
    await Recipient.updateOne({ _id: recipient._id }, { $set: { answerDueOn: '2026-12-01' } });
    expect(await eventsAt(path)).toHaveLength(1);
    app.clock.set('2026-11-26T08:00:00Z');
    expect(await eventsAt(path)).toHaveLength(2);
  });

  test('no address, no words of a mail, no note and no holder', async () => {
    const recipient = await aWaitedFor({ notes: 'canary notes', holderName: 'canary holder' });
    await anEntry({ recipient: recipient._id, text: 'canary text', who: 'canary who' });
    await aFollowUp({
      recipient: recipient._id,
      state: 'scheduled',
      to: { name: 'canary', address: 'canary@example.org' },
      subject: 'canary subject',
      text: 'canary',
      stateReasons: ['canary'],
    });
    const letter = await wasWrittenTo(recipient);
    await anIncoming({ inReplyTo: letter, subject: 'canary subject', text: 'canary' }, app);
    const { text } = await fetchFrom(await makeAddress());
    expect(eventsIn(text).length).toBeGreaterThan(0);
    expect(text).not.toMatch(/canary/i);
    expect(text.replaceAll(/^UID:.*$/gm, '')).not.toContain('@');
  });
});

describe('asked again', () => {
  test('it has not changed until something in it has', async () => {
    const recipient = await aWaitedFor();
    const path = await makeAddress();
    const first = await fetchFrom(path);
    const etag = first.headers['etag']!;
    app.clock.pass({ hours: 1 });
    const second = await fetchFrom(path, { 'If-None-Match': etag });
    expect([second.status, second.text, second.headers['etag']]).toEqual([304, '', etag]);
    expect((await fetchFrom(path)).text).toBe(first.text);
    await Recipient.updateOne({ _id: recipient._id }, { $set: { answerDueOn: '2026-12-02' } });
    const third = await fetchFrom(path, { 'If-None-Match': etag });
    expect([third.status, third.headers['etag'] === etag]).toEqual([200, false]);
    const [before, after] = [first.text, third.text].map((text) => eventsIn(text)[0]!);
    expect(after!.uid).toBe(before!.uid);
    const changed = (event: ICAL.Event) => String(event.component.getFirstPropertyValue('last-modified'));
    expect([changed(before!), changed(after!)]).toEqual(['2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z']);
  });
});
