import { expect, test } from '@jest/globals';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, PASSWORD } from '../support/factories.js';
import { aVisitor, signInAs } from '../support/visitor.js';

useDatabase();

test('somebody who signs in gets to the page they wanted', async () => {
  const app = createTestApp();
  const user = await aUser();
  const visitor = aVisitor(app);
  const asked = await visitor.get('/campaigns?page=2');
  expect(asked.location).toBe('/sign-in?next=%2Fcampaigns%3Fpage%3D2');
  const { $ } = await visitor.get(asked.location!);
  const next = $('input[name=next]').attr('value')!;
  const answer = await visitor.postForm('/sign-in', { email: user.email, password: PASSWORD, next });
  expect(answer.location).toBe('/campaigns?page=2');
  const page = await visitor.get('/account');
  expect(page.status).toBe(200);
  expect(page.$('header').text()).toContain(user.name);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/a\r\nLocation: https://evil.example',
  '',
])('after signing in nobody is sent to another site: %j', async (next) => {
  const app = createTestApp();
  const user = await aUser();
  const answer = await aVisitor(app).postForm('/sign-in', { email: user.email, password: PASSWORD, next });
  expect(answer.location).toBe('/');
});

test('the session that held the sign-in form is not the one that is signed in', async () => {
  const app = createTestApp();
  const user = await aUser();
  const visitor = aVisitor(app);
  const before = cookieOf(await visitor.get('/sign-in'));
  const after = cookieOf(await visitor.postForm('/sign-in', { email: user.email, password: PASSWORD }));
  expect(before).toMatch(/^answerable=/);
  expect(after).toMatch(/^answerable=/);
  expect(after).not.toBe(before);
});

test('signing out ends the session', async () => {
  const app = createTestApp();
  const visitor = await signInAs(app, 'staff');
  const answer = await visitor.postForm('/sign-out', {}, '/account');
  expect(answer.location).toBe('/sign-in');
  expect((await visitor.get('/account')).location).toBe('/sign-in?next=%2Faccount');
});

test('whoever mistypes a password is told to type it once more, and not that it is still there', async () => {
  const app = createTestApp();
  const { email } = await aUser();
  const page = await aVisitor(app).postForm('/sign-in', { email, password: 'not the password' });
  expect(page.status).toBe(422);
  expect(page.main).toContain('You are not signed in yet. Type your password once more.');
  expect(page.main).not.toContain('what you typed is still here');
  expect(page.$('input[name=email]').attr('value')).toBe(email);
});

test('where a form was refused the focus is on what is wrong, also without a script', async () => {
  const page = await aVisitor(createTestApp()).postForm('/sign-in', { email: '', password: '' });
  const summary = page.$('.error-summary');
  expect(summary.attr('autofocus')).toBeDefined();
  expect(summary.attr('tabindex')).toBe('-1');
});

const cookieOf = ({ headers }: { headers: Record<string, unknown> }): string =>
  String(headers['set-cookie']).split(';')[0]!;
