import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { Entry } from '../../src/history/entry.model.js';
import { Office } from '../../src/organisations/office.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { useBrowser } from '../support/browser.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anOffice, aRecipient, aUser, PASSWORD, type TestUser } from '../support/factories.js';
import { aBounce, aComplaint, anAutoReply, anIncoming, comesIn, wasWrittenTo } from '../support/incoming.js';
import type { Person } from '../support/person.js';
import { startSite, type TestSite } from '../support/site.js';

useDatabase();
const browser = useBrowser();

const ADDRESS = 'kim@platform.invalid';
let site: TestSite;
let user: TestUser;
let recipient: RecipientRecord;
beforeEach(async () => {
  site = await startSite({ now: '2026-11-24T12:00:00Z' });
  user = await aUser();
  recipient = await aRecipient({ office: (await anOffice({ email: ADDRESS }))._id });
});
afterEach(() => site.close());

async function signedIn(options = {}): Promise<Person> {
  const person = await browser.open(site.url, options);
  await person.goTo('/sign-in');
  await person.signIn(user.email, PASSWORD);
  return person;
}

test('a message is found, placed, read, and taken back with script switched off', async () => {
  await anIncoming({ subject: 'We answer', html: '<p>Formatted words.</p>', text: 'We do.' }, site);
  const { page, leave } = await browser.open(site.url, { javaScriptEnabled: false });
  /** Without script nobody waits within a page for the next one. */
  const leads = async (what: Locator, to: RegExp): Promise<void> => {
    await Promise.all([page.waitForURL(to), what.click()]);
  };
  const link = (name: string) => page.getByRole('link', { name });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  await page.goto('/inbox');
  await page.getByLabel('Email address').fill(user.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await leads(button('Sign in'), /inbox$/);
  await leads(link('We answer'), /incoming-mail/);
  await leads(link('Choose another recipient'), /recipients$/);
  await page.getByLabel('Organisation, office or holder').fill('invented');
  await leads(button('Find'), /find=invented$/);
  await leads(button(new RegExp(`^Place it here ?: ${recipient.organisationName}`)), /incoming-mail\/\w+$/);
  await page.getByText('Placed. It is in their history now.').waitFor();
  await page.getByLabel('It only says that ours arrived. What is planned goes on.').check();
  await button('Save').click();
  await page.getByText(`${user.name} read it`).waitFor();
  await page.getByText('It does not belong here').click();
  await page.getByLabel('Why').fill('It is about something else.');
  await button('Take it back').click();
  await page.getByRole('heading', { name: 'Whose is it?' }).waitFor();
  await leads(link('Show it as formatted mail'), /formatted=yes/);
  await page.frameLocator('iframe').getByText('Formatted words.').waitFor();
  expect(await IncomingMail.findOne().lean()).toMatchObject({ state: 'waiting', placements: 1 });
  expect(await Entry.countDocuments()).toBe(3);
  await leave();
}, 120_000);

test('every page of incoming mail, narrow and wide, breaks no rule of accessibility', async () => {
  const inReplyTo = await wasWrittenTo(recipient);
  const { messageId } = await aFollowUp({ recipient: recipient._id, state: 'uncertain' });
  const file = { name: 'report.txt', type: 'text/plain', content: Buffer.from('The report.') };
  const subject = 'We answer';
  await anIncoming({ from: `Kim Invented <${ADDRESS}>`, subject: 'A suggestion' }, site);
  const answer = await anIncoming(
    {
      subject,
      inReplyTo: messageId,
      text: 'We do.\n\n> Please.',
      html: '<p>We do.</p>',
      attachments: [file],
    },
    site,
  );
  const others = [
    await anAutoReply({ inReplyTo, text: 'Kim Invented is no longer with the company.' }, site),
    await aBounce({ address: ADDRESS, of: inReplyTo }, site),
    await aComplaint({ address: ADDRESS, of: inReplyTo }, site),
    await comesIn(`From: a@stranger.invalid\r\nX-Long: ${'x'.repeat(2_100_000)}\r\n\r\nHello.`, site),
    await anIncoming({ headers: { 'Authentication-Results': 'mx; dmarc=fail' } }, site),
  ];
  const { goTo, follow, press, read, leave } = await signedIn();
  await goTo('/inbox');
  await follow('A suggestion');
  await press(/^Place it with/);
  await goTo(`/incoming-mail/${String(answer._id)}?formatted=yes`);
  expect(await read()).toContain('So that one went.');
  for (const { _id } of others) await goTo(`/incoming-mail/${String(_id)}`);
  await goTo(`/incoming-mail/${String(others[3]!._id)}/recipients`);
  for (const list of ['to+read', 'placed', 'set+aside']) await goTo(`/inbox?list=${list}`);
  await goTo('/');
  await goTo(`/recipients/${String(recipient._id)}`);
  await follow(subject);
  await press('Save');
  expect(await read()).toContain(`${user.name} read it`);
  await leave();
}, 180_000);

test('a holder who has left is replaced from the message that says so', async () => {
  const text = 'Kim Invented is no longer with the company.';
  const mail = await anAutoReply({ inReplyTo: await wasWrittenTo(recipient), text }, site);
  const { goTo, fillIn, press, page, read, leave } = await signedIn();
  await goTo(`/incoming-mail/${String(mail._id)}`);
  await page.getByLabel('Whoever is named below').check();
  await press('Change who holds the office');
  expect(await read()).toContain('Enter the name, or choose that nobody is known yet.');
  await fillIn({ Name: 'Sam Follower', 'How a mail to them begins': 'Dear Sam Follower' });
  await press('Change who holds the office');
  expect(await read()).toContain('Since 24 November 2026 the office is held by Sam Follower.');
  const { holders } = (await Office.findById(recipient.office).lean())!;
  expect(holders.map(({ name, until }) => [name, until])).toEqual([
    ['Kim Invented', '2026-11-23'],
    ['Sam Follower', null],
  ]);
  await leave();
}, 60_000);
