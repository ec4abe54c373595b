import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import {
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  PASSWORD,
} from '../support/factories.js';
import { tabTo } from '../support/keyboard.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();
const browser = useBrowser();

let site: TestSite;
let email: string;
let recipient: RecipientRecord;
beforeEach(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  ({ email } = await aUser({ name: 'Ana Example' }));
  const organisation = await anOrganisation({ name: 'Quokka Works' });
  recipient = await aRecipient({ office: (await anOffice({ organisation: organisation._id }))._id });
});
afterEach(() => site.close());

const home = () => `/recipients/${String(recipient._id)}`;
const isThere = async () => (await Recipient.exists({ _id: recipient._id })) !== null;

test('a recipient is removed for a reason, then its organisation, and both are put back', async () => {
  await aFollowUp({ recipient: recipient._id });
  const { signIn, follow, press, fillIn, read, page, goTo, leave } = await browser.open(site.url);
  await page.goto(home());
  await signIn(email, PASSWORD);
  await follow('Remove this recipient');
  expect(await read()).toContain('1 planned follow-up is cancelled with your reason');
  await press('Remove the recipient');
  expect(await read()).toContain('Say in a sentence why it is removed');
  await fillIn({ 'Why it is removed': 'It is the wrong company.' });
  await press('Remove the recipient');
  expect(await isThere()).toBe(false);
  await goTo(`/organisations/${String(recipient.organisation)}`);
  await follow('Remove this organisation');
  await fillIn({ 'Why it is removed': 'It is the wrong company.' });
  await press('Remove the organisation');
  await page.getByText('1 removed organisation').click();
  await follow('Quokka Works');
  expect(await read()).toContain('This organisation was removed by Ana Example');
  await press('Put it back');
  await goTo(`/campaigns/${String(recipient.campaign)}/recipients/new`);
  expect(await read()).toContain('Removed before');
  await press(/^Put it back/);
  expect(await read()).toContain('The recipient is put back.');
  expect(await isThere()).toBe(true);
  await leave();
}, 120_000);

test('with script switched off and something on record it is read why it stays, and what to do instead', async () => {
  await anEntry({ recipient: recipient._id });
  const { page, field, read, leave } = await browser.open(site.url, { javaScriptEnabled: false });
  await page.goto(`${home()}/removal`);
  await field('Email address').fill(email);
  await field('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  expect(await read()).toContain('It cannot be removed, because something happened');
  await page.getByRole('link', { name: 'Close the matter' }).click();
  expect(await read()).toContain('No answer is awaited any more');
  await leave();
}, 60_000);

test('with the keyboard alone an office and its holder are removed and put back', async () => {
  await Recipient.collection.deleteMany({});
  const { page, field, goTo, signIn, leave } = await browser.open(site.url);
  const at = `/organisations/${String(recipient.organisation)}`;
  await page.goto(at);
  await signIn(email, PASSWORD);
  const enter = async (role: 'button' | 'link', name: string | RegExp) => {
    await tabTo(page, page.getByRole(role, { name }).first());
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
  };
  const remove = async (link: string, why: string, button: string) => {
    await enter('link', link);
    await page.waitForURL('**/removal');
    await goTo(page.url());
    await tabTo(page, field(why));
    await page.keyboard.type('Entered twice.');
    await enter('button', button);
    await page.waitForURL(`**${at}`);
  };
  await remove('Remove Kim Invented', 'Why they are removed', 'Remove Kim Invented');
  await goTo(at);
  await page.getByText('1 removed holder').click();
  await enter('button', /^Put back/);
  await page.getByText('They are put back among the holders of the office.').waitFor();
  await remove('Remove Chief executive', 'Why it is removed', 'Remove the office');
  await goTo(at);
  await page.getByText('1 removed office').click();
  await enter('button', /^Put back/);
  await page.getByText('The office is put back.').waitFor();
  expect((await Organisation.findById(recipient.organisation).lean())!.removed).toBeUndefined();
  await leave();
}, 120_000);
