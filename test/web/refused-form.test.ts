import { beforeEach, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { Entry } from '../../src/history/entry.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aRecipient } from '../support/factories.js';
import { assertValidHtml } from '../support/html.js';
import { aVisitor, signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const WORDS = 'They rang back: “the board decides in <January>”.\nMore to follow & soon.';
const ORIGIN = 'http://127.0.0.1';

/** The form as the browser sends it that opened it before; with `multipart` as one that may hold files. */
async function send(
  path: string,
  fields: Record<string, string>,
  {
    from,
    multipart = false,
    site = 'same-origin',
  }: { from?: string; multipart?: boolean; site?: string } = {},
) {
  let post = staff.agent.post(path).set('sec-fetch-site', site);
  if (from) post = post.set('referer', ORIGIN + from);
  if (multipart) {
    for (const [name, value] of Object.entries(fields)) void post.field(name, value);
    void post.attach('attachments', Buffer.alloc(2_000_000), 'large.pdf');
  } else post = post.type('form').send(fields);
  const answer = await post;
  await assertValidHtml(answer.text, `POST ${path}`);
  const $ = load(answer.text);
  const kept = Object.fromEntries(
    $('main textarea[readonly]')
      .toArray()
      .map((area) => [$(`label[for="${$(area).attr('id')!}"]`).text(), $(area).text().replace(/^\n/, '')]),
  );
  return { status: answer.status, $, kept, main: $('main').text().replaceAll(/\s+/g, ' ').trim() };
}

test.each([false, true])(
  'whoever was signed out meanwhile reads so, signs in beside it, and finds what they typed (with files: %s)',
  async (multipart) => {
    const { _id } = await aRecipient();
    const from = `/recipients/${String(_id)}/entries/new?kind=note`;
    const _csrf = await staff.tokenFrom(from);
    await staff.postForm('/sign-out', {}, '/account');
    const page = await send(
      `/recipients/${String(_id)}/entries`,
      { _csrf, text: WORDS, sentOn: '2026-11-24', office: 'f'.repeat(64) },
      { from, multipart },
    );
    expect([page.status, page.kept]).toEqual([403, { Text: WORDS }]);
    expect(page.main).toContain('You are signed out, so nothing was saved');
    const link = page.$('a[target=_blank]');
    expect(link.attr('href')).toBe(`/sign-in?next=${encodeURIComponent(from)}`);
    const again = await aVisitor(app).postForm(
      '/sign-in',
      { email: staff.user.email, password: staff.user.password, next: from },
      link.attr('href'),
    );
    expect(again.location).toBe(from);
    expect(await Entry.countDocuments()).toBe(0);
  },
);

test('whoever has signed in again meanwhile is told to go back, and finds what they typed', async () => {
  const { _id } = await aRecipient();
  const path = `/recipients/${String(_id)}`;
  const _csrf = await staff.tokenFrom(`${path}/edit`);
  await staff.postForm('/sign-out', {}, '/account');
  await staff.postForm('/sign-in', { email: staff.user.email, password: staff.user.password });
  const page = await send(path, { _csrf, notes: WORDS, owner: '' }, { from: `${path}/edit` });
  expect([page.status, page.kept]).toEqual([403, { Notes: WORDS }]);
  expect(page.main).toContain(
    'You are signed in, but the form was opened before that, so nothing was saved.',
  );
  expect(page.main).not.toContain('signed out');
  expect(page.$('main a').attr('href')).toBe(`${path}/edit`);
  expect(page.$('main form')).toHaveLength(0);
});

test.each([
  '/sign-in',
  '/account/password',
  '/account',
  '/invitations/abc',
  '/password-resets/abc',
  '/password-reset',
  '/set-up/abc',
  '/users',
])('nothing of a form that holds passwords or secrets is shown again: %s', async (path) => {
  const page = await send(path, { password: 'three fictional words here', name: WORDS, _csrf: 'x' });
  expect([page.status, page.kept]).toEqual([403, {}]);
  expect(page.main).not.toMatch(/fictional|rang back/);
});

test('nor a password, a token or an id in any other form, nor what another site sends', async () => {
  const fields = {
    password: WORDS,
    inviteToken: WORDS,
    _csrf: WORDS,
    id: 'f'.repeat(64),
    short: 'a few words',
  };
  expect((await send('/campaigns', fields)).kept).toEqual({});
  expect((await send('/campaigns', { letter: WORDS }, { site: 'cross-site' })).kept).toEqual({});
});

test('where the form came from leads to no other site', async () => {
  const page = await send('/campaigns', { letter: WORDS }, { from: '//example.net/x' });
  expect(page.$('main a[target=_blank]')).toHaveLength(0);
});

test('a sign-in page that was left open says what is true', async () => {
  expect((await send('/sign-in', {})).main).toContain('You are signed in already');
  await staff.postForm('/sign-out', {}, '/account');
  const page = await send('/sign-in', {});
  expect(page.main).toContain('This page had been open for too long');
  expect(page.$('main a').attr('href')).toBe('/sign-in');
});

test('nobody who takes up an invitation is told that they were signed out', async () => {
  await staff.postForm('/sign-out', {}, '/account');
  const { main } = await send('/invitations/abc', { password: 'three fictional words here' });
  expect(main).toContain('Open the page anew, with the same link if it came by mail');
  expect(main).not.toContain('You are signed out');
});
