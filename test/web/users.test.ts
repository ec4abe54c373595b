import { beforeEach, expect, test } from '@jest/globals';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let admin: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  admin = await signInAs(app, await aUser({ role: 'admin', name: 'Ada Example' }));
});

const typed = { name: 'Nour Example', email: 'nour@example.org', role: 'partner', timeZone: 'Europe/Paris' };
const invite = (fields: Record<string, string | string[]> = typed) =>
  admin.postForm('/users', fields, '/users/new');

test('an invitation is mailed, and its link is shown to the administrator once', async () => {
  const campaign = await aCampaign({ title: 'A letter to watch' });
  await invite({ ...typed, campaigns: String(campaign._id) });
  const page = await admin.get('/users');
  const link = page.$('code').text();
  expect(link).toMatch(/^http:\/\/localhost:3000\/invitations\/[\w-]{32}$/);
  expect(page.$('tbody').text().replaceAll(/\s+/g, ' ')).toContain(
    'Nour Examplenour@example.org Coalition partnerA letter to watch Invited',
  );
  expect((await admin.get('/users')).$('code')).toHaveLength(0);

  const [message] = await CapturedMessage.find().lean();
  expect(message).toMatchObject({
    kind: 'account',
    to: typed.email,
    subject: 'Your invitation to Answerable',
  });
  expect(message!.raw.toString()).toContain(link.split('/').at(-1)!);
});

test('a wrong invitation comes back with a sentence per field', async () => {
  const { _id } = await aCampaign();
  const page = await invite({
    name: '',
    email: 'nour',
    role: 'owner',
    timeZone: 'Paris',
    campaigns: String(_id),
  });
  expectMistakes(
    page,
    {
      name: 'Enter a name.',
      email: 'That is not an email address, for example name@example.org.',
      role: 'Choose what this person may do.',
      timeZone: 'That is not a time zone. Choose one from the list, for example Europe/London.',
    },
    { email: 'nour', campaigns: String(_id) },
  );
  expect(await User.countDocuments()).toBe(1);
});

test('one address has one account, however it is written', async () => {
  await aUser({ email: 'Nour@Example.org' });
  expectMistakes(
    await invite(),
    { email: 'Somebody with this email address has an account already.' },
    { name: typed.name },
  );
});

test('staff are tied to no campaign, and a partner only to campaigns that exist', async () => {
  const { _id } = await aCampaign();
  const campaigns = [String(_id), 'ffffffffffffffffffffffff', '[object Object]'];
  await invite({ ...typed, campaigns });
  await invite({ ...typed, email: 'staff@example.org', role: 'staff', campaigns });
  const users = await User.find({ _id: { $ne: admin.user._id } })
    .sort({ _id: 1 })
    .lean();
  expect(users.map((user) => user.campaigns.map(String))).toEqual([[String(_id)], []]);
});

test('staff approve once an administrator says so; nobody else is given it', async () => {
  const rightOf = async (email: string) => (await User.findOne({ email }).lean())!.mayApprove;
  expect((await admin.get('/users/new')).$('#mayApprove[checked]')).toHaveLength(0);
  await invite({ ...typed, email: 'new@example.org', role: 'staff' });
  await invite({ ...typed, email: 'trusted@example.org', role: 'staff', mayApprove: 'yes' });
  await invite({ ...typed, mayApprove: 'yes' });
  await invite({ ...typed, email: 'odd@example.org', role: 'staff', mayApprove: 'true' });
  expect(
    await Promise.all(
      ['new@example.org', 'trusted@example.org', typed.email, 'odd@example.org'].map(rightOf),
    ),
  ).toEqual([false, true, false, false]);

  const { _id } = (await User.findOne({ email: 'new@example.org' }).lean())!;
  const path = `/users/${String(_id)}`;
  expect(valueOf(await admin.get(`${path}/edit`), 'mayApprove')).toBeUndefined();
  await admin.postForm(path, { role: 'staff', mayApprove: 'yes' }, `${path}/edit`);
  expect(await rightOf('new@example.org')).toBe(true);
  expect(valueOf(await admin.get(`${path}/edit`), 'mayApprove')).toBe('yes');
  await admin.postForm(path, { role: 'staff' }, `${path}/edit`);
  expect(await rightOf('new@example.org')).toBe(false);
});

test('the list says who approves: administrators, and staff who were given the right', async () => {
  await aUser({ name: 'Bo Example' });
  await aUser({ name: 'Cleo Example', mayApprove: undefined });
  await aUser({ name: 'Dara Example', role: 'partner', mayApprove: true });
  const page = await admin.get('/users');
  const rows = page.$('tbody tr').toArray();
  expect(rows.map((row) => page.$(row).find('td').first().text())).toEqual([
    'AdministratorApproves follow-ups',
    'Campaign staffApproves follow-ups',
    'Campaign staffDoes not approve follow-ups',
    'Coalition partnerNo campaign yet',
  ]);
});

test('a tick in a wrong form stays', async () => {
  const page = await invite({ ...typed, name: '', role: 'staff', mayApprove: 'yes' });
  expectMistakes(page, { name: 'Enter a name.' }, { mayApprove: 'yes' });
});

test('a new link replaces the one before it', async () => {
  await invite();
  const first = (await admin.get('/users')).$('code').text();
  const user = (await User.findOne({ email: typed.email }).lean())!;
  app.clock.pass({ minutes: 1 });
  await admin.postForm(`/users/${String(user._id)}/invitation`, {}, '/users');
  const second = (await admin.get('/users')).$('code').text();
  expect(second).not.toBe(first);
  expect((await admin.get(new URL(first).pathname)).status).toBe(404);
  expect((await admin.get(new URL(second).pathname)).status).toBe(200);
});

test('nobody who has chosen a password is invited again', async () => {
  const user = await aUser();
  const answer = await admin.postForm(`/users/${String(user._id)}/invitation`, {}, '/users');
  expect(answer.status).toBe(409);
  expect(answer.main).toContain('has taken up the invitation already.');
});

test('what somebody may do changes from their next page on', async () => {
  const staff = await signInAs(app, 'staff');
  const path = `/users/${String(staff.user._id)}`;
  expect(valueOf(await admin.get(`${path}/edit`), 'role')).toBe('staff');
  expect((await staff.get('/campaigns')).status).toBe(200);
  await admin.postForm(path, { role: 'partner' }, `${path}/edit`);
  expect((await staff.get('/campaigns')).status).toBe(403);
  expectMistakes(await admin.postForm(path, { role: 'king' }, `${path}/edit`), {
    role: 'Choose what this person may do.',
  });
});

test('a closed account is signed out everywhere and cannot sign in; what it did stays', async () => {
  const staff = await signInAs(app, 'staff');
  await admin.postForm(`/users/${String(staff.user._id)}/closing`, {}, '/users');
  expect((await staff.get('/account')).location).toBe('/sign-in?next=%2Faccount');
  await expect(signInAs(app, staff.user)).rejects.toThrow('do not belong together');
  const page = await admin.get('/users');
  expect(page.$('tbody').text()).toContain('Closed');
});

test('the last administrator can neither be closed nor demoted', async () => {
  const path = `/users/${String(admin.user._id)}`;
  const closed = await aUser({ role: 'admin', closedAt: new Date() });
  const invited = await aUser({ role: 'admin', invited: true });
  const sentence =
    'This is the last administrator. Invite another one first, otherwise nobody could manage accounts.';
  const closing = await admin.postForm(`${path}/closing`, {}, '/users');
  expect([closing.status, closing.main]).toEqual([409, expect.stringContaining(sentence)]);
  expectMistakes(await admin.postForm(path, { role: 'staff' }, `${path}/edit`), { role: sentence });
  for (const { _id } of [closed, invited]) await User.deleteOne({ _id });

  await aUser({ role: 'admin' });
  expect((await admin.postForm(path, { role: 'staff' }, `${path}/edit`)).status).toBe(302);
});

test('two administrators who close each other at the same moment do not both go', async () => {
  const other = await signInAs(app, 'admin');
  const close = async (by: SignedIn, whom: SignedIn) => {
    const token = await by.tokenFrom('/users');
    return () =>
      by.postRaw(`/users/${String(whom.user._id)}/closing`, new URLSearchParams({ _csrf: token }).toString());
  };
  const both = [await close(admin, other), await close(other, admin)];
  await Promise.all(both.map((send) => send()));
  expect(await User.countDocuments({ role: 'admin', closedAt: null })).toBeGreaterThan(0);
});
