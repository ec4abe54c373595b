import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Entry } from '../../src/history/entry.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { useBrowser } from '../support/browser.js';
import { aCadence, stepsOf, untilStarted } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anEntry, aRecipient, aUser, NOW, PASSWORD, type TestUser } from '../support/factories.js';
import { tabTo } from '../support/keyboard.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();
const browser = useBrowser();

let site: TestSite;
let user: TestUser;
let recipient: RecipientRecord;
let silent: RecipientRecord;
let cadence: string;
beforeEach(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  user = await aUser();
  recipient = await aRecipient();
  silent = await aRecipient({ campaign: recipient.campaign });
  for (const { _id } of [recipient, silent]) await anEntry({ recipient: _id, kind: 'letter' });
  cadence = String(await aCadence(recipient.campaign, [2, 3], user._id, NOW));
});
afterEach(() => site.close());

/** What somebody must be able to do: sign in, approve a follow-up, log contact, start a cadence. */
type Hands = {
  fill: (label: string, value: string) => Promise<void>;
  choose: (label: string, option: string) => Promise<void>;
  tick: (label: string) => Promise<void>;
  press: (button: string) => Promise<void>;
};

async function doTheWork(page: Page, { fill, choose, tick, press }: Hands): Promise<void> {
  await page.goto(`/recipients/${String(recipient._id)}/follow-ups/new`);
  await fill('Email address', user.email);
  await fill('Password', PASSWORD);
  await press('Sign in');
  await fill('Subject', 'Our letter to {{ organisation }}');
  await fill('Text', '{{ salutation }}, please answer.');
  await press('Plan it and show how it will leave');
  await press('Approve exactly this');
  await page.getByText('Approved. What becomes of it when it is due stands below').waitFor();
  await page.goto(`/recipients/${String(recipient._id)}/entries/new`);
  await choose('What their message amounts to', 'Acknowledgement only');
  await fill('What was said', 'Thank you for your letter.');
  await press('Log it');
  await page.getByText('One planned follow-up is cancelled, because they answered.').waitFor();
  await page.goto(`/cadences/${cadence}/start`);
  await tick(`${silent.organisationName}, ${silent.officeTitle}`);
  await press('Start it for the ticked recipients');
  await page.getByRole('heading', { name: /^(Being started|Started)$/ }).waitFor();
  await untilStarted();
  await page.reload();
  await page.getByText('It is planned for 1 recipient.').waitFor();
}

async function expectWorkDone(): Promise<void> {
  expect(await Entry.findOne({ receivedAs: 'acknowledgement' }).lean()).toMatchObject({
    text: 'Thank you for your letter.',
  });
  expect((await stepsOf(silent)).map(({ step, state }) => [step, state])).toEqual([
    [1, 'planned'],
    [2, 'planned'],
  ]);
  expect(await FollowUp.findOne({ recipient: recipient._id }).lean()).toMatchObject({
    state: 'cancelled',
    subject: `Our letter to ${recipient.organisationName}`,
  });
}

const fieldIn = (page: Page, label: string) => page.locator('main').getByLabel(label, { exact: true });
const buttonIn = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('the work is done with script switched off', async () => {
  const { page, leave } = await browser.open(site.url, { javaScriptEnabled: false });
  await doTheWork(page, {
    fill: (label, value) => fieldIn(page, label).fill(value),
    choose: async (label, option) => void (await fieldIn(page, label).selectOption({ label: option })),
    tick: (label) => fieldIn(page, label).check(),
    press: (button) => buttonIn(page, button).click(),
  });
  await expectWorkDone();
  await leave();
}, 120_000);

test('the work is done with the keyboard alone, and one always sees where one is', async () => {
  const { page, leave } = await browser.open(site.url);
  await doTheWork(page, {
    fill: async (label, value) => {
      await tabTo(page, fieldIn(page, label));
      await page.keyboard.type(value);
    },
    choose: async (label, option) => {
      await tabTo(page, fieldIn(page, label));
      await page.keyboard.type(option);
    },
    tick: async (label) => {
      await tabTo(page, fieldIn(page, label));
      await page.keyboard.press('Space');
    },
    press: async (button) => {
      await tabTo(page, buttonIn(page, button));
      await page.keyboard.press('Enter');
      await page.waitForLoadState();
    },
  });
  await expectWorkDone();
  await leave();
}, 120_000);

test('of several messages those that were read are approved together, without script and without a mouse', async () => {
  const [one, two] = [
    await aFollowUp({ recipient: recipient._id, subject: 'The first' }),
    await aFollowUp({ recipient: recipient._id, subject: 'The second' }),
  ];
  const { page, leave } = await browser.open(site.url, { javaScriptEnabled: false });
  await page.goto(`/campaigns/${String(recipient.campaign)}/approval`);
  await fieldIn(page, 'Email address').fill(user.email);
  await fieldIn(page, 'Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Chief executive: The second'));
  await page.keyboard.press('Space');
  await tabTo(page, buttonIn(page, 'Approve the ticked messages'));
  await page.keyboard.press('Enter');
  await page.getByText('One message is approved.').waitFor();
  expect((await FollowUp.findById(one._id).lean())!.state).toBe('planned');
  expect((await FollowUp.findById(two._id).lean())!.state).toBe('scheduled');
  await leave();
}, 60_000);

test('the page on which several are approved breaks no rule of accessibility', async () => {
  for (const subject of ['The first', 'The first']) await aFollowUp({ recipient: recipient._id, subject });
  await aFollowUp({ recipient: recipient._id, problems: ['There is no field {{ nobody }}.'] });
  const { signIn, goTo, read, leave } = await browser.open(site.url);
  await goTo('/sign-in');
  await signIn(user.email, PASSWORD);
  await goTo(`/campaigns/${String(recipient.campaign)}/approval`);
  expect(await read()).toContain('There is no field {{ nobody }}.');
  await leave();
}, 60_000);

test('the first thing the keyboard reaches leads past the navigation', async () => {
  const { page, signIn, goTo, leave } = await browser.open(site.url);
  await goTo('/sign-in');
  await signIn(user.email, PASSWORD);
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('content');
  await leave();
}, 30_000);
