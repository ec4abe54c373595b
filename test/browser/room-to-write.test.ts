import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, PASSWORD } from '../support/factories.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();
const browser = useBrowser();
let site: TestSite;
beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
});
afterAll(() => site.close());

test('whoever writes a template has room for a letter, and reads which fields there are beside it', async () => {
  const { email } = await aUser();
  const campaign = await aCampaign();
  const person = await browser.open(site.url);
  await person.goTo('/sign-in');
  await person.signIn(email, PASSWORD);
  await person.goTo(`/campaigns/${String(campaign._id)}/templates/new`);
  const { height } = (await person.field('Text').boundingBox())!;
  // fourteen lines, each higher than its letters of 16 pixels
  expect(height).toBeGreaterThan(14 * 20);
  expect(await person.main.getByText('{{ days_waiting }}').isVisible()).toBe(true);
});
