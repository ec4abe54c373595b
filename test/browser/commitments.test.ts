import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aCommitment,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  checked,
  PASSWORD,
  type TestUser,
} from '../support/factories.js';
import { stances } from '../../src/commitments/commitment.rules.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

let site: TestSite;
let campaign: CampaignRecord;
let [writer, checker, partner] = [] as unknown as [TestUser, TestUser, TestUser];
let matrix: string;

const titles = [
  'Answer the letter',
  'Publish impact assessments',
  'Put safeguards first',
  'Listen to survivors',
];

beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  campaign = await aCampaign({ asks: titles.map((title) => ({ title, text: 'In writing.' })) as never });
  for (let n = 0; n < 30; n += 1) {
    const organisation = await anOrganisation({ name: `Example Platform ${String(n).padStart(2, '0')}` });
    const office = await anOffice({ organisation: organisation._id });
    const { _id: recipient } = await aRecipient({ campaign: campaign._id, office: office._id });
    for (const [i, { _id: ask }] of campaign.asks.entries())
      if (n > 0)
        await aCommitment({ recipient, ask, stance: stances[(n + i) % 7]!, ...(i % 2 ? checked() : {}) });
  }
  writer = await aUser({ name: 'Robin Writer' });
  checker = await aUser({ name: 'Sasha Checker' });
  partner = await aUser({ role: 'partner', campaigns: [campaign._id] });
  matrix = `/campaigns/${String(campaign._id)}/commitments`;
}, 120_000);

afterAll(() => site.close());

async function signedIn(user: TestUser, options = {}): Promise<Person> {
  const person = await browser.open(site.url, options);
  await person.goTo('/sign-in');
  await person.signIn(user.email, PASSWORD);
  return person;
}

test('one writes down what they said and another checks it; then partners see it', async () => {
  const robin = await signedIn(writer);
  await robin.goTo(`/campaigns/${String(campaign._id)}`);
  await robin.follow('Commitments');
  await robin.main.locator('.matrix tbody tr').first().locator('td a').first().click();
  await robin.press('Write it down');
  expect(await robin.read()).toContain('Choose what they said.');
  await robin.main.getByLabel(/Committed: they/).check();
  await robin.fillIn({
    'Said on': '2026-11-20',
    'In their words': 'We will answer in writing by March.',
    'Or a link to where it can be read': 'https://example.org/statement',
  });
  await robin.press('Write it down');
  expect(await robin.read()).toContain('You wrote it down yourself.');
  const address = new URL(robin.page.url()).pathname;
  await robin.leave();

  const sasha = await signedIn(checker);
  await sasha.goTo('/');
  await sasha.goTo(address);
  await sasha.press(/^I have checked it/);
  expect(await sasha.read()).toContain('Checked by Sasha Checker');
  await sasha.goTo(`${matrix}?sort=${String(campaign.asks[0]!._id)}&show=progress`);
  await sasha.goTo(`${matrix}?show=waiting`);
  await sasha.leave();

  const reader = await signedIn(partner);
  await reader.goTo(`/shared${matrix}`);
  expect(await reader.read()).toContain('We will answer in writing by March.');
  await reader.leave();
}, 120_000);

test('with script turned off it is sorted and filtered by its form', async () => {
  // nobody looks at its pages for accessibility here: that takes script
  const { page, main, field, leave } = await browser.open(site.url, { javaScriptEnabled: false });
  await page.goto(matrix);
  await field('Email address').fill(writer.email);
  await field('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await main.getByLabel('Sort by').selectOption({ label: 'Listen to survivors' });
  await main.locator('select[name=show]').selectOption({ label: 'With progress in any ask' });
  await main.getByRole('button', { name: 'Show' }).click();
  const cells = await main.locator('.matrix tbody tr td:last-child').allInnerTexts();
  expect(cells[0]).toMatch(/I\s+Implemented/);
  expect(cells.length).toBeLessThan(30);
  await leave();
}, 120_000);

test('by the keyboard alone the table is scrolled and a cell is opened', async () => {
  const { page, leave } = await signedIn(writer);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(matrix);
  const region = page.getByRole('region', { name: 'Commitments' });
  await region.focus();
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('ArrowRight');
  await page.waitForFunction("document.querySelector('.scroll').scrollLeft > 60");
  // whose row it is stays to be seen
  const first = await page.locator('.matrix tbody tr').first().locator('th').boundingBox();
  expect(first!.x).toBeGreaterThanOrEqual(0);
  expect(first!.x + first!.width).toBeLessThan(390);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/recipients\/[0-9a-f]{24}\/commitments\//);
  await leave();
}, 120_000);

test('the usual campaign prints on one page, sideways, with every word of it', async () => {
  const { page, leave } = await signedIn(writer);
  for (const address of [matrix, `/shared${matrix}`]) {
    await page.goto(address);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([842, 595]);
  }
  await page.goto(matrix);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.matrix tbody tr').count()).toBe(30);
  for (const hidden of ['.masthead', '.filter', 'footer', '.exports'])
    expect(await page.locator(hidden).first().isVisible()).toBe(false);
  expect(await page.locator('.legend').isVisible()).toBe(true);
  await leave();
}, 120_000);

test('without colours the words and letters are all still there', async () => {
  const { page, leave } = await signedIn(writer, { forcedColors: 'active' });
  await page.goto(matrix);
  for (const stance of stances) {
    const cell = page.locator(`.matrix td[data-stance="${stance}"]`).first();
    expect(await cell.locator('.sign').isVisible()).toBe(true);
    expect((await cell.innerText()).trim().length).toBeGreaterThan(4);
  }
  await leave();
}, 120_000);
