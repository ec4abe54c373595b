import { beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { backgroundEnded } from '../../src/in-background.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { Notice } from '../../src/mail/notice.model.js';
import { firstAdministrator } from '../../src/users/first-administrator.js';
import { createLink, Link, type Purpose } from '../../src/users/link.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser } from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { startSink } from '../support/smtp-sink.js';
import { aVisitor, signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let visitor: Visitor;
beforeEach(() => {
  app = createTestApp();
  visitor = aVisitor(app);
});

const NEW = 'entirely different words';
const chosen = { password: NEW, passwordAgain: NEW };
const gone =
  /^Not found .*This link has been used already, was replaced by a newer one, or is too old\. If you chose a password with it, sign in with that; otherwise ask for a new link\./;

async function linkFor(purpose: Exclude<Purpose, 'set-up'>, invited = purpose === 'invitation') {
  const user = await aUser({ invited });
  return {
    user: { ...user, password: NEW },
    path: `/${purpose}s/${await createLink(purpose, user._id, app.clock.now())}`,
  };
}

test.each(['invitation', 'password-reset'] as const)(
  'a link of the kind %s sets a password, once',
  async (purpose) => {
    const { user, path } = await linkFor(purpose);
    expect((await visitor.get(path)).main).toContain(`Hello ${user.name}. You sign in with ${user.email}.`);
    const answer = await visitor.postForm(path, chosen);
    expect(answer.location).toBe('/sign-in');
    expect((await visitor.get('/sign-in')).main).toContain('Your password is set. Sign in with it.');
    await signInAs(app, user);
    expect((await visitor.get(path)).main).toMatch(gone);
    expect((await visitor.postForm(path, chosen, '/sign-in')).status).toBe(404);
  },
);

test('of two invitations that were made at once, the second opens nothing once the first is taken up', async () => {
  const { _id } = await aUser({ invited: true });
  const make = () => createLink('invitation', _id, app.clock.now());
  const paths = (await Promise.all([make(), make(), make()])).map((token) => `/invitations/${token}`);
  const works = await Promise.all(paths.map(async (path) => (await visitor.get(path)).status === 200));
  await visitor.postForm(paths[works.indexOf(true)]!, chosen);
  expect(await Link.countDocuments()).toBe(0);
});

test('of two people using a link at the same moment, one wins', async () => {
  const { user, path } = await linkFor('invitation');
  const token = await visitor.tokenFrom(path);
  const passwords = ['the first of two', 'the second of two', 'the third of two'];
  const send = (password: string) =>
    visitor.postRaw(
      path,
      new URLSearchParams({ password, passwordAgain: password, _csrf: token }).toString(),
    );
  const answers = await Promise.all(passwords.map(send));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 404, 404]);
  const winner = passwords[answers.findIndex(({ status }) => status === 302)]!;
  await signInAs(app, { ...user, password: winner });
});

test.each([
  ['invitation', { days: 7 }],
  ['password-reset', { hours: 2 }],
] as const)('a link of the kind %s is too old after %j', async (purpose, span) => {
  const { path } = await linkFor(purpose);
  app.clock.pass(span);
  app.clock.pass({ minutes: -1 });
  expect((await visitor.get(path)).status).toBe(200);
  app.clock.pass({ minutes: 1 });
  expect((await visitor.get(path)).main).toMatch(gone);
});

test('a link is of one kind only, and its account must be open', async () => {
  const { user, path } = await linkFor('password-reset', false);
  expect((await visitor.get(path.replace('password-resets', 'invitations'))).status).toBe(404);
  await User.updateOne({ _id: user._id }, { closedAt: new Date() });
  expect((await visitor.get(path)).status).toBe(404);
});

test('a password that does not do leaves the link as it was', async () => {
  const { path } = await linkFor('invitation');
  const page = await visitor.postForm(path, { password: 'short', passwordAgain: 'short' });
  expectMistakes(page, {
    password:
      'Choose a password of at least 12 characters. Three words nobody would put together make a good one.',
  });
  expect((await visitor.postForm(path, chosen)).location).toBe('/sign-in');
});

test('a forgotten password is replaced by a link in a mail, and older sessions end', async () => {
  const user = await aUser();
  const old = await signInAs(app, user);
  await visitor.postForm(
    '/password-reset',
    { email: ` ${user.email.toUpperCase()} ` },
    '/password-reset/new',
  );
  await backgroundEnded();
  const [message] = await CapturedMessage.find().lean();
  const mail = await simpleParser(Buffer.from(message!.raw.buffer));
  const link = /http:\/\/localhost:3000(\/password-resets\/\S+)/.exec(mail.text!)!;
  await visitor.postForm(link[1]!, chosen);
  expect((await old.get('/account')).status).toBe(302);
  await signInAs(app, { ...user, password: NEW });
});

test('somebody else who asks for links neither ends the one in use nor fills the mailbox', async () => {
  const user = await aUser();
  const ask = async () => {
    app.clock.pass({ minutes: 5 });
    await visitor.postForm('/password-reset', { email: user.email }, '/password-reset/new');
    await backgroundEnded();
  };
  for (let n = 0; n < 6; n += 1) await ask();
  expect(await linksSent()).toHaveLength(3);
  // half an hour after the first of them
  await ask();
  const paths = await linksSent();
  expect(paths).toHaveLength(4);
  await visitor.postForm(paths[0]!, chosen);
  await signInAs(app, { ...user, password: NEW });
  for (const path of paths) expect((await visitor.get(path)).status).toBe(404);
  await ask();
  expect(await linksSent()).toHaveLength(5);
});

test('a link whose mail did not go counts for nothing: there is one as soon as mail goes again', async () => {
  const { email } = await aUser();
  const ask = async (smtpUrl?: string) => {
    const elsewhere = createTestApp({ smtpUrl, clock: app.clock });
    app.clock.pass({ minutes: 5 });
    await aVisitor(elsewhere).postForm('/password-reset', { email }, '/password-reset/new');
    await backgroundEnded();
  };
  for (let n = 0; n < 3; n += 1) await ask('smtp://127.0.0.1:9');
  expect(await Link.countDocuments()).toBe(0);
  await ask();
  expect(await linksSent()).toHaveLength(1);
});

/** The addresses in the mails that were captured, in the order they were sent. */
async function linksSent(): Promise<string[]> {
  const messages = await CapturedMessage.find().sort({ capturedAt: 1 }).lean();
  const mails = await Promise.all(messages.map(({ raw }) => simpleParser(Buffer.from(raw.buffer))));
  return mails.map(({ text }) => /http:\/\/localhost:3000(\/password-resets\/\S+)/.exec(text!)![1]!);
}

test('asking for a new password says the same for an address nobody has', async () => {
  const closed = await aUser({ closedAt: new Date() });
  for (const email of ['nobody@example.org', closed.email, (await aUser({ invited: true })).email]) {
    expect((await visitor.postForm('/password-reset', { email }, '/password-reset/new')).location).toBe(
      '/sign-in',
    );
    expect((await visitor.get('/sign-in')).main).toContain(
      'If that address has an account, an administrator finds the link in the outbox: ask for it.',
    );
  }
  await backgroundEnded();
  expect(await CapturedMessage.countDocuments()).toBe(0);
  const page = await visitor.postForm('/password-reset', { email: 'nobody' }, '/password-reset/new');
  expectMistakes(
    page,
    { email: 'That is not an email address, for example name@example.org.' },
    { email: 'nobody' },
  );
});

test('an address with an account is answered as soon as any other, whatever the mail server does', async () => {
  const sink = await startSink();
  const arrived = new Promise<void>((resolve) => {
    sink.behave({ onMessage: () => (resolve(), 'hang') });
  });
  const slow = aVisitor(createTestApp({ smtpUrl: sink.url }));
  const { email } = await aUser();
  const { location } = await slow.postForm('/password-reset', { email }, '/password-reset/new');
  expect(location).toBe('/sign-in');
  await arrived;
  expect(await Notice.find().lean()).toMatchObject([{ to: email, state: 'sending' }]);
  await sink.close();
  await backgroundEnded();
  expect(await Notice.find().lean()).toMatchObject([{ to: email, state: 'uncertain' }]);
});

test('only a hash of a link is kept', async () => {
  const { path } = await linkFor('invitation');
  expect(JSON.stringify(await Link.find().lean())).not.toContain(path.split('/').at(-1)!);
});

const settings = { BASE_URL: 'http://localhost:3000' } as const;
const admin = { name: 'Ada Example', email: 'ada@example.org', timeZone: 'Europe/London', ...chosen };
const setUpPath = async () =>
  /(\/set-up\/\S+)/.exec(await firstAdministrator(settings, app.clock.now()))![1]!;

test('the first administrator is set up by the link that the start prints, once', async () => {
  const path = await setUpPath();
  const wrong = await visitor.postForm(path, { ...admin, name: '', passwordAgain: 'x' });
  expectMistakes(
    wrong,
    { name: 'Enter a name.', passwordAgain: 'The two passwords are not the same. Type both again.' },
    { email: admin.email },
  );
  const token = await visitor.tokenFrom(path);
  const send = () => visitor.postRaw(path, new URLSearchParams({ ...admin, _csrf: token }).toString());
  const answers = await Promise.all([send(), send()]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 404]);
  expect(await User.find().lean()).toMatchObject([{ email: admin.email, role: 'admin' }]);
  expect(await firstAdministrator(settings, app.clock.now())).toBe('Sign in with your account.');
});

test('a set-up link opens nothing once there is somebody, and none after a day', async () => {
  const path = await setUpPath();
  app.clock.pass({ hours: 24 });
  expect((await visitor.get(path)).status).toBe(404);
  const another = await setUpPath();
  await aUser();
  expect((await visitor.postForm(another, admin, '/sign-in')).status).toBe(404);
  expect(await User.countDocuments()).toBe(1);
});

test('ADMIN_EMAIL and ADMIN_PASSWORD make the first administrator, and are ignored afterwards', async () => {
  const given = { ...settings, ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: NEW };
  expect(await firstAdministrator(given, app.clock.now())).toBe(
    'Sign in as ada@example.org with ADMIN_PASSWORD.',
  );
  await signInAs(app, { ...(await User.findOne().lean())!, password: NEW });
  expect(await firstAdministrator({ ...given, ADMIN_PASSWORD: 'changed afterwards' }, app.clock.now())).toBe(
    'Sign in with your account.',
  );
});

test('two processes that start at once make one first administrator, and both start', async () => {
  const given = { ...settings, ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: NEW };
  const said = await Promise.all([1, 2, 3].map(() => firstAdministrator(given, app.clock.now())));
  expect(new Set(said)).toEqual(new Set(['Sign in as ada@example.org with ADMIN_PASSWORD.']));
  expect(await User.countDocuments()).toBe(1);
});
