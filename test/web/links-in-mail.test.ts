import { beforeEach, expect, test } from '@jest/globals';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anAutoReply, anIncoming, comesIn } from '../support/incoming.js';
import { aVisitor, signInAs } from '../support/visitor.js';

useDatabase();

let app: TestApp;
beforeEach(() => {
  app = createTestApp();
});

/** Invites an administrator. @returns the mail, and the path of the link in it */
async function anInvitation(name: string) {
  const admin = await signInAs(app, 'admin');
  const fields = { name, email: 'new@example.net', role: 'admin', timeZone: 'Europe/London' };
  const { $ } = await admin.postForm('/users', fields, '/users/new').then(() => admin.get('/users'));
  const path = /\/invitations\/[\w-]+/.exec($('main').text())![0];
  const [message] = await CapturedMessage.find().lean();
  return { path, mail: Buffer.from(message!.raw.buffer).toString('latin1') };
}

const opens = async (path: string): Promise<boolean> => (await aVisitor(app).get(path)).status === 200;

const bounceOf = (mail: string): string =>
  [
    'From: MAILER-DAEMON@mx.example.net',
    'To: campaign@example.org',
    'Message-ID: <report@mx.example.net>',
    'Subject: Undelivered',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=part',
    '',
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    'Final-Recipient: rfc822; new@example.net',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--part',
    'Content-Type: message/rfc822',
    '',
    mail,
    '--part--',
    '',
  ].join('\r\n');

test.each(['Kim Invented', '金'.repeat(60)])(
  'an invitation that comes back makes nobody an administrator who reads what comes in: %s',
  async (name) => {
    const { path, mail } = await anInvitation(name);
    expect(await opens(path)).toBe(true);
    const { _id, kind } = await comesIn(bounceOf(mail), app);
    expect(kind).toBe('bounce');
    const staff = await signInAs(app, 'staff');
    expect((await staff.download(`/incoming-mail/${String(_id)}/source`)).status).toBe(200);
    expect(await opens(path)).toBe(false);
  },
);

test('a link that an answer quotes works no longer, and one that is not quoted does', async () => {
  const { path } = await anInvitation('Kim Invented');
  await anAutoReply({ text: 'I am away. The link works once, for seven days.' }, app);
  expect(await opens(path)).toBe(true);
  await anIncoming({ text: `Is this for me?\n\n> ${app.deps.baseUrl}${path}\n` }, app);
  expect(await opens(path)).toBe(false);
});
