import { beforeEach, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import request from 'supertest';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { readAtom } from '../support/atom.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  NOW,
} from '../support/factories.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let partner: SignedIn;
let campaign: Awaited<ReturnType<typeof aCampaign>>;
let page: string;
beforeEach(async () => {
  app = createTestApp({ baseUrl: 'https://answerable.example' });
  campaign = await aCampaign({ timeZone: 'Pacific/Auckland' });
  page = `https://answerable.example/shared/campaigns/${String(campaign._id)}`;
  partner = await signInAs(app, await aUser({ role: 'partner', campaigns: [campaign._id] }));
});

async function makeAddress(kind: 'calendar' | 'atom', by = partner): Promise<string> {
  const path = kind === 'atom' ? '/account/calendar/atom' : '/account/calendar';
  const { $ } = await by.postForm(path, {}, '/account/calendar');
  return new URL($('main code').text()).pathname;
}

const fetchFrom = (path: string) => request(app.app).get(path).buffer(true);

async function eventsAt(path: string) {
  const { status, text } = await fetchFrom(path);
  expect(status).toBe(200);
  const events = new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent');
  return events.map((one) => ({
    uid: String(one.getFirstPropertyValue('uid')),
    told: `${String(one.getFirstPropertyValue('summary'))} @ ${String(one.getFirstPropertyValue('dtstart'))}`,
    url: String(one.getFirstPropertyValue('url')),
  }));
}
const toldAt = async (path: string) => (await eventsAt(path)).map(({ told }) => told);

async function entriesAt(path: string) {
  const { status, text } = await fetchFrom(path);
  expect(status).toBe(200);
  return readAtom(text).entries;
}

async function aRecipientOf(of = campaign, name = 'Example Platform') {
  const organisation = await anOrganisation({ name });
  const office = await anOffice({ organisation: organisation._id });
  return aRecipient({ campaign: of._id, office: office._id });
}

const aLaw = () =>
  Track.create({
    title: 'Example Act',
    jurisdiction: 'Ruritania',
    createdAt: NOW,
    milestones: [
      { title: 'Vote', stage: 'other', expectedOn: '2026-Q4', sourceLink: 'https://example.org/vote' },
      { title: 'First reading', stage: 'other', happenedOn: '2026-11-05', sourceLink: 'javascript:alert(1)' },
    ],
  });

describe('the page', () => {
  test('is reached from where a partner reads, says who can read it and what is in it, and makes both addresses', async () => {
    for (const path of ['/shared', '/account'])
      expect((await partner.get(path)).$('main a[href="/account/calendar"]')).toHaveLength(1);
    const { main } = await partner.get('/account/calendar');
    for (const words of [
      'Whoever has an address can read what is behind it, without signing in',
      'A new address stops the old one at once.',
      'Nothing else is: no texts, no notes, no names of people and no addresses.',
      'not what was said, by whom or how',
    ])
      expect(main).toContain(words);
    const [ics, atom] = [await makeAddress('calendar'), await makeAddress('atom')];
    expect([(await fetchFrom(ics)).status, (await fetchFrom(atom)).status]).toEqual([200, 200]);
    const renewed = await makeAddress('calendar');
    await partner.postForm('/account/calendar/atom/removal', {}, '/account/calendar');
    const statuses = await Promise.all(
      [ics, renewed, atom].map(async (path) => (await fetchFrom(path)).status),
    );
    expect(statuses).toEqual([404, 200, 404]);
  });

  test('makes none for a partner who is invited to nothing, and says why', async () => {
    const nowhere = await signInAs(app, await aUser({ role: 'partner' }));
    const { main, $ } = await nowhere.get('/account/calendar');
    expect(main).toContain('Your account does not open any campaign yet');
    expect($('main form')).toHaveLength(0);
    expect((await nowhere.get('/shared')).$('main a[href="/account/calendar"]')).toHaveLength(0);
    const answer = await nowhere.postForm('/account/calendar', {}, '/account');
    expect([answer.status, answer.$('main code').length]).toEqual([409, 0]);
  });
});

describe('a partner’s address opens nothing any more', () => {
  const opens = (paths: string[]) => Promise.all(paths.map(async (path) => (await fetchFrom(path)).status));

  test.each([
    ['their account is closed', { closedAt: NOW }],
    ['their role has changed', { role: 'staff' }],
    ['they are invited to no campaign any more', { campaigns: [] }],
    ['they have no password yet', { passwordHash: null }],
  ])('once %s', async (_what, change) => {
    const paths = [await makeAddress('calendar'), await makeAddress('atom')];
    expect(await opens(paths)).toEqual([200, 200]);
    await User.updateOne({ _id: partner.user._id }, { $set: change });
    expect(await opens(paths)).toEqual([404, 404]);
  });

  test('and whoever comes to the staff makes an address of their own', async () => {
    const path = await makeAddress('calendar');
    await User.updateOne({ _id: partner.user._id }, { $set: { role: 'staff' } });
    expect((await partner.get('/account/calendar')).main).toContain('Your calendar has no address');
    const own = await makeAddress('calendar');
    expect(await opens([path, own])).toEqual([404, 200]);
  });
});

describe('the calendar of a partner', () => {
  test('holds the milestones of laws, and for which day a next step is planned where the campaign is', async () => {
    const recipient = await aRecipientOf();
    // 1 December in London is 2 December in Auckland
    const dueAt = new Date('2026-12-01T20:00:00Z');
    await aFollowUp({ recipient: recipient._id, state: 'scheduled', dueAt });
    await aFollowUp({ recipient: recipient._id, dueAt: new Date('2026-12-20T20:00:00Z') });
    await aFollowUp({ recipient: (await aRecipientOf(campaign, 'Failed'))._id, state: 'failed' });
    const passed = await aRecipientOf(campaign, 'Passed');
    await aFollowUp({ recipient: passed._id, dueAt: new Date('2026-11-20T20:00:00Z') });
    await aLaw();
    const events = await eventsAt(await makeAddress('calendar'));
    expect(events.map(({ told, url }) => [told, url])).toEqual([
      ['Follow-up planned: Example Platform, Chief executive @ 2026-12-02', page],
      [
        'Expected some time in the fourth quarter of 2026: Vote (Example Act) @ 2026-12-31',
        'https://example.org/vote',
      ],
      // a source that is no address on the web is none
      ['Happened: First reading (Example Act) @ 2026-11-05', 'https://answerable.example/shared'],
    ]);
  });

  test('holds nothing of campaigns they are not invited to, and the same event when its day moves', async () => {
    const path = await makeAddress('calendar');
    const followUp = await aFollowUp({ recipient: (await aRecipientOf())._id });
    await aFollowUp({ recipient: (await aRecipientOf(await aCampaign(), 'Elsewhere'))._id });
    const before = await eventsAt(path);
    expect(before.map(({ told }) => told)).toEqual([
      'Follow-up planned: Example Platform, Chief executive @ 2026-11-26',
    ]);
    await FollowUp.updateOne({ _id: followUp._id }, { $set: { dueAt: new Date('2026-12-09T20:00:00Z') } });
    const after = await eventsAt(path);
    expect(after[0]!.uid).toBe(before[0]!.uid);
    expect(await toldAt(path)).toEqual(['Follow-up planned: Example Platform, Chief executive @ 2026-12-10']);
  });
});

describe('the feed of a partner', () => {
  test('tells the days of contact as the page of the campaign does, and no more of it', async () => {
    const recipient = await aRecipientOf();
    const on = (day: string, own = {}) =>
      anEntry({ recipient: recipient._id, occurredAt: new Date(day), ...own });
    await on('2026-11-02T10:00:00Z', { precision: 'by-day' });
    await on('2026-11-05T10:00:00Z');
    await on('2026-11-10T20:00:00Z', { kind: 'email', direction: 'in', receivedAs: 'reply' });
    await anEntry({ recipient: (await aRecipientOf(await aCampaign(), 'Elsewhere'))._id });
    const path = await makeAddress('atom');
    const contacts = (await entriesAt(path)).map(({ title, updated, link }) => [title, updated, link]);
    expect(contacts).toEqual([
      ['Contact on 11 November 2026: Example Platform, Chief executive', '2026-11-11T00:00:00.000Z', page],
      ['Contact by 2 November 2026: Example Platform, Chief executive', '2026-11-02T00:00:00.000Z', page],
    ]);
    const { $ } = await partner.get(new URL(page).pathname);
    expect($('tbody tr').text().replaceAll(/\s+/g, ' ')).toContain(
      'First by 2 November 2026, last 11 November 2026',
    );
  });

  test('keeps what it told when there is new contact, as another entry', async () => {
    const recipient = await aRecipientOf();
    const path = await makeAddress('atom');
    await anEntry({ recipient: recipient._id, occurredAt: new Date('2026-11-02T10:00:00Z') });
    const [first] = await entriesAt(path);
    await anEntry({ recipient: recipient._id, occurredAt: new Date('2026-11-20T10:00:00Z') });
    const ids = (await entriesAt(path)).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids[1]).toBe(first!.id);
  });
});
