import { describe, expect, test } from '@jest/globals';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Template } from '../../src/follow-ups/template.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

const typed = {
  name: 'First follow-up',
  subject: 'Our letter to {{ organisation }}',
  body: '{{ salutation }},\n\nplease answer.',
};

/** A template that somebody wrote; its address. */
async function written(staff: Visitor, campaign: CampaignRecord, own: Partial<typeof typed> = {}) {
  const at = `/campaigns/${String(campaign._id)}/templates`;
  return (await staff.postForm(at, { ...typed, ...own }, `${at}/new`)).location!;
}

test('a template is written, listed, changed', async () => {
  const staff = await signInAs(createTestApp(), 'staff');
  const campaign = await aCampaign();
  const list = `/campaigns/${String(campaign._id)}/templates`;
  expect((await staff.get(list)).main).toContain('Write the first');
  const at = await written(staff, campaign);
  expect((await staff.get(list)).$(`a[href="${at}"]`).text()).toBe('First follow-up');

  await staff.postForm(at, { ...typed, version: '1', name: 'Second follow-up' }, `${at}/edit`);
  expect((await Template.find().lean()).map(({ name }) => name)).toEqual(['Second follow-up']);
});

describe('versions', () => {
  test('a changed text is a new one; the one before stays as it was, with who saved it', async () => {
    const app = createTestApp();
    const [one, other] = [await signInAs(app, 'staff'), await signInAs(app, 'staff')];
    const at = await written(one, await aCampaign());
    app.clock.pass({ days: 1 });
    const answer = await other.postForm(at, { ...typed, body: 'Other words.', version: '1' }, `${at}/edit`);
    expect(answer.location).toBe(at);

    const { main } = await one.get(at);
    expect(main).toContain(`Version 2 Saved by ${other.user.name}, 25 November 2026, 12:00`);
    expect(main).toContain(`Version 1 Saved by ${one.user.name}, 24 November 2026, 12:00`);
    const first = await one.get(`${at}/versions/1`);
    expect(first.$('pre.source').text()).toBe(typed.body);
    expect(first.main).toContain('There is a newer version');
    expect((await one.get(`${at}/versions/2`)).$('pre.source').text()).toBe('Other words.');
  });

  test('what is the same is not saved again', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, await aCampaign());
    expect((await staff.postForm(at, { ...typed, version: '1' }, `${at}/edit`)).location).toBe(at);
    expect(await Template.findOne().lean()).toMatchObject({ version: 1, earlier: [] });
  });

  test('of two who opened the same one, the second is told, keeps what was typed, and may save on top', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, await aCampaign());
    await staff.postForm(at, { ...typed, body: 'The first to save.', version: '1' }, `${at}/edit`);
    const mine = { ...typed, name: 'Mine', body: 'The second to save.' };
    const refused = await staff.postForm(at, { ...mine, version: '1' }, `${at}/edit`);
    expectMistakes(
      refused,
      {
        body: 'Somebody saved another version while you were writing. Compare it with yours, then save again to put yours in its place.',
      },
      { ...mine, version: '2' },
    );
    expect(refused.$(`main a[href="${at}/versions/2"]`)).toHaveLength(1);
    expect(await Template.findOne().lean()).toMatchObject({ version: 2, body: 'The first to save.' });

    await staff.postForm(at, { ...mine, version: '2' }, `${at}/edit`);
    const { version, earlier } = (await Template.findOne().lean())!;
    expect([version, ...earlier.map(({ body }) => body)]).toEqual([3, typed.body, 'The first to save.']);
  });

  test('of many who save in the same moment one wins, and no version is lost or doubled', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, await aCampaign());
    const token = await staff.tokenFrom(`${at}/edit`);
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((body) =>
        staff.postRaw(at, new URLSearchParams({ _csrf: token, ...typed, body, version: '1' }).toString()),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 422, 422, 422, 422]);
    const { version, earlier } = (await Template.findOne().lean())!;
    expect([version, earlier.map(({ number }) => number)]).toEqual([2, [1]]);
  });

  test.each(['', '0', '-1', '7', '1e3', '999999', 'x'])(
    'a form with the version %j is stale',
    async (version) => {
      const staff = await signInAs(createTestApp(), 'staff');
      const at = await written(staff, await aCampaign());
      const page = await staff.postForm(at, { ...typed, body: 'Other words.', version }, `${at}/edit`);
      expect(page.status).toBe(422);
      expect(valueOf(page, 'body')).toBe('Other words.');
      expect(await Template.findOne().lean()).toMatchObject({ version: 1, body: typed.body });
    },
  );

  test.each(['0', '2', '-1', '1.5', 'x', '%00', 'Infinity'])('there is no version %s', async (number) => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, await aCampaign());
    expect((await staff.get(`${at}/versions/${number}`)).status).toBe(404);
  });

  test('a template from before versions were kept is version 1, and can be changed', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const { insertedId } = await Template.collection.insertOne({
      campaign: (await aCampaign())._id,
      ...typed,
      createdAt: NOW,
    });
    const at = `/templates/${String(insertedId)}`;
    expect((await staff.get(at)).main).toContain('Version 1 Saved, 24 November 2026');
    await staff.postForm(at, { ...typed, body: 'Other words.', version: '1' }, `${at}/edit`);
    expect((await staff.get(`${at}/versions/1`)).main).toContain('please answer.');
    expect((await staff.get(`${at}/versions/2`)).main).toContain('Other words.');
  });

  test('more than a record can hold is refused with what was typed', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, await aCampaign());
    const earlier = Array.from({ length: 170 }, (_, n) => ({
      number: n,
      ...typed,
      body: 'x'.repeat(50_000),
    }));
    await Template.updateOne({}, { $set: { earlier, version: 171 } });
    const page = await staff.postForm(at, { ...typed, body: 'Other words.', version: '171' }, `${at}/edit`);
    expectMistakes(
      page,
      { body: 'This template has as many long versions as can be kept. Write a new template.' },
      { body: 'Other words.' },
    );
  });
});

test.each([
  [{ body: '{{ nobody }}' }, '#body', 'there is no field {{ nobody }} (line 1)'],
  [{ subject: 'Hello {{ organisation' }, '#subject', 'is not closed'],
  [
    { body: 'One }}\n\n{{ nobody }}' },
    '#body',
    '{{ nobody }} (line 3). In the text: a brace is left over (line 1).',
  ],
  [{ subject: '{{ sender | shout }}' }, '#subject', 'In the subject: undefined filter: shout (line 1).'],
  [{ body: '{% if sender %}' }, '#body', 'In the text: tag {% if sender %} is not closed (line 1).'],
  [{ subject: '{% raw %} {% endraw %}' }, '#subject', 'The subject is empty.'],
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
