import { beforeEach, expect, test } from '@jest/globals';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { createTestApp } from '../support/app.js';
import { readCsv } from '../support/csv.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aCommitment,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  checked,
  type TestUser,
} from '../support/factories.js';
import { aVisitor, signInAs } from '../support/visitor.js';

useDatabase();

let campaign: CampaignRecord;
let partner: TestUser;
let path: string;

beforeEach(async () => {
  campaign = await aCampaign({
    title: 'A letter',
    asks: [{ title: '=Answer' }, { title: 'Publish' }] as never,
  });
  const organisation = await anOrganisation({ name: 'Example Platform' });
  const office = await anOffice({ organisation: organisation._id });
  const { _id } = await aRecipient({ campaign: campaign._id, office: office._id });
  await aCommitment({ recipient: _id, quote: '=We will.', ...checked() });
  await aCommitment({ recipient: _id, ask: campaign.asks[1]!._id, stance: 'implemented' });
  partner = await aUser({ role: 'partner', campaigns: [campaign._id] });
  path = `/shared/campaigns/${String(campaign._id)}/commitments`;
});

test('a partner reads what was checked, finds the page, and takes it away as CSV', async () => {
  const visitor = await signInAs(createTestApp(), partner);
  const start = await visitor.get(path.replace('/commitments', ''));
  expect(
    start
      .$('main a')
      .toArray()
      .map((link) => start.$(link).attr('href')),
  ).toContain(path);
  const page = await visitor.get(path);
  expect(page.$('.matrix tbody tr').text().replaceAll(/\s+/g, ' ').trim()).toBe(
    'Example Platform Chief executive, Kim Invented C Committed 20 November 2026 Source: Example Platform =We will. – None',
  );
  expect(page.$('main a[href*="/recipients/"]')).toHaveLength(0);

  const { text, headers } = await visitor.agent.get(`${path}.csv`);
  expect(headers['content-disposition']).toBe('attachment; filename=commitments-a-letter-2026-11-24.csv');
  const of = (ask: string) => ['', ': said on', ': their words', ': source'].map((what) => ask + what);
  expect(readCsv(text)).toEqual([
    ['Organisation', 'Office', 'Held by', ...of("'=Answer"), ...of('Publish')],
    [
      'Example Platform',
      'Chief executive',
      'Kim Invented',
      'Committed',
      '2026-11-20',
      "'=We will.",
      'https://example.org/statement',
      'None',
      '',
      '',
      '',
    ],
  ]);
});

test('for staff it says that it is what partners see', async () => {
  expect((await (await signInAs(createTestApp(), 'staff')).get(path)).main).toContain(
    'what partners of this campaign see',
  );
});

test('a campaign of others does not exist for a partner, and nobody reads it without signing in', async () => {
  const other = await aCampaign();
  const visitor = await signInAs(createTestApp(), partner);
  for (const ending of ['', '.csv']) {
    const address = `/shared/campaigns/${String(other._id)}/commitments${ending}`;
    expect((await visitor.get(address)).status).toBe(404);
    const stranger = await aVisitor(createTestApp()).get(path + ending);
    expect(stranger.location).toBe(`/sign-in?next=${encodeURIComponent(path + ending)}`);
  }
  expect((await visitor.get(path.replace('/shared', ''))).status).toBe(403);
});

test('a campaign without asks, or without recipients, says so', async () => {
  const visitor = await signInAs(createTestApp(), partner);
  await Campaign.updateOne({ _id: campaign._id }, { $set: { asks: [] } });
  expect((await visitor.get(path)).main).toContain('The asks are not written down here yet.');
  expect((await visitor.get(`${path}?page=7`)).status).toBe(200);
  const empty = await aCampaign();
  const staff = await signInAs(createTestApp(), 'staff');
  expect((await staff.get(`/shared/campaigns/${String(empty._id)}/commitments`)).main).toContain(
    'Nobody is listed on this page.',
  );
});
