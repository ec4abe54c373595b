import { beforeEach, expect, test } from '@jest/globals';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anOffice, anOrganisation, aRecipient } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

let staff: Visitor;
beforeEach(async () => {
  staff = await signInAs(createTestApp(), 'staff');
});

const typed = {
  title: 'Chief executive',
  email: 'chief@example.org',
  postalAddress: '1 Example Street\nExampletown',
  phone: '+1 555 0100',
  timeZone: 'America/Los_Angeles',
  notes: 'Write, do not call.',
};

test('a new office is on the page of its organisation', async () => {
  const path = `/organisations/${String((await anOrganisation())._id)}`;
  const answer = await staff.postForm(`${path}/offices`, typed, `${path}/offices/new`);
  expect(answer.location).toBe(path);
  const page = await staff.get(path);
  for (const text of ['chief@example.org', '+1 555 0100', 'America/Los Angeles', 'Write, do not call.'])
    expect(page.main).toContain(text);
  expect(page.main).toContain('Nobody is named as holding it today.');
});

test('no time zone is chosen for a new office, not even that of whoever enters it', async () => {
  const path = `/organisations/${String((await anOrganisation())._id)}`;
  const form = await staff.get(`${path}/offices/new`);
  expect(form.$('#timeZone option').first().text()).toBe('Choose one');
  expect(form.$('#timeZone option[selected]').attr('value') ?? '').toBe('');
  expect(form.main).toContain('a wrong one sends them at night');
  const office = await anOffice();
  const edit = await staff.get(`/offices/${String(office._id)}/edit`);
  expect(edit.$('#timeZone option[value=""]')).toHaveLength(0);
  expect(valueOf(edit, 'timeZone')).toBe(office.timeZone);
});

test('a wrong office comes back with a sentence per field', async () => {
  const path = `/organisations/${String((await anOrganisation())._id)}`;
  const page = await staff.postForm(
    `${path}/offices`,
    { ...typed, title: '', email: 'chief', timeZone: '' },
    `${path}/offices/new`,
  );
  expectMistakes(
    page,
    {
      title: 'Enter the post, for example Chief executive.',
      email: 'That is not an email address, for example name@example.org.',
      timeZone: 'Choose a time zone.',
    },
    { email: 'chief', postalAddress: typed.postalAddress, notes: typed.notes },
  );
});

test('a changed office is in the lists of recipients at once', async () => {
  const office = await anOffice();
  const { _id } = await aRecipient({ office: office._id });
  const path = `/offices/${String(office._id)}`;
  expect(valueOf(await staff.get(`${path}/edit`), 'email')).toBe(office.email);
  const answer = await staff.postForm(path, { ...typed, title: 'President' }, `${path}/edit`);
  expect(answer.location).toBe(`/organisations/${String(office.organisation)}`);
  expect(await Recipient.findById(_id).lean()).toMatchObject({
    officeTitle: 'President',
    timeZone: 'America/Los_Angeles',
  });
  expectMistakes(await staff.postForm(path, { ...typed, title: '' }, `${path}/edit`), {
    title: 'Enter the post, for example Chief executive.',
  });
});

const holder = { name: 'Sam Invented', salutation: 'Dear Sam Invented', from: '2026-01-01', until: '' };

test('who holds the office today is named on the page of the organisation and of the recipient', async () => {
  const office = await anOffice({ holders: [{ name: 'Kim Invented', until: '2025-12-31' }] });
  const { _id } = await aRecipient({ office: office._id });
  const path = `/offices/${String(office._id)}/holders`;
  await staff.postForm(path, holder, `${path}/new`);
  const page = await staff.get(`/organisations/${String(office.organisation)}`);
  expect(page.$('section strong').first().text()).toBe('Sam Invented');
  expect(page.main).toContain('Kim Invented until 31 December 2025');
  expect((await staff.get(`/recipients/${String(_id)}`)).main).toContain('held by Sam Invented');
  expect(await Recipient.findById(_id).lean()).toMatchObject({ holderName: 'Sam Invented' });
});

test('a holder is edited, and only that one', async () => {
  const office = await anOffice({
    holders: [
      { name: 'Kim Invented', until: '2025-12-31' },
      { name: 'Sam Invented', from: '2026-01-01' },
    ],
  });
  const path = `/offices/${String(office._id)}/holders/${String(office.holders[1]!._id)}`;
  expect(valueOf(await staff.get(`${path}/edit`), 'from')).toBe('2026-01-01');
  await staff.postForm(path, { ...holder, name: 'Sam Madeup' }, `${path}/edit`);
  const names = (await Office.findById(office._id).lean())!.holders.map(({ name }) => name);
  expect(names).toEqual(['Kim Invented', 'Sam Madeup']);
});

test('a holder whose last day comes before the first is refused', async () => {
  const path = `/offices/${String((await anOffice())._id)}/holders`;
  const page = await staff.postForm(
    path,
    { ...holder, from: '2026-02-01', until: '2026-01-31' },
    `${path}/new`,
  );
  expectMistakes(
    page,
    { until: 'The last day cannot be before the first.' },
    { name: holder.name, from: '2026-02-01', until: '2026-01-31' },
  );
  const wrong = await staff.postForm(path, { ...holder, name: ' ', from: '01.02.2026' }, `${path}/new`);
  expectMistakes(wrong, {
    name: 'Enter the name of the person.',
    from: 'Enter a date such as 2026-11-30, or leave it empty.',
  });
});

test('a holder nobody knows cannot be opened or saved', async () => {
  const path = `/offices/${String((await anOffice())._id)}/holders`;
  const unknown = `${path}/ffffffffffffffffffffffff`;
  expect((await staff.get(`${unknown}/edit`)).status).toBe(404);
  expect((await staff.postForm(unknown, holder, `${path}/new`)).status).toBe(404);
});
