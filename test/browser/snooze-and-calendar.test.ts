import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, aRecipient, aUser, PASSWORD } from '../support/factories.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

let site: TestSite;
let person: Person;

beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  const { email } = await aUser({ role: 'admin' });
  await aFollowUp({ recipient: (await aRecipient())._id, state: 'uncertain', subject: 'Our letter' });
  person = await browser.open(site.url);
  await person.goTo('/sign-in');
  await person.signIn(email, PASSWORD);
}, 60_000);

afterAll(() => site.close());

// accessibility is checked on every page that is come to, narrow and wide
test('somebody puts a thing off for too long, then for a day, and wakes it up again', async () => {
  await person.follow(/^Snooze ?: Example Platform/);
  await person.fillIn({ Until: '2026-12-24', 'Why (may be left empty)': 'The server’s log comes tomorrow.' });
  await person.press('Snooze');
  expect(await person.read()).toContain('This may be put off for 3 days at most');
  await person.fillIn({ Until: '2026-11-25' });
  await person.press('Snooze');
  expect(await person.read()).toContain('Nothing is waiting for you.');
  await person.follow('Snoozed');
  expect(await person.read()).toContain('The server’s log comes tomorrow.');
  await person.press(/^Wake up now/);
  expect(await person.read()).toContain('You have put nothing off.');
  await person.goTo('/');
  expect(await person.read()).toContain('Find out whether it went 1');
}, 60_000);

test('somebody makes the address of their calendar, a new one, and switches it off', async () => {
  await person.goTo('/account');
  await person.follow('Your calendar and feed');
  await person.press('Make an address for the calendar');
  expect(await person.read()).toMatch(/\/calendar\/[\w-]{43}\.ics/);
  await person.goTo('/account/calendar');
  await person.press('Make a new address for the calendar');
  await person.press('Switch the calendar off');
  expect(await person.read()).toContain('Your calendar is switched off.');
  await person.press('Make an address for the feed');
  expect(await person.read()).toMatch(/\/calendar\/[\w-]{43}\.atom/);
}, 60_000);

test('a partner makes the addresses of both feeds from where they read', async () => {
  const { _id } = await aCampaign();
  const { email } = await aUser({ role: 'partner', campaigns: [_id] });
  const partner = await browser.open(site.url);
  await partner.goTo('/sign-in');
  await partner.signIn(email, PASSWORD);
  await partner.goTo('/shared');
  await partner.follow('Follow it in a calendar program or a feed reader');
  await partner.press('Make an address for the calendar');
  expect(await partner.read()).toMatch(/\/calendar\/[\w-]{43}\.ics/);
  await partner.press('Make an address for the feed');
  expect(await partner.read()).toMatch(/\/calendar\/[\w-]{43}\.atom/);
}, 60_000);
