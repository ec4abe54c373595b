import { beforeEach, expect, test } from '@jest/globals';
import { backgroundEnded } from '../../src/in-background.js';
import { createLog } from '../../src/log.js';
import { createApp } from '../../src/app.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type Clock, createClock } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, type TestUser } from '../support/factories.js';
import { startSink } from '../support/smtp-sink.js';
import { aVisitor, signInAs } from '../support/visitor.js';

useDatabase();

let clock: Clock;
let boss: TestUser;
beforeEach(async () => {
  clock = createClock();
  boss = await aUser({ role: 'admin' });
});

const AWAY = 'smtp://127.0.0.1:9';
const typed = { name: 'Nour Example', email: 'nour@example.org', role: 'staff', timeZone: 'UTC' };

/** The people page after an invitation through such a mail server, and the page after a new link. */
async function invitedBy(smtpUrl: string | undefined) {
  const admin = await signInAs(createTestApp({ smtpUrl, clock }), boss);
  await admin.postForm('/users', typed, '/users/new');
  const invited = await admin.get('/users');
  const { _id } = (await User.findOne({ email: typed.email }).lean())!;
  clock.pass({ minutes: 1 });
  await admin.postForm(`/users/${String(_id)}/invitation`, {}, '/users');
  return { invited, again: await admin.get('/users'), later: await admin.get('/users'), id: _id };
}

test('an invitation that the server took is told as that, and no more', async () => {
  const sink = await startSink();
  const { invited, again, later } = await invitedBy(sink.url);
  await sink.close();
  expect(sink.messages).toHaveLength(2);
  expect(invited.$('.notice').first().text()).toBe(
    'Nour Example is invited: the mail server took the mail with the link.',
  );
  expect(again.$('.notice').first().text()).toContain('The earlier link no longer works.');
  expect(later.main).not.toContain('was to be mailed');
});

test.each([
  ['there is none', undefined, 'no mail went: no mail server is set up (SMTP_URL), so it is in the outbox.'],
  [
    'it is away',
    AWAY,
    'no mail went, and none is tried again by itself (“The mail server could not be reached',
  ],
])('an invitation says that no mail went while %s', async (_what, smtpUrl, sentence) => {
  const { invited, again } = await invitedBy(smtpUrl);
  for (const page of [invited, again]) {
    expect(page.$('.notice').first().text()).toContain(`Nour Example is invited, but ${sentence}`);
    expect(page.$('.notice').first().text()).toContain('Pass the link below on yourself.');
    expect(page.$('code').text()).toMatch(/\/invitations\/[\w-]{32}$/);
  }
});

test('a refused invitation is told in the words of the server, and stays on the page until one goes', async () => {
  const sink = await startSink({
    onRecipient: () => ({ code: 550, message: '5.1.1 nour@example.org: no such user' }),
  });
  const { invited, later, id } = await invitedBy(sink.url);
  const words = 'the mail server did not take the mail (“550 5.1.1 nour@example.org: no such user”).';
  expect(invited.$('.notice').first().text()).toContain(`${words} There is no mailbox of this name.`);
  expect(later.main).toContain(
    `On 24 November 2026 a link to take up the invitation was to be mailed, but ${words}`,
  );
  sink.behave({ onRecipient: () => undefined });
  const admin = await signInAs(createTestApp({ smtpUrl: sink.url, clock }), boss);
  clock.pass({ minutes: 1 });
  await admin.postForm(`/users/${String(id)}/invitation`, {}, '/users');
  await sink.close();
  expect((await admin.get('/users')).main).not.toContain('was to be mailed');
});

test('a link for a new password that did not go is in the log and under People; the one who asked learns nothing', async () => {
  const user = await aUser({ name: 'Robin Forgetful', email: 'robin@example.org' });
  const lines: string[] = [];
  const { deps } = createTestApp({ smtpUrl: AWAY, clock });
  const site = { app: createApp({ ...deps, log: createLog('info', { write: (line) => lines.push(line) }) }) };
  const visitor = aVisitor(site);
  const answers = [];
  for (const email of [user.email, 'nobody@example.org']) {
    await visitor.postForm('/password-reset', { email }, '/password-reset/new');
    answers.push((await visitor.get('/sign-in')).$('.notice').text());
  }
  await backgroundEnded();
  expect(answers[0]).toContain('If that address has an account, a mail with a link is being sent to it.');
  expect(answers[1]).toBe(answers[0]);
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ kind: 'account', state: 'deferred', msg: 'a notice was not delivered' }),
  ]);
  expect(lines.join('')).not.toContain('robin@');
  const admin = await signInAs(site, boss);
  expect((await admin.get('/users')).main).toContain(
    'On 24 November 2026 a link for a new password was to be mailed, but no mail went, and none is tried again by itself',
  );
  clock.pass({ days: 8 });
  expect((await admin.get('/users')).main).not.toContain('was to be mailed');
});
