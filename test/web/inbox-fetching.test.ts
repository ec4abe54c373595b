import { expect, test } from '@jest/globals';
import { mailboxName } from '../../src/mail/mailbox.js';
import { noteFetched, noteProblem } from '../../src/replies/mailbox-cursor.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const mailbox = {
  url: 'imaps://letter:secret%20word@imap.example.org/INBOX',
  afterwards: 'leave',
} as const;

test('the inbox says when mail was fetched, and in a sentence why it cannot be, never with the password', async () => {
  const app = createTestApp({ mailbox });
  const staff = await signInAs(app, 'staff');
  const said = async () => (await staff.get('/inbox')).$('main').text().replaceAll(/\s+/g, ' ');
  expect(await said()).toContain('Mail has not been fetched yet.');
  await noteFetched(mailboxName(mailbox), NOW);
  expect(await said()).toContain('Mail was last fetched');
  await noteProblem(mailboxName(mailbox), 'The mail server did not accept the password in IMAP_URL.', NOW);
  const page = await said();
  expect(page).toMatch(/Mail cannot be fetched, last tried .*: The mail server did not accept the password/);
  expect(page).not.toContain('secret');
});

test('without a mailbox it says that mail comes in by hand', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  expect((await staff.get('/inbox')).$('main').text()).toContain('No mailbox is connected');
});
