import { expect, test } from '@jest/globals';
import { run } from '../../jobs/send-due.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

test('a captured follow-up can be read as text, as formatted mail and as its source', async () => {
  const world = createTestApp();
  const staff = await signInAs(world, 'staff');
  expect((await staff.get('/outbox')).main).toContain('Nothing has been captured.');
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
});

test('partners see no outbox', async () => {
  const partner = await signInAs(createTestApp(), 'partner');
  expect((await partner.get('/outbox')).status).toBe(403);
});
