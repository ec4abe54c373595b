import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { Entry } from '../../src/history/entry.model.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import {
  aCampaign,
  aFollowUp,
  anEntry,
  anOffice,
  anOrganisation,
  aRecipient,
  aUser,
  PASSWORD,
} from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { aVisitor, signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const EVIL = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`;

test.each([
  'email[$ne]=&password[$ne]=',
  'email[]=a&password[]=b',
  'email[$regex]=.*&password=x',
  'email=a&email=b&password=c&password=d',
  'email.$ne=x',
])('nobody signs in with %s', async (fields) => {
  const visitor = aVisitor(app);
  const page = await visitor.postRaw('/sign-in', `${fields}&_csrf=${await visitor.tokenFrom('/sign-in')}`);
  expectMistakes(page, { email: 'Enter your email address and your password.' });
});

test('an address that is a pattern matches nobody', async () => {
  await aUser({ email: 'robin@example.org' });
  const page = await aVisitor(app).postForm('/sign-in', { email: '.*@example.org', password: PASSWORD });
  expect(page.status).toBe(422);
});

test('fields that are no text, and names of the language itself, change nothing', async () => {
  const token = await staff.tokenFrom('/organisations/new');
  const fields =
    'name=Example&kind=company&website=&notes=one&notes=two&__proto__[admin]=1&constructor=x&prototype=y&toString=z&hasOwnProperty=1&_id=6566f00000000000000000aa&people=x';
  const page = await staff.postRaw('/organisations', `${fields}&_csrf=${token}`);
  expect(page.status).toBe(422);
  const saved = await staff.postRaw(
    '/organisations',
    `${fields.replace('notes=one&notes=two', 'notes=one')}&_csrf=${token}`,
  );
  expect(saved.status).toBe(302);
  expect(({} as { admin?: unknown }).admin).toBeUndefined();
  expect(await Organisation.findOne().lean()).toMatchObject({ name: 'Example', people: [] });
  expect(saved.location).not.toContain('6566f00000000000000000aa');
});

test('a partner does not make us hold files, on whatever page', async () => {
  const partner = await signInAs(app, 'partner');
  const files = [{ name: 'large.txt', content: 'x'.repeat(1000) }];
  const page = await partner.upload('/account', { name: 'Robin Renamed', timeZone: 'UTC' }, files);
  expect(page.status).toBe(403);
  expect((await partner.get('/account')).html).not.toContain('Robin Renamed');
});

test('a query string reaches neither a query nor the options of the templates', async () => {
  const campaign = await aCampaign();
  await aRecipient({ campaign: campaign._id });
  const path = `/campaigns/${String(campaign._id)}/recipients`;
  for (const query of [
    'status[$ne]=x',
    'from[$gt]=',
    'status=sent&status=met',
    'page=-1',
    'page=1e9',
    'page[]=2',
    'settings[view options][client]=1',
    'cache=&delimiter=?',
    'from=%00',
    'from=%F0%9F%92%A9',
  ]) {
    const page = await staff.get(`${path}?${query}`);
    expect(`${query}: ${page.status}`).toBe(`${query}: 200`);
    expect(page.$('h1').text()).toBe('Recipients');
  }
});

test('more text than a form may hold is refused with 413, and nothing is stored', async () => {
  const { _id } = await aRecipient();
  const path = `/recipients/${String(_id)}/entries`;
  const fields = {
    kind: 'note',
    direction: 'none',
    receivedAs: '',
    date: '2026-11-23',
    text: 'x'.repeat(2_000_000),
  };
  const urlencoded = await staff.postForm(path, fields, `${path}/new`);
  const multipart = await staff.upload(path, fields, [], `${path}/new`);
  for (const page of [urlencoded, multipart]) {
    expect(page.status).toBe(413);
    expect(page.main).toContain('The form held more than can be accepted at once. Nothing was saved');
  }
  expectMistakes(await staff.postForm(path, { ...fields, text: 'x'.repeat(100_001) }, `${path}/new`), {
    text: 'Please keep this to 100,000 characters.',
  });
  expect(await Entry.countDocuments()).toBe(0);
});

test('twenty thousand fields are refused, and so is a form that is not finished', async () => {
  const many = await staff.postRaw(
    '/organisations',
    Array.from({ length: 20_000 }, (_, n) => `f${n}=1`).join('&'),
  );
  expect(many.status).toBe(413);
  const cut = await staff.agent
    .post('/organisations')
    .set('Content-Type', 'multipart/form-data; boundary=x')
    .send('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb');
  expect(cut.status).toBe(400);
  const other = await staff.agent.post('/organisations').type('json').send('{"name":"Example"}');
  expect(other.status).toBe(403);
});

test('a NUL byte and other control characters do no harm', async () => {
  const answer = await staff.postForm(
    '/organisations',
    { name: 'Exam\u0000ple', kind: 'company', website: '', notes: 'a\u0000b\u0007c\u202Ed' },
    '/organisations/new',
  );
  expect([302, 422]).toContain(answer.status);
  if (answer.status === 302) expect((await staff.get(answer.location!)).status).toBe(200);
  expect((await staff.get('/organisations')).status).toBe(200);
});

test('half of a surrogate pair does no harm', async () => {
  const token = await staff.tokenFrom('/organisations/new');
  const page = await staff.postRaw(
    '/organisations',
    `name=%ED%A0%80%FF&kind=company&website=&notes=&_csrf=${token}`,
  );
  expect([302, 422]).toContain(page.status);
});

test('HTML that was typed is shown as text wherever it appears', async () => {
  const reader = await signInAs(app, await aUser({ role: 'admin', name: EVIL }));
  const organisation = await anOrganisation({
    name: EVIL,
    notes: EVIL,
    people: [{ name: EVIL, role: EVIL, email: EVIL, phone: EVIL, notes: EVIL }] as never,
  });
  const office = await anOffice({
    organisation: organisation._id,
    title: EVIL,
    email: EVIL,
    phone: EVIL,
    postalAddress: EVIL,
    notes: EVIL,
    holders: [{ name: EVIL, salutation: EVIL }],
  });
  const campaign = await aCampaign({
    title: EVIL,
    letter: EVIL,
    asks: [{ title: EVIL, text: EVIL }] as never,
    owner: reader.user._id,
  });
  const recipient = await aRecipient({ campaign: campaign._id, office: office._id, notes: EVIL });
  const entry = await anEntry({
    recipient: recipient._id,
    who: EVIL,
    channel: EVIL,
    text: EVIL,
    recordedBy: reader.user._id,
  });
  const followUp = await aFollowUp({
    recipient: recipient._id,
    state: 'held',
    subject: EVIL,
    text: EVIL,
    problems: [EVIL],
    stateReasons: [EVIL],
  });
  const [c, r, o] = [campaign._id, recipient._id, organisation._id].map(String);
  const pages = [
    '/campaigns',
    `/campaigns/${c}`,
    `/campaigns/${c}/edit`,
    `/campaigns/${c}/approval`,
    `/follow-ups/${String(followUp._id)}`,
    '/follow-ups',
    `/campaigns/${c}/recipients`,
    `/campaigns/${c}/recipients?find=${encodeURIComponent(EVIL)}`,
    `/campaigns/${c}/recipients/new`,
    `/recipients/${r}`,
    `/recipients/${r}/edit`,
    `/recipients/${r}/entries/new`,
    `/entries/${String(entry._id)}/correction/new`,
    '/organisations',
    `/organisations/${o}`,
    `/organisations/${o}/edit`,
    `/organisations/${o}/people/new`,
    `/organisations/${o}/people/${String(organisation.people[0]!._id)}/edit`,
    `/offices/${String(office._id)}/edit`,
    `/offices/${String(office._id)}/holders/new`,
    `/offices/${String(office._id)}/holders/${String(office.holders[0]!._id)}/edit`,
    '/users',
    `/users/${String(reader.user._id)}/edit`,
    '/account',
    '/',
    `/shared/campaigns/${c}`,
  ];
  for (const path of pages) {
    const { $, status, html } = await reader.get(path);
    expect(`${path}: ${status}`).toBe(`${path}: 200`);
    expect(`${path}: ${$('script:not([src]), [onerror], img[src=x]').length}`).toBe(`${path}: 0`);
    expect(html).not.toContain('<script>alert(1)');
  }
});

test('what comes back in a wrong form is text too', async () => {
  const page = await staff.postForm(
    '/organisations',
    { name: '', kind: EVIL, website: EVIL, notes: EVIL },
    '/organisations/new',
  );
  expect(page.status).toBe(422);
  expect(page.$('script:not([src]), [onerror]')).toHaveLength(0);
});

test('a letter in markdown holds no HTML, script addresses or pictures', async () => {
  const letter =
    '[click](javascript:alert(1)) ![see](https://tracker.example/x.png) <b>bold</b> <https://example.org>';
  const { $ } = await staff.get(`/campaigns/${String((await aCampaign({ letter }))._id)}`);
  expect($('.letter img, .letter b, .letter a[href^="javascript"]')).toHaveLength(0);
  expect(
    $('.letter a')
      .toArray()
      .map((link) => $(link).attr('href')),
  ).toEqual(['https://tracker.example/x.png', 'https://example.org']);
});

test('line breaks in a name or an address reach no header of a mail', async () => {
  const admin = await signInAs(app, 'admin');
  const fields = {
    name: 'Nour\r\nBcc: all@example.org',
    email: 'nour@example.org',
    role: 'staff',
    timeZone: 'UTC',
  };
  await admin.postForm('/users', fields, '/users/new');
  const page = await admin.postForm(
    '/users',
    { ...fields, name: 'Nour', email: 'nour2@example.org\r\nBcc: all@example.org' },
    '/users/new',
  );
  expectMistakes(page, { email: 'That is not an email address, for example name@example.org.' });
  const messages = await mongoose.connection.collection('capturedmessages').find().toArray();
  for (const { raw } of messages) {
    const headers = String(raw.buffer).split('\r\n\r\n')[0]!;
    expect(headers).not.toMatch(/^bcc:/im);
  }
});

test('every page forbids script and style within it, framing and guessing of types', async () => {
  const { headers } = await staff.get('/campaigns');
  expect(headers['content-security-policy']).toContain(
    "default-src 'none';script-src 'self';style-src 'self'",
  );
  expect(headers['content-security-policy']).not.toContain('unsafe-inline');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  });
  expect(headers['x-powered-by']).toBeUndefined();
});
