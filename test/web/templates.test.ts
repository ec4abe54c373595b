import { describe, expect, test } from '@jest/globals';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Template } from '../../src/follow-ups/template.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aRecipient, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type Page, type Visitor } from '../support/visitor.js';

useDatabase();

const typed = {
  name: 'First follow-up',
  subject: 'Our letter to {{ organisation }}',
  body: '{{ salutation }},\n\nplease answer.',
};

/** A template that somebody wrote; its address. */
async function written(
  staff: Visitor,
  campaign: Pick<CampaignRecord, '_id'>,
  own: Partial<typeof typed> = {},
) {
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

describe('a follow-up planned from a template', () => {
  /** What the form that is sent holds; the list of templates above it has the same name. */
  const typedIn = (page: Page, name: string): string =>
    String(page.$(`form[method=post] [name=${name}]`).val());

  /** Plans one from the page that the template leads to, with the hidden fields of that page or others. */
  async function planFrom(staff: Visitor, template: string, own: Record<string, string> = {}) {
    const recipient = (await Recipient.findOne().lean<RecipientRecord>())!;
    const at = `/recipients/${String(recipient._id)}/follow-ups`;
    const form = await staff.get(`${at}/new?template=${template.split('/').at(-1)}`);
    const names = ['date', 'time', 'subject', 'body', 'template', 'templateVersion'];
    const fields = Object.fromEntries(names.map((name) => [name, typedIn(form, name)]));
    return staff.postForm(at, { ...fields, ...own }, `${at}/new`);
  }

  test('says from which version, and that version stays readable as it was', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const { campaign } = await aRecipient();
    const at = await written(staff, { _id: campaign });
    await staff.postForm(at, { ...typed, body: 'Second words.', version: '1' }, `${at}/edit`);
    const followUp = (await planFrom(staff, at)).location!;
    await staff.postForm(at, { ...typed, name: 'Renamed', body: 'Third.', version: '2' }, `${at}/edit`);

    const page = await staff.get(followUp);
    expect(page.main).toContain('From template First follow-up, version 2.');
    const version = await staff.get(page.$(`a[href="${at}/versions/2"]`).attr('href')!);
    expect(version.$('pre.source').text()).toBe('Second words.');
    expect(version.$('h1').text()).toBe('First follow-up, version 2');
  });

  test('says so when it has words of its own, also after it was edited', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const { campaign } = await aRecipient();
    const at = await written(staff, { _id: campaign });
    const followUp = (await planFrom(staff, at)).location!;
    const edit = { date: '2026-12-01', time: '10:00', subject: typed.subject, body: 'My own words.' };
    await staff.postForm(followUp, edit, `${followUp}/edit`);
    expect((await staff.get(followUp)).main).toContain(
      'From template First follow-up, version 1, with words of its own.',
    );
  });

  test('keeps the template through a mistake in the form', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, { _id: (await aRecipient()).campaign });
    const page = await planFrom(staff, at, { subject: '' });
    expect(page.status).toBe(422);
    expect([typedIn(page, 'template'), typedIn(page, 'templateVersion')]).toEqual([
      at.split('/').at(-1),
      '1',
    ]);
  });

  test('is refused with a template of another campaign, or a version that there is not', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, { _id: (await aRecipient()).campaign });
    const elsewhere = (await written(staff, await aCampaign())).split('/').at(-1)!;
    for (const [name, value] of [
      ['template', elsewhere],
      ['template', 'f'.repeat(24)],
      ['templateVersion', '2'],
      ['templateVersion', '1e0'],
    ] as const) {
      const page = await planFrom(staff, at, { body: 'My own words.', [name]: value });
      expectMistakes(
        page,
        { subject: 'There is no such template in this campaign. Start again from one in the list.' },
        { body: 'My own words.' },
      );
    }
    expect(await FollowUp.countDocuments()).toBe(0);
  });

  test('counts as written from scratch when the hidden field is no id', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, { _id: (await aRecipient()).campaign });
    const { location } = await planFrom(staff, at, { template: '{"$ne":1}' });
    expect((await staff.get(location!)).main).not.toContain('From template');
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
