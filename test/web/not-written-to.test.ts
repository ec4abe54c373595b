import { expect, test } from '@jest/globals';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  LATE,
} from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

/** A campaign that has written to one company and not yet to the other; neither has said anything. */
async function aCampaignThatHasBegun() {
  const campaign = await aCampaign(LATE);
  const at = async (name: string) => {
    const organisation = await anOrganisation({ name });
    const office = await anOffice({ organisation: organisation._id });
    return aRecipient({ campaign: campaign._id, office: office._id });
  };
  const written = await at('Example Written To');
  await at('Example Not Written To');
  await anEntry({ recipient: written._id, kind: 'letter', direction: 'out' });
  const partner = await aUser({ role: 'partner', campaigns: [campaign._id] });
  return { id: String(campaign._id), partner };
}

test('partners are not told that a company is silent that nobody has written to', async () => {
  const { id, partner } = await aCampaignThatHasBegun();
  const visitor = await signInAs(createTestApp(), partner);
  const page = await visitor.get(`/shared/campaigns/${id}`);
  expect(page.$('.counts li').text().replaceAll(/\s+/g, ' ')).toBe('Not sent 1Sent 1Silent 1');
  const row = page.$('tbody tr:contains("Example Not Written To") td').first();
  expect(row.text().trim()).toBe('Not sent');
  const silent = await visitor.get(`/shared/campaigns/${id}?engagement=silent`);
  expect(silent.$('tbody th').text()).toContain('Example Written To');
  expect(silent.$('tbody tr')).toHaveLength(1);
  const csv = await visitor.agent.get(`/shared/campaigns/${id}/recipients.csv`);
  expect(csv.text).toMatch(/Example Not Written To,[^,]*,[^,]*,Not sent,,/);
  expect(csv.text).toMatch(/Example Written To,[^,]*,[^,]*,Sent,Silent,/);
});

test('the first page counts as silent whoever its link then lists, and nobody who was not written to', async () => {
  const { id } = await aCampaignThatHasBegun();
  const visitor = await signInAs(createTestApp(), await aUser({ role: 'staff' }));
  const link = (await visitor.get('/')).$('.counts a:contains("Silent")');
  expect(link.find('strong').text()).toBe('1');
  const listed = await visitor.get(link.attr('href')!);
  expect(listed.$('tbody tr')).toHaveLength(1);
  expect(listed.$('tbody th').text()).toContain('Example Written To');
  const both = await visitor.get(`/campaigns/${id}/recipients?delivery=not+sent&engagement=silent`);
  expect(both.$('tbody th').text()).toContain('Example Not Written To');
});
