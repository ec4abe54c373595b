import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Track, type TrackRecord } from '../../src/legislation/track.model.js';
import { startBillsApi, type BillsApi } from '../support/bills-api.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aUser, PASSWORD } from '../support/factories.js';
import { fictionalBill } from '../support/fictional-bill.js';
import { tabTo } from '../support/keyboard.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();
const browser = useBrowser();

let api: BillsApi;
let site: TestSite;
let email: string;
beforeEach(async () => {
  // committee is today, the report stage sits tomorrow and the day after
  api = await startBillsApi([fictionalBill({ stages: 6, sittings: 9, from: '2026-11-18' })]);
  site = await startSite({ billsApi: api.url, now: '2026-11-24T12:00:00Z' });
  ({ email } = await aUser());
});
afterEach(async () => {
  await site.close();
  await api.close();
});

const milestoneCalled = async (title: string) =>
  (await Track.findOne().lean<TrackRecord>())!.milestones.find((one) => one.title === title)!;

test('with script switched off a bill is followed and read, and its pages say all they say', async () => {
  const { page, field, read, leave } = await browser.open(site.url, { javaScriptEnabled: false });
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
  await page.goto('/legislation/bills/new');
  await field('Email address').fill(email);
  await field('Password').fill(PASSWORD);
  await press('Sign in');
  await field('Number of the bill').fill('9001');
  await press('Follow this bill');
  expect(await read()).toContain('Report stage, House of Commons 2 sittings');
  await page.getByText('Each sitting of Report stage').click();
  expect(await read()).toContain('sitting 2 of 2 Expected on 26 November 2026, in 2 days');
  await page.getByRole('link', { name: 'Edit Committee stage, House of Commons' }).click();
  await field('Expected on').fill('2026-12-03');
  await press('Save the milestone');
  expect(await read()).toContain('it says 24 November 2026, a person wrote 3 December 2026');
  await page.goto('/legislation');
  expect(await read()).toContain('Example (Safety) Bill');
  expect(await page.locator('.wide svg').filter({ visible: true }).count()).toBe(1);
  await leave();
}, 60_000);

test('with the keyboard alone a bill is followed, a difference decided and a sitting marked as happened', async () => {
  const person = await browser.open(site.url);
  const { page } = person;
  const hands = handsOf(person);
  await page.goto('/legislation');
  await hands.type('Email address', email);
  await hands.type('Password', PASSWORD);
  await hands.enter('button', 'Sign in');
  await hands.enter('link', 'Follow a UK bill');
  await hands.type('Number of the bill', '9001');
  await hands.enter('button', 'Follow this bill');
  const committee = 'Committee stage, House of Commons';
  await hands.enter('link', `Edit ${committee}`);
  // the same whether a browser asks for the day or the month first
  await hands.type('Expected on', '12122026');
  await hands.enter('button', 'Save the milestone');
  await hands.enter('button', `Take what the source says on when it is expected of ${committee}`);
  await page.getByText('now says what its source says').waitFor();
  expect((await milestoneCalled(committee)).expectedOn).toBe('2026-11-24');
  await tabTo(page, page.locator('summary', { hasText: `It has happened: ${committee}` }));
  await page.keyboard.press('Enter');
  await hands.type(`Day it happened: ${committee}`, '11112026');
  await hands.enter('button', /^Mark as happened/);
  await page.getByText('is marked as happened').waitFor();
  expect((await milestoneCalled(committee)).happenedOn).toBe('2026-11-11');
  await person.leave();
}, 120_000);

const handsOf = ({ page, field }: Person) => ({
  type: async (label: string, words: string) => {
    await tabTo(page, field(label));
    await page.keyboard.type(words);
  },
  enter: async (role: 'button' | 'link', name: string | RegExp) => {
    await tabTo(page, page.getByRole(role, { name, exact: true }).first());
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
  },
});
