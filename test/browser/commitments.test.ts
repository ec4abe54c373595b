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
let [few, usual] = [] as unknown as [Made, Made];
let [writer, checker, partner] = [] as unknown as [TestUser, TestUser, TestUser];

type Made = Awaited<ReturnType<typeof aMatrix>>;

const titles = [
  'Answer the letter',
  'Publish impact assessments',
  'Put safeguards first',
  'Listen to survivors',
];

/** A campaign of so many recipients, of whom all but the first have said something to each ask. @returns the address of its matrix */
async function aMatrix(recipients: number): Promise<{ campaign: CampaignRecord; matrix: string }> {
  const campaign = await aCampaign({
    asks: titles.map((title) => ({ title, text: 'In writing.' })) as never,
  });
  for (let n = 0; n < recipients; n += 1) {
    const organisation = await anOrganisation({
      name: `Example ${recipients} ${String(n).padStart(2, '0')}`,
    });
    const office = await anOffice({ organisation: organisation._id });
    const { _id: recipient } = await aRecipient({ campaign: campaign._id, office: office._id });
    for (const [i, { _id: ask }] of campaign.asks.entries()) {
      const own = { recipient, ask, stance: stances[(n + i) % stances.length]! };
      if (n > 0) await aCommitment({ ...own, ...(i % 2 === 1 && checked()) });
    }
  }
  return { campaign, matrix: `/campaigns/${String(campaign._id)}/commitments` };
}

beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  [few, usual] = [await aMatrix(3), await aMatrix(30)];
  writer = await aUser({ name: 'Robin Writer' });
  checker = await aUser({ name: 'Sasha Checker' });
  partner = await aUser({ role: 'partner', campaigns: [few.campaign._id] });
}, 120_000);

afterAll(() => site.close());

/** Somebody who is signed in; these pages are looked at elsewhere. */
async function signedIn(user: TestUser, options = {}): Promise<Person> {
  const person = await browser.open(site.url, options);
  await person.page.goto('/sign-in?next=/account');
  await person.field('Email address').fill(user.email);
  await person.field('Password').fill(PASSWORD);
  await person.page.getByRole('button', { name: 'Sign in' }).click();
  await person.page.waitForURL('**/account');
  return person;
}

test('one writes down what they said and another checks it; then partners see it', async () => {
  const robin = await signedIn(writer);
  await robin.goTo(`/campaigns/${String(few.campaign._id)}`);
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
  await sasha.goTo(address);
  await sasha.press(/^I have checked it/);
  expect(await sasha.read()).toContain('Checked by Sasha Checker');
  await sasha.goTo(`${few.matrix}?sort=${String(few.campaign.asks[0]!._id)}&show=progress`);
  await sasha.goTo(`${few.matrix}?show=waiting`);
  await sasha.leave();

  const reader = await signedIn(partner);
  await reader.goTo(`/shared${few.matrix}`);
  expect(await reader.read()).toContain('We will answer in writing by March.');
  await reader.leave();
}, 120_000);

test('with script turned off it is sorted and filtered by its form', async () => {
  const { page, main, leave } = await signedIn(writer, { javaScriptEnabled: false });
  await page.goto(usual.matrix);
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
  await page.goto(few.matrix);
  const region = page.getByRole('region', { name: 'Commitments' });
  await region.focus();
  const scrolled = () => region.evaluate(({ scrollLeft }) => scrollLeft);
  for (let i = 0; i < 50 && (await scrolled()) < 60; i += 1) await page.keyboard.press('ArrowRight');
  expect(await scrolled()).toBeGreaterThanOrEqual(60);
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
  for (const address of [usual.matrix, `/shared${usual.matrix}`]) {
    await page.goto(address);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([842, 595]);
  }
  await page.goto(usual.matrix);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.matrix tbody tr').count()).toBe(30);
  for (const hidden of ['.masthead', '.filter', 'footer', '.exports'])
    expect(await page.locator(hidden).first().isVisible()).toBe(false);
  expect(await page.locator('.legend').isVisible()).toBe(true);
  await leave();
}, 120_000);

test('without colours the words and letters are all still there', async () => {
  const { page, leave } = await signedIn(writer, { forcedColors: 'active' });
  await page.goto(usual.matrix);
  for (const stance of stances) {
    const cell = page.locator(`.matrix td[data-stance="${stance}"]`).first();
    expect(await cell.locator('.sign').isVisible()).toBe(true);
    expect((await cell.innerText()).trim().length).toBeGreaterThan(4);
  }
  await leave();
}, 120_000);
