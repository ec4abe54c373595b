import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Types } from 'mongoose';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, PASSWORD } from '../support/factories.js';
import { aRecipientWith, type Story } from '../support/histories.js';
import { look, type Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase({ keepBetweenTests: true });
const browser = useBrowser();

const stories: [string, Story][] = [
  [
    'Alpha Example',
    ['letter 2026-06-01', 'auto-reply 2026-06-01', 'acknowledgement 2026-06-09', 'reply 2026-07-20'],
  ],
  ['Beta Example', ['letter 2026-06-01', 'reply 2026-06-12', 'meeting 2026-09-02']],
  ['Gamma Example', ['letter 2026-06-01', 'declined 2026-08-03']],
  ['Delta Example Holding of Many Fictional Companies', ['letter 2026-06-02', 'acknowledgement 2026-06-30']],
  ['Epsilon Example', ['letter 2026-06-02', 'auto-reply 2026-06-02']],
  ['Zeta Example', ['letter 2026-07-15']],
  ['Eta Example', ['letter 2026-07-15', 'closing 2026-10-01']],
  ['Theta Example', ['email 2026-10-20', 'bounce 2026-10-20']],
  ['Iota Example', ['letter 2026-11-18']],
  ['Kappa Example', ['letter 2026-11-02', 'clock pause 2026-11-09']],
  ['Lambda Example', []],
];

let site: TestSite;
let person: Person;
let full: Types.ObjectId;

beforeAll(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  const user = await aUser();
  full = (await aCampaign({ title: 'A letter to many', lateAfter: 20, veryLateAfter: 40 }))._id;
  for (const [name, story] of stories) await aRecipientWith(full, name, story);
  person = await browser.open(site.url);
  await person.goTo('/sign-in');
  await person.signIn(user.email, PASSWORD);
}, 120_000);
afterAll(() => site.close());

const figures = (campaign: Types.ObjectId) => `/campaigns/${String(campaign)}/figures`;

test('the figures of a campaign break no rule of accessibility, as pictures and as tables', async () => {
  await person.goTo(figures(full));
  for (const summary of await person.page.locator('summary').all()) await summary.click();
  await look(person.page);
  await person.goTo(`${figures(full)}/answers`);
}, 60_000);

test('each number leads to a list of as many, with the keyboard', async () => {
  await person.page.goto(figures(full));
  const silent = person.page.locator('.key a').first();
  await silent.focus();
  await person.page.keyboard.press('Enter');
  await person.page.waitForURL(/recipients\?/);
  expect(await person.page.locator('tbody tr').count()).toBe(4);
}, 60_000);

test('on paper each figure has a page of its own, lying on its side', async () => {
  await person.page.goto(figures(full));
  const pdf = (await person.page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
  expect(pdf.match(/\/MediaBox \[0 0 84\d[.\d]* 59\d[.\d]*\]/g)).toHaveLength(2);
}, 60_000);

test('a campaign with nobody in it says so in place of empty pictures', async () => {
  const { _id } = await aCampaign({ title: 'A letter to nobody' });
  await person.goTo(figures(_id));
  expect(await person.read()).toContain('There is nothing to count yet.');
  await aRecipientWith(_id, 'Unwritten Example', []);
  await person.goTo(figures(_id));
  expect(await person.read()).toContain('Nobody has been written to yet.');
  expect(await person.page.locator('.chart svg').count()).toBe(0);
});

test('a campaign of one recipient, written to this week, has one column and one bar', async () => {
  const { _id } = await aCampaign({ title: 'A letter to one' });
  await aRecipientWith(_id, 'Single Example', ['letter 2026-11-23']);
  await person.goTo(figures(_id));
  expect(await person.read()).toContain('Silent 1');
  expect(await person.page.locator('.wide .waiting').count()).toBe(1);
});
