import { describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  LATE,
  NOW,
} from '../support/factories.js';
import { aVisitor, signInAs } from '../support/visitor.js';

useDatabase();

/** A campaign with one silent recipient, and a partner who was invited to it. */
async function aSharedCampaign() {
  const campaign = await aCampaign({ title: 'A letter about safety', ...LATE });
  const organisation = await anOrganisation({ name: 'Example Platform' });
  const office = await anOffice({ organisation: organisation._id });
  const recipient = await aRecipient({ campaign: campaign._id, office: office._id });
  const partner = await aUser({ role: 'partner', campaigns: [campaign._id] });
  return { campaign, office, recipient, partner, path: `/shared/campaigns/${String(campaign._id)}` };
}

test('a partner sees the campaigns of the invitation, and where each stands', async () => {
  const { recipient, partner, path } = await aSharedCampaign();
  await aCampaign({ title: 'A letter of somebody else' });
  await anEntry({ recipient: recipient._id, kind: 'letter', direction: 'out' });
  const visitor = await signInAs(createTestApp(), partner);
  const page = await visitor.get('/shared');
  expect(page.status).toBe(200);
  expect(page.$('main a').attr('href')).toBe(path);
  expect(page.main).toContain('A letter about safety The one recipient has not answered.');
  expect(page.main).not.toContain('somebody else');
});

test('a partner sees who was written to, the days of contact, what is planned and what parliaments did', async () => {
  const { recipient, partner, path } = await aSharedCampaign();
  const occurredAt = new Date('2026-11-02T10:00:00Z');
  await anEntry({
    recipient: recipient._id,
    kind: 'letter',
    direction: 'out',
    occurredAt,
    precision: 'by-day',
  });
  await anEntry({ recipient: recipient._id, kind: 'call', direction: 'in', receivedAs: 'not an answer' });
  await aFollowUp({ recipient: recipient._id, dueAt: new Date('2026-12-01T09:00:00Z') });
  await Track.create({
    title: 'A fictional safety bill',
    jurisdiction: 'Utopia',
    createdAt: NOW,
    milestones: [
      { title: 'It became law', stage: 'assent', happenedOn: '2026-11-05' },
      { title: 'Review of the law', stage: 'report', expectedOn: '2026-11-10' },
    ],
  });
  const page = await (await signInAs(createTestApp(), partner)).get(path);
  page.$('main br').replaceWith(' ');
  const row = page.$('tbody tr').text().replaceAll(/\s+/g, ' ').trim();
  expect(row).toContain('Example Platform Chief executive, Kim Invented');
  expect(row).toContain(
    'Silent Late Sent First by 2 November 2026, last 23 November 2026 1 to them, 1 from them',
  );
  expect(row).toContain('A follow-up is planned for 1 December 2026');
  expect(page.main).toContain('5 November 2026: It became law');
  expect(page.main).toContain('Expected on 10 November 2026: Review of the law');
  expect(page.main).toContain('The day has passed; whether it happened is not written down yet.');
  expect(page.main).toContain('Answer the letterIn writing.');
});

test('a follow-up that failed or was cancelled is not announced', async () => {
  const { recipient, partner, path } = await aSharedCampaign();
  await aFollowUp({ recipient: recipient._id, state: 'failed' });
  await aFollowUp({ recipient: recipient._id, state: 'cancelled' });
  const page = await (await signInAs(createTestApp(), partner)).get(path);
  expect(page.$('tbody tr').text()).toContain('Nothing planned');
});

test('a follow-up that is held is not announced for its day, and nobody is told why', async () => {
  const { recipient, partner, path } = await aSharedCampaign();
  const dueAt = new Date('2026-12-01T09:00:00Z');
  await aFollowUp({ recipient: recipient._id, dueAt, state: 'held', stateReasons: ['A private reason.'] });
  await aFollowUp({ recipient: recipient._id, dueAt: new Date('2026-12-08T09:00:00Z') });
  const visitor = await signInAs(createTestApp(), partner);
  const page = await visitor.get(path);
  expect(page.$('tbody td').last().text()).toBe('A follow-up waits for a person');
  expect(page.html).not.toContain('A private reason.');
  const table = (await visitor.agent.get(`${path}/recipients.csv`)).text;
  expect(table).toMatch(/,waits for a person,\r\n$/);
  expect(table).not.toContain('2026-12-0');
});

describe('the door', () => {
  const paths = (path: string) => ['/shared', path, `${path}/recipients.csv`];

  test('nobody gets in without signing in', async () => {
    const { path } = await aSharedCampaign();
    const visitor = aVisitor(createTestApp());
    for (const one of paths(path)) {
      expect((await visitor.get(one)).location).toBe(`/sign-in?next=${encodeURIComponent(one)}`);
    }
  });

  test.each(['admin', 'staff'] as const)(
    'for %s the page says that it is what partners see',
    async (role) => {
      const { path } = await aSharedCampaign();
      const visitor = await signInAs(createTestApp(), role);
      for (const one of paths(path).slice(0, 2))
        expect((await visitor.get(one)).main).toContain('what partners');
    },
  );

  test('a campaign of others does not exist for a partner, as one that never was', async () => {
    const { partner } = await aSharedCampaign();
    const other = await aCampaign();
    const visitor = await signInAs(createTestApp(), partner);
    for (const id of [String(other._id), '0123456789abcdef01234567', 'nonsense']) {
      for (const one of paths(`/shared/campaigns/${id}`).slice(1)) {
        const page = await visitor.get(one);
        expect(page.status).toBe(404);
        expect(page.html).not.toContain(other.title);
      }
    }
  });

  test('a partner who loses a campaign loses it with the next page', async () => {
    const { partner, path } = await aSharedCampaign();
    const app = createTestApp();
    const visitor = await signInAs(app, partner);
    const administrator = await signInAs(app, 'admin');
    expect((await visitor.get(path)).status).toBe(200);
    await administrator.postForm(
      `/users/${String(partner._id)}`,
      { role: 'partner' },
      `/users/${String(partner._id)}/edit`,
    );
    expect((await visitor.get(path)).status).toBe(404);
    expect((await visitor.get('/shared')).main).toContain('Your account does not open any campaign yet.');
  });

  test.each(['/campaigns', '/organisations', '/users'])('a partner does not open %s', async (path) => {
    const visitor = await signInAs(createTestApp(), 'partner');
    expect((await visitor.get(path)).status).toBe(403);
  });
});

test('staff are told who the partners of a campaign are and who invites them; partners are not', async () => {
  const { campaign, partner, path } = await aSharedCampaign();
  await aUser({ role: 'partner', campaigns: [campaign._id], name: 'Former Partner', closedAt: NOW });
  await aUser({ role: 'partner', name: 'Partner Elsewhere' });
  const app = createTestApp();
  const staff = (await (await signInAs(app, 'staff')).get(path)).$('.panel');
  expect(staff.text()).toContain(`Invited to read it: ${partner.name}. Administrators invite partners.`);
  expect(staff.find('a[href^="/users"]')).toHaveLength(0);
  const administrator = (await (await signInAs(app, 'admin')).get(path)).$('.panel');
  expect(administrator.find('a[href="/users/new"]').text()).toBe('Invite a coalition partner');
  expect((await (await signInAs(app, partner)).get(path)).main).not.toContain('Invited to read it');

  const empty = await aCampaign();
  const page = await (await signInAs(app, 'staff')).get(`/shared/campaigns/${String(empty._id)}`);
  expect(page.main).toContain('Nobody has been invited to read it yet.');
});

test('an empty campaign says so', async () => {
  const campaign = await aCampaign({ asks: [] as never, letter: '' });
  const page = await (
    await signInAs(createTestApp(), 'staff')
  ).get(`/shared/campaigns/${String(campaign._id)}`);
  expect(page.main).toContain('No recipient is listed yet.');
  expect(page.main).toContain('The asks are not written down here yet.');
  expect(page.main).toContain('No bill or regulation is followed yet.');
});

test('recipients come fifty to a page and can be kept to what they said', async () => {
  const { campaign, recipient, partner, path } = await aSharedCampaign();
  const { _id: _, ...copy } = recipient;
  const copies = Array.from({ length: 60 }, (_, n) => ({
    ...copy,
    office: new Types.ObjectId(),
    organisationName: `Example ${String(n).padStart(2, '0')}`,
    listedAs: `example ${String(n).padStart(2, '0')}`,
    delivery: n < 57 ? ('sent' as const) : ('other channel' as const),
    engagement: n < 55 ? ('silent' as const) : ('in talks' as const),
    status: n < 55 ? 'sent, silent' : n < 57 ? 'sent, in talks' : 'other channel, in talks',
  }));
  await Recipient.insertMany(copies);
  expect(await Recipient.countDocuments({ campaign: campaign._id })).toBe(61);
  const visitor = await signInAs(createTestApp(), partner);
  const first = await visitor.get(path);
  expect(first.$('tbody tr')).toHaveLength(50);
  const second = await visitor.get(first.$('a[rel=next]').attr('href')!);
  expect(second.$('tbody tr')).toHaveLength(11);
  const met = await visitor.get(
    first.$('.counts a:contains("In talks")').attr('href')!.replace('#recipients', ''),
  );
  expect(met.$('tbody tr')).toHaveLength(5);
  const byHand = first.$('.counts a:contains("Delivered by another channel")');
  expect(byHand.parent().text()).toBe('Delivered by another channel 3');
  const delivered = await visitor.get(byHand.attr('href')!.replace('#recipients', ''));
  expect(delivered.$('tbody tr')).toHaveLength(3);
  expect((await visitor.get(`${path}?engagement=nonsense`)).$('tbody tr')).toHaveLength(50);
  expect((await visitor.get(`${path}?page=9`)).main).toContain('Nobody is listed on this page.');
});
