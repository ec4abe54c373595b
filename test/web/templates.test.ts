import { expect, test } from '@jest/globals';
import { Template } from '../../src/follow-ups/template.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const typed = {
  name: 'First follow-up',
  subject: 'Our letter to {{ organisation }}',
  body: '{{ salutation }},\n\nplease answer.',
};

test('a template is written, listed, changed', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const at = `/campaigns/${String((await aCampaign())._id)}/templates`;
  expect((await staff.get(at)).main).toContain('Write the first');
  expect((await staff.postForm(at, typed, `${at}/new`)).location).toBe(at);
  expect((await staff.get(at)).main).toContain('First follow-up');

  const edit = `/templates/${String((await Template.findOne().lean())!._id)}`;
  await staff.postForm(edit, { ...typed, name: 'Second follow-up' }, `${edit}/edit`);
  expect((await Template.find().lean()).map(({ name }) => name)).toEqual(['Second follow-up']);
});

test.each([
  [{ body: '{{ nobody }}' }, '#body', 'there is no field {{ nobody }} (line 1)'],
  [{ subject: 'Hello {{ organisation' }, '#subject', 'is not closed'],
  [{ body: '' }, '#body', 'Write the text of the mail.'],
])('a template that cannot be filled in is not saved, and says where: %j', async (own, field, said) => {
  const staff = await signInAs(createTestApp(), 'staff');
  const at = `/campaigns/${String((await aCampaign())._id)}/templates`;
  const page = await staff.postForm(at, { ...typed, ...own }, `${at}/new`);
  expect(page.status).toBe(422);
  expect(page.$(`.error-summary a[href="${field}"]`).text()).toContain(said);
  expect(page.$('#name').val()).toBe('First follow-up');
  expect(await Template.countDocuments({})).toBe(0);
});

test('the fields that can be used are listed beside the editor', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const { $ } = await staff.get(`/campaigns/${String((await aCampaign())._id)}/templates/new`);
  expect(
    $('details code')
      .map((_, code) => $(code).text())
      .get(),
  ).toContain('{{ salutation }}');
});

test('partners have no business with templates', async () => {
  const partner = await signInAs(createTestApp(), 'partner');
  expect((await partner.get(`/campaigns/${String((await aCampaign())._id)}/templates`)).status).toBe(403);
});
