import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { unsubscribeToken } from '../../src/reminders/unsubscribe-token.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, NOW, type TestUser } from '../support/factories.js';
import { valueOf } from '../support/forms.js';
import { aVisitor, signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let user: TestUser;
let visitor: Visitor;
let path: string;
beforeEach(async () => {
  app = createTestApp();
  user = await aUser();
  visitor = aVisitor(app);
  path = `/unsubscribe/${unsubscribeToken(String(user._id), app.deps.sessionSecret)}`;
});

const offSince = async () => (await User.findById(user._id).lean())!.remindersOffSince;

/** As a mail provider does it: no cookie, no page opened before. */
const oneClick = (to = path) => visitor.postRaw(to, 'List-Unsubscribe=One-Click');

test('opening the link changes nothing, however often; its button turns reminders off', async () => {
  await visitor.get(path);
  const page = await visitor.get(path);
  expect(await offSince()).toBeNull();
  const form = page.$('main form');
  expect([form.attr('method'), form.attr('action')]).toEqual(['post', path]);
  expect(page.main).not.toContain(user.email);
  const after = await visitor.postRaw(form.attr('action')!, '');
  expect([after.status, after.$('h1').text()]).toEqual([200, 'Reminders by mail']);
  expect(after.main).toContain('They are off');
  expect(await offSince()).toEqual(NOW);
  expect((await visitor.get(path)).$('main form')).toHaveLength(0);
});

test('a mail provider posts without session and token, once or often: no redirect, no session, the same end', async () => {
  const first = await oneClick();
  app.clock.pass({ days: 1 });
  const second = await oneClick();
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(first.headers['set-cookie']).toBeUndefined();
  expect(await mongoose.connection.collection('sessions').countDocuments()).toBe(0);
  expect(await offSince()).toEqual(NOW);
  const multipart = await visitor.agent.post(path).field('List-Unsubscribe', 'One-Click');
  expect(multipart.status).toBe(200);
});

test('a link that was not signed here turns nothing off', async () => {
  const other = await aUser();
  const signature = path.split('.')[1]!;
  for (const token of [`${String(other._id)}.${signature}`, String(user._id), 'x', '%00', '[$ne]=x']) {
    const { status, main } = await oneClick(`/unsubscribe/${token}`);
    expect(status).toBe(404);
    expect(main).toContain('This link is not complete');
  }
  expect(await User.countDocuments({ remindersOffSince: { $ne: null } })).toBe(0);
});

test.each([
  '/unsubscribe',
  '/unsubscribed/x',
  '/account',
  '/account/unsubscribe/x',
  '//unsubscribe/x',
  '/sign-in',
])('nothing else is posted without the token of a session: %s', async (address) => {
  const { status, main } = await oneClick(address);
  expect([status, main.includes('This form is out of date')]).toEqual([403, true]);
});

test('nor what lies below a link of this kind, in whatever letters', async () => {
  for (const address of [`${path}/more`, `${path}/../../account`, `${path}%2F..%2Faccount`])
    expect([403, 404]).toContain((await oneClick(address)).status);
  expect(await offSince()).toBeNull();
});

test('everybody on the staff sees on their account whether reminders come, and changes it', async () => {
  await oneClick();
  const staff = await signInAs(app, user);
  expect(valueOf(await staff.get('/account'), 'reminders')).toBe('off');
  const fields = { name: user.name, timeZone: user.timeZone };
  await staff.postForm('/account', { ...fields, reminders: 'on' });
  expect([valueOf(await staff.get('/account'), 'reminders'), await offSince()]).toEqual(['on', null]);
  await staff.postForm('/account', { ...fields, reminders: 'off' });
  await staff.postForm('/account', fields);
  expect(await offSince()).toEqual(NOW);
  const wrong = await staff.postForm('/account', { ...fields, reminders: 'sometimes' });
  expect(wrong.status).toBe(422);
});

test('everybody on the staff chooses the hour of their daily reminder, from 0 to 23; until then it is 8', async () => {
  const staff = await signInAs(app, user);
  const fields = { name: user.name, timeZone: user.timeZone, reminders: 'on' };
  const page = await staff.get('/account');
  expect(valueOf(page, 'reminderHour')).toBe('8');
  expect(page.$('[name=reminderHour] option')).toHaveLength(24);
  for (const hour of ['0', '23']) {
    await staff.postForm('/account', { ...fields, reminderHour: hour });
    expect(valueOf(await staff.get('/account'), 'reminderHour')).toBe(hour);
  }
  for (const hour of ['24', '-1', '8.5', '', '08', 'noon']) {
    const wrong = await staff.postForm('/account', { ...fields, reminderHour: hour });
    expect([wrong.status, wrong.main.includes('Choose an hour from 0 to 23.')]).toEqual([422, true]);
  }
  await staff.postForm('/account', fields);
  expect((await User.findById(user._id).lean())!.reminderHour).toBe(23);
});

test('a partner gets no reminders, so their account does not ask', async () => {
  const partner = await signInAs(app, 'partner');
  expect((await partner.get('/account')).$('[name=reminders]')).toHaveLength(0);
});
