import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Locator, Page, Request } from 'playwright-core';
import { Entry } from '../../src/history/entry.model.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, aRecipient, aUser, PASSWORD } from '../support/factories.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();
const browser = useBrowser();

let site: TestSite;
let recipient: RecipientRecord;
let followUp: FollowUpRecord;
beforeEach(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  recipient = await aRecipient();
  followUp = await aFollowUp({ recipient: recipient._id });
});
afterEach(() => site.close());

type Wish = { reducedMotion?: 'reduce' | 'no-preference'; javaScriptEnabled?: boolean };

async function signedIn(wish: Wish = {}): Promise<Page> {
  const user = await aUser();
  const { page } = await browser.open(site.url, wish);
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(user.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return page;
}

const stateOf = async () => (await FollowUp.findById(followUp._id).lean<FollowUpRecord>())!.state;
const approving = (page: Page): Locator => page.getByRole('button', { name: 'Approve exactly this' });

/** Opens the page of the follow-up. Its first second lasts for `slower` times as long: no test is to hang on how fast a machine is. */
async function openSlowly(page: Page, slower: number) {
  const session = await page.context().newCDPSession(page);
  await session.send('Animation.enable');
  const pace = (playbackRate: number) => session.send('Animation.setPlaybackRate', { playbackRate });
  await pace(1 / slower);
  await page.goto(`/follow-ups/${String(followUp._id)}`);
  return { pace };
}

async function middleOf(button: Locator): Promise<[number, number]> {
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await button.boundingBox())!;
  return [x + width / 2, y + height / 2];
}

const isWaiting = (button: Locator): Promise<boolean> =>
  button.evaluate((one) => one.getAnimations().length > 0);

test('a double click on “Log it” logs an entry once, with script switched off', async () => {
  const page = await signedIn({ javaScriptEnabled: false });
  await page.goto(`/recipients/${String(recipient._id)}/entries/new?kind=note`);
  await page.getByLabel('What was said', { exact: true }).fill('They moved house.');
  const [x, y] = await middleOf(page.getByRole('button', { name: 'Log it' }));
  const isSent = (request: Request): boolean => request.method() === 'POST';
  await Promise.all([page.waitForRequest(isSent), page.mouse.click(x, y)]);
  // the first is with the server when the second comes
  await Promise.all([page.waitForRequest(isSent), page.mouse.click(x, y)]);
  await page.getByText('Logged.').waitFor();
  expect(await Entry.countDocuments()).toBe(1);
}, 60_000);

test.each(['no-preference', 'reduce'] as const)(
  'a click right after the page is there approves nothing, and a later one does (motion: %s)',
  async (reducedMotion) => {
    const page = await signedIn({ reducedMotion });
    const { pace } = await openSlowly(page, 60);
    const button = approving(page);
    await page.mouse.click(...(await middleOf(button)));
    await page.waitForTimeout(300);
    expect(await isWaiting(button)).toBe(true);
    expect(await stateOf()).toBe('planned');

    await pace(60);
    await page.waitForFunction((one) => one!.getAnimations().length === 0, await button.elementHandle());
    await page.mouse.click(...(await middleOf(button)));
    await page.getByText('Approved. What becomes of it when it is due stands below').waitFor();
    expect(await stateOf()).toBe('scheduled');
  },
  60_000,
);

test('that lasts for one second, and hides the button from nobody', async () => {
  const page = await signedIn();
  await openSlowly(page, 60);
  const { activeDuration, delay } = await approving(page).evaluate((one) => {
    const { activeDuration, delay } = one.getAnimations()[0]!.effect!.getComputedTiming();
    return { activeDuration, delay };
  });
  expect({ activeDuration, delay }).toEqual({ activeDuration: 1000, delay: 0 });
  expect(await approving(page).isVisible()).toBe(true);
  expect(await approving(page).isEnabled()).toBe(true);
}, 60_000);

test('who approves with the keyboard does not wait', async () => {
  const page = await signedIn();
  await openSlowly(page, 60);
  await approving(page).focus();
  expect(await isWaiting(approving(page))).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByText('Approved. What becomes of it when it is due stands below').waitFor();
  expect(await stateOf()).toBe('scheduled');
}, 60_000);
