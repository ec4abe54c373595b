import { beforeEach, expect, test } from '@jest/globals';
import { backgroundEnded } from '../../src/in-background.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { rawMail } from '../support/raw-mail.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const upload = async (files: Record<string, Buffer>) => {
  let form = staff.agent.post('/inbox/uploads').field('_csrf', await staff.tokenFrom('/inbox/uploads/new'));
  for (const [name, bytes] of Object.entries(files)) form = form.attach('attachments', bytes, name);
  const answer = await form;
  await backgroundEnded();
  return answer;
};

const mboxOf = (count: number): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, () => [
      Buffer.from('From a@b.test Thu Nov 26 10:15:00 2026\n'),
      rawMail(NOW).source,
      Buffer.from('\n'),
    ]).flat(),
  );

test('a message and a mailbox are taken in, and the page says what came of them', async () => {
  const answer = await upload({ 'one.eml': rawMail(NOW).source, 'old.mbox': mboxOf(3) });
  const { $ } = await staff.get(answer.headers['location']!);
  expect($('main').text().replaceAll(/\s+/g, ' ')).toContain('4 messages read: 4 new, 0 had come in before.');
  expect(await IncomingMail.countDocuments()).toBe(4);
});

test('uploaded twice, nothing is taken in twice', async () => {
  const box = mboxOf(2);
  await upload({ 'old.mbox': box });
  const answer = await upload({ 'again.mbox': box });
  const { $ } = await staff.get(answer.headers['location']!);
  expect($('main').text()).toContain('0 new, 2 had come in before.');
});

test.each([
  ['nothing', {}, 'Choose the file of a message'],
  ['an empty file', { 'empty.eml': Buffer.alloc(0) }, 'One of the files is empty'],
] as [string, Record<string, Buffer>, string][])(
  '%s is a mistake in the form',
  async (_what, files, said) => {
    const { status, text } = await upload(files);
    expect(status).toBe(422);
    expect(text).toContain(said);
    expect(text).toContain('Nothing has been taken in yet.');
  },
);

test('a file that is no mail at all is taken in as what it is: something nobody can read much from', async () => {
  await upload({ 'picture.eml': Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 3]) });
  const mail = (await IncomingMail.findOne().lean())!;
  expect(mail.state).toBe('waiting');
  expect((await staff.get(`/incoming-mail/${String(mail._id)}`)).status).toBe(200);
});

test('a page for an upload that is not there is answered with 404', async () => {
  expect((await staff.get('/inbox/uploads/ffffffffffffffffffffffff')).status).toBe(404);
});
