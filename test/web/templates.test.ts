import { describe, expect, test } from '@jest/globals';
import mongoose, { Types } from 'mongoose';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { mergeFields } from '../../src/follow-ups/merge-fields.js';
import { checkAll } from '../../src/follow-ups/preview.js';
import { Template } from '../../src/follow-ups/template.model.js';
import { searchWords } from '../../src/organisations/found-by.rules.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anOffice, aRecipient, NOW } from '../support/factories.js';
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

describe('the preview', () => {
  test('shows subject, text, formatted mail and each field as one recipient would have them', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const recipient = await aRecipient();
    const at = await written(staff, { _id: recipient.campaign });
    const page = await staff.get(at);
    expect(page.main).toContain(
      `Subject${typed.subject.replace('{{ organisation }}', recipient.organisationName)}`,
    );
    expect(page.$('pre.source').text()).toBe('Dear Kim Invented,\n\nplease answer.');
    expect(page.main).toContain('Nothing is missing for them.');
    const frame = page.$('iframe[sandbox=""]');
    const framed = await staff.agent.get(frame.attr('src')!);
    expect(framed.text).toContain('<p>Dear Kim Invented,</p>');
    expect(framed.headers['content-security-policy']).toMatch(/^default-src 'none';.*sandbox$/);

    const fields = page
      .$('details dt code')
      .map((_, code) => page.$(code).text().slice(3, -3))
      .get();
    expect(fields).toEqual(Object.keys(mergeFields));
    for (const [field, description] of Object.entries(mergeFields)) {
      const said = page
        .$('details dt')
        .filter((_, dt) => page.$(dt).text() === `{{ ${field} }}`)
        .next()
        .text();
      expect(`${field}: ${said}`).toContain(description);
      expect(said.length).toBeGreaterThan(description.length);
    }
    expect(page.main).toContain('without the comma, as written down with the holder.Dear Kim Invented');
    expect(page.main).toContain(`The name of the person who plans the mail.${staff.user.name}`);
    expect(page.main).toContain('since the last contact, when this mail is due.Nothing for this recipient.');
  });

  test('is of whoever is chosen from a list of those with a name like that, which holds fifty', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const campaign = await aCampaign();
    const at = await written(staff, campaign);
    expect((await staff.get(at)).main).toContain('The campaign has no recipients yet.');
    await manyRecipients(campaign, 60);
    const all = await staff.get(at);
    expect(all.$('details li a')).toHaveLength(50);
    const some = await staff.get(`${at}?find=0005`);
    expect(
      some
        .$('details[open] li a')
        .map((_, link) => some.$(link).text())
        .get(),
    ).toEqual(Array.from({ length: 10 }, (_, n) => `Example Office 0005${n}`));
    const chosen = await staff.get(some.$('details li a').eq(7).attr('href')!);
    expect(chosen.$('h3').text()).toContain('Example Office 00057');
    expect(chosen.$('pre.source').text()).toContain('Dear Kim 57,');
    expect((await staff.get(`${at}?find=zzz`)).main).toContain('Nobody is found by that.');
  });

  test('names what stands in the way, with the line', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const office = await anOffice({ email: '', holders: [] });
    const at = await written(staff, { _id: (await aRecipient({ office: office._id })).campaign });
    const page = await staff.get(at);
    expect(
      page
        .$('.reasons li')
        .map((_, item) => page.$(item).text())
        .get(),
    ).toEqual([
      'In the text: the field {{ salutation }} has no value for this recipient (line 1).',
      'The office has no email address.',
      'Nobody is named as holding the office.',
    ]);
  });

  test('opens for no recipient of another campaign, and nothing else', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, { _id: (await aRecipient()).campaign });
    const elsewhere = String((await aRecipient())._id);
    for (const query of [elsewhere, 'f'.repeat(24), 'x', '%00'])
      expect([query, (await staff.get(`${at}?recipient=${query}`)).status]).toEqual([query, 404]);
    expect((await staff.get(`${at}?recipient=x&recipient=y`)).status).toBe(404);
    expect((await staff.get(`${at}/recipients/${elsewhere}/html`)).status).toBe(404);
    for (const query of ['recipient[$ne]=x', 'find[$gt]=', 'find=a&find=b', 'find=%00', 'find=%3Cscript%3E'])
      expect([query, (await staff.get(`${at}?${query}`)).status]).toEqual([query, 200]);
  });

  test('shows HTML that somebody typed as text', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const evil = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    const office = await anOffice({ holders: [{ name: evil, salutation: evil }], title: evil });
    const { _id, campaign } = await aRecipient({ office: office._id });
    const own = { name: evil, subject: `{{ holder }} ${evil}`, body: `{{ salutation }} ${evil}` };
    const at = await written(staff, { _id: campaign }, own);
    const pages = ['', '/versions/1', '/recipients', '/edit'];
    for (const page of pages)
      expect((await staff.get(`${at}${page}`)).$('script:not([src]), [onerror], img')).toHaveLength(0);
    expect((await staff.agent.get(`${at}/recipients/${String(_id)}/html`)).text).not.toMatch(/<script|<img/);
  });
});

describe('all recipients', () => {
  test('are counted, those with problems first, fifty to a page', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const campaign = await aCampaign();
    await manyRecipients(campaign, 120);
    await Office.updateMany(
      { title: { $in: ['Office 70', 'Office 90'] } },
      { $set: { 'holders.0.salutation': '' } },
    );
    await Office.updateOne({ title: 'Office 80' }, { $set: { email: '' } });
    const at = await written(staff, campaign);
    const first = await staff.get(`${at}/recipients`);
    expect(first.main).toContain('117 of 120 can be sent as it is.');
    const rows = first
      .$('.rows li')
      .map((_, row) => first.$(row).text().replaceAll(/\s+/g, ' '))
      .get();
    expect(rows).toHaveLength(50);
    expect(rows[0]).toMatch(
      /^Example Office 00070 .*\{\{ salutation \}\} has no value for this recipient \(line 1\)\./,
    );
    expect(rows[1]).toMatch(/^Example Office 00080 .*The office has no email address\./);
    expect(rows[2]).toMatch(/^Example Office 00090 /);
    expect(rows[3]).toMatch(/^Example Office 00000 .*Can be sent as it is\./);
    const last = await staff.get(`${at}/recipients?page=3`);
    expect(last.$('.rows li')).toHaveLength(20);
    expect(last.$('a[rel=next]')).toHaveLength(0);
    for (const page of ['0', '-1', '9', 'x', '1e9', '1.5'])
      expect((await staff.get(`${at}/recipients?page=${page}`)).status).toBe(200);
  });

  test('are read with two commands for five hundred of them', async () => {
    const campaign = await aCampaign();
    await manyRecipients(campaign, 1200);
    const commands: string[] = [];
    mongoose.set('debug', (collection: string, method: string) => commands.push(`${collection}.${method}`));
    const { checked, of } = await checkAll(typed, campaign, { senderName: 'Robin', now: NOW });
    mongoose.set('debug', false);
    expect([checked.length, of]).toEqual([1200, 1200]);
    expect(commands).toEqual(['recipients.find', ...Array.from({ length: 3 }, () => 'offices.find')]);
  });

  test('are said not to be all, where the template is so slow that the check is cut short', async () => {
    const campaign = await aCampaign();
    await manyRecipients(campaign, 60);
    let asked = 0;
    const cut = await checkAll(typed, campaign, { senderName: 'Robin', now: NOW }, () => (asked += 1) > 20);
    expect([cut.checked.length, cut.of]).toEqual([20, 60]);
  });

  test('of a campaign without any', async () => {
    const staff = await signInAs(createTestApp(), 'staff');
    const at = await written(staff, await aCampaign());
    expect((await staff.get(`${at}/recipients`)).main).toContain('The campaign has no recipients yet.');
  });
});

/** Fictional recipients, each with an office of its own, listed in the order of their numbers; written in bulk. */
async function manyRecipients({ _id: campaign }: CampaignRecord, count: number): Promise<void> {
  const organisation = new Types.ObjectId();
  const offices = Array.from({ length: count }, (_, n) => ({
    _id: new Types.ObjectId(),
    organisation,
    title: `Office ${n}`,
    email: `office${n}@example.org`,
    timeZone: 'Europe/Paris',
    holders: [{ name: `Kim Invented ${n}`, salutation: `Dear Kim ${n}` }],
    createdAt: NOW,
  }));
  await Office.insertMany(offices);
  await Recipient.insertMany(
    offices.map(({ _id: office, title, timeZone, holders, createdAt }, n) => {
      const organisationName = `Example Office ${String(n).padStart(5, '0')}`;
      const copies = { organisationName, officeTitle: title, holderName: holders[0]!.name, timeZone };
      return {
        campaign,
        office,
        organisation,
        ...copies,
        listedAs: organisationName.toLowerCase(),
        foundBy: searchWords(organisationName),
        createdAt,
      };
    }),
  );
}

test.each([
  [{ body: '{{ nobody }}' }, '#body', 'there is no field {{ nobody }} (line 1)'],
  [{ subject: 'Hello {{ organisation' }, '#subject', 'is not closed'],
  [
    { body: 'One }}\n\n{{ nobody }}' },
    '#body',
    '{{ nobody }} (line 3). In the text: a brace is left over (line 1).',
  ],
  [{ subject: '{{ sender | shout }}' }, '#subject', 'In the subject: there is no filter “shout” (line 1).'],
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
