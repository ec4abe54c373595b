import { expect, test } from '@jest/globals';
import { run } from '../../jobs/send-due.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

test('a captured follow-up can be read as text, as formatted mail and as its source', async () => {
  const world = createTestApp();
  const staff = await signInAs(world, 'staff');
  expect((await staff.get('/outbox')).main).toContain(
    'where its campaign is not live or no mail server is configured.',
  );
  const followUp = await anApprovedFollowUp(world, { body: 'Grüße, *please* answer.' });
  world.clock.pass({ hours: 1 });
  await run(world.deps);

  expect((await staff.get('/outbox')).main).toContain(followUp.subject);
  const at = `/outbox/${String((await CapturedMessage.findOne().lean())!._id)}`;
  const page = await staff.get(at);
  expect(page.$('pre.source').first().text()).toContain('Grüße, please answer.');
  expect(page.$('pre.source').last().text()).toContain(`Message-ID: ${followUp.messageId}`);
  expect(page.main).toContain('No mail server is configured');
  const framed = await staff.agent.get(`${at}/html`);
  expect(framed.text).toContain('<em>please</em>');
  expect(framed.headers['content-security-policy']).toContain('sandbox');
  expect(page.$('iframe.mail').attr()).toMatchObject({ sandbox: '', src: `${at}/html` });
  expect(page.main).not.toContain('Attached');
});

test('the source can be downloaded as plain text, byte for byte', async () => {
  const world = createTestApp();
  const staff = await signInAs(world, 'staff');
  await anApprovedFollowUp(world, { body: 'Grüße, *please* answer.' });
  world.clock.pass({ hours: 1 });
  await run(world.deps);
  const { _id, raw } = (await CapturedMessage.findOne())!;
  const page = await staff.get(`/outbox/${String(_id)}`);
  const { headers, body } = await staff.download(page.$('a[download]').attr('href')!);
  expect(headers['content-type']).toMatch(/^text\/plain/);
  expect(headers['content-disposition']).toBe(`attachment; filename=${String(_id)}.eml`);
  expect(Buffer.from(raw).equals(body as Buffer)).toBe(true);
});

test('attachments are named; a message without HTML, or without text, says so', async () => {
  const world = createTestApp();
  const staff = await signInAs(world, 'staff');
  const captured = { kind: 'follow-up', to: 'kim@example.org', why: 'A test.', capturedAt: NOW } as const;
  const head = 'From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n';
  const plain = await CapturedMessage.create({
    ...captured,
    messageId: '<plain@example.org>',
    subject: 'Plain',
    raw: Buffer.from(
      `${head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nWords.\r\n--x\r\n` +
        'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="the <letter>.pdf"\r\n\r\n%PDF\r\n--x--\r\n',
    ),
  });
  const page = await staff.get(`/outbox/${String(plain._id)}`);
  expect(page.main).toContain('Attached the <letter>.pdf (application/pdf, 4 bytes)');
  expect(page.main).toContain('This message is text alone.');
  expect(page.$('iframe')).toHaveLength(0);
  const empty = await CapturedMessage.create({
    ...captured,
    messageId: '<empty@example.org>',
    subject: 'Empty',
    raw: Buffer.from(`${head}\r\n`),
  });
  expect((await staff.get(`/outbox/${String(empty._id)}`)).main).toContain('This message has no text.');
});

test('mail with a one-time link is for administrators alone', async () => {
  const world = createTestApp();
  const [admin, staff] = [await signInAs(world, 'admin'), await signInAs(world, 'staff')];
  await admin.postForm(
    '/users',
    { name: 'New Person', email: 'new@example.org', role: 'staff', timeZone: 'UTC' },
    '/users/new',
  );
  const { _id } = (await CapturedMessage.findOne({ kind: 'account' }).lean())!;
  expect((await admin.get(`/outbox/${String(_id)}`)).main).toContain('/invitations/');
  expect((await staff.get('/outbox')).main).not.toContain('invitation');
  expect((await staff.get(`/outbox/${String(_id)}`)).status).toBe(404);
  expect((await staff.get(`/outbox/${String(_id)}/html`)).status).toBe(404);
  expect((await staff.get(`/outbox/${String(_id)}/source`)).status).toBe(404);
});

test('partners see no outbox', async () => {
  const partner = await signInAs(createTestApp(), 'partner');
  expect((await partner.get('/outbox')).status).toBe(403);
});
