import { expect, test } from '@jest/globals';
import { Track } from '../../src/legislation/track.model.js';
import { createTestApp } from '../support/app.js';
import { aCampaignFullOfSecrets, secret, secretAddress, singing } from '../support/canaries.js';
import { useDatabase } from '../support/database.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

test.each(['partner', 'admin'] as const)(
  'nothing private is on any shared page, whoever reads it: %s',
  async (role) => {
    const { campaign, partner } = await aCampaignFullOfSecrets();
    const visitor = await signInAs(createTestApp(), role === 'partner' ? partner : role);
    const path = `/shared/campaigns/${String(campaign._id)}`;
    const addresses = [
      '/shared',
      path,
      `${path}?engagement=acknowledged`,
      `${path}?page=2`,
      `${path}/recipients.csv`,
      `${path}/figures`,
      `${path}/commitments`,
      `${path}/commitments.csv`,
    ];
    for (const address of addresses) {
      const { text, status } = await visitor.agent.get(address);
      expect(status).toBe(200);
      expect(singing(text)).toEqual([]);
      // neither do the ids of people and follow-ups, nor the time of day of a contact
      expect(text).not.toMatch(/T\d\d:\d\d/);
      expect(text).not.toContain(String(campaign.owner));
      // nor when a law was looked at, what its source said, and when it ends
      expect(text).not.toMatch(/1[789] January|January 20(26|31)/);
    }
  },
);

test('what a second person has checked is shared, with words that are public, and nothing else of it', async () => {
  const { campaign, partner } = await aCampaignFullOfSecrets();
  const visitor = await signInAs(createTestApp(), partner);
  const page = await visitor.get(`/shared/campaigns/${String(campaign._id)}/commitments`);
  const cells = page.$('.matrix tbody td').toArray();
  expect(cells.map((cell) => page.$(cell).text().replaceAll(/\s+/g, ' ').trim())).toEqual([
    'C Committed 20 November 2026 Source: Example Platform We will.',
    'P Partial 20 November 2026',
  ]);
});

test('of a law the milestones are shared, where it stands, and when something had been expected', async () => {
  const { campaign, partner } = await aCampaignFullOfSecrets();
  const visitor = await signInAs(createTestApp(), partner);
  const page = await visitor.get(`/shared/campaigns/${String(campaign._id)}`);
  expect(page.main).toContain('Safety Bill, Utopia Where it stands: Passed');
  const steps = page.$('.milestones li').toArray();
  expect(steps.map((step) => page.$(step).text().replaceAll(/\s+/g, ' ').trim())).toEqual([
    '1 to 8 September 2026: Committee, 2 sittings',
    '5 November 2026: It became law Assent or signature Had been expected on 4 November 2026.',
    'Expected on 20 December 2026: Review of the law Report or review Had been expected on 1 December 2026. Source: Review of the law',
  ]);
});

test('of what is set in motion partners read the words of an approved notice, and nothing else', async () => {
  const { campaign, partner } = await aCampaignFullOfSecrets();
  const visitor = await signInAs(createTestApp(), partner);
  const page = await visitor.get(`/shared/campaigns/${String(campaign._id)}`);
  const notices = page.$('.shared-notice').toArray();
  expect(notices.map((one) => page.$(one).text().trim())).toEqual(['Tell your members.']);
});

test('the canaries would sing: a page for staff holds some of them', async () => {
  const { campaign } = await aCampaignFullOfSecrets();
  const visitor = await signInAs(createTestApp(), 'staff');
  expect((await visitor.get(`/campaigns/${String(campaign._id)}`)).html).toContain(secret('user-name'));
  const matrix = await visitor.get(`/campaigns/${String(campaign._id)}/commitments`);
  const cell = await visitor.get(matrix.$('.matrix td a').first().attr('href')!);
  for (const field of ['waiting-quote', 'known-note', 'taken-back-source', 'taken-back-reason'])
    expect(cell.html).toContain(secret(field));
  const law = await visitor.get(`/tracks/${String((await Track.findOne().orFail())._id)}`);
  for (const field of ['track-summary', 'milestone-note', 'milestone-evidence', 'import-title'])
    expect(law.html).toContain(secret(field));
  const inbox = await visitor.get('/inbox?list=to+read');
  expect(inbox.html).toContain(secret('incoming-subject'));
  expect(inbox.html).toContain(secretAddress('incoming-address'));
  const { html } = await visitor.get(inbox.$('main .rows li > a').attr('href')!);
  for (const field of ['incoming-name', 'incoming-words', 'incoming-quoted', 'incoming-file'])
    expect(html).toContain(secret(field));
});
