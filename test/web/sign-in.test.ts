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

const cookieOf = ({ headers }: { headers: Record<string, unknown> }): string =>
  String(headers['set-cookie']).split(';')[0]!;
