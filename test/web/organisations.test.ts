import { beforeEach, describe, expect, test } from '@jest/globals';
import { foundByAll } from '../../src/organisations/found-by.rules.js';
import { Organisation } from '../../src/organisations/organisation.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anOffice, anOrganisation, aRecipient } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { prepareTestDatabase } from '../support/prepared.js';
import { signInAs, type Visitor } from '../support/visitor.js';

useDatabase();

let staff: Visitor;
beforeEach(async () => {
  staff = await signInAs(createTestApp(), 'staff');
});

const typed = {
  name: 'Example Platform',
  kind: 'company',
  website: 'https://example.org',
  notes: 'A fictional company.',
};

test('a new organisation is on its page and in the list', async () => {
  const answer = await staff.postForm('/organisations', typed, '/organisations/new');
  const page = await staff.get(answer.location!);
  expect(page.main).toContain(
    'Example Platform is saved. Add the office that the letter is addressed to next.',
  );
  expect(page.main).toContain('A fictional company.');
  expect(page.$('a[href="https://example.org"]').attr('rel')).toBe('noreferrer');
  expect((await staff.get('/organisations')).main).toContain('Example Platform Company');
});

test('a wrong organisation comes back with a sentence per field', async () => {
  const page = await staff.postForm(
    '/organisations',
    { ...typed, name: '', kind: 'planet', website: 'javascript:alert(1)' },
    '/organisations/new',
  );
  expectMistakes(
    page,
    {
      name: 'Enter the name of the organisation.',
      kind: 'Choose what kind of organisation it is.',
      website: 'Enter a full web address such as https://example.org, or leave it empty.',
    },
    { notes: typed.notes, website: 'javascript:alert(1)' },
  );
});

test('the same organisation is not added twice, however it is written', async () => {
  await anOrganisation({ name: 'Éxample  Platform' });
  const page = await staff.postForm('/organisations', typed, '/organisations/new');
  expectMistakes(
    page,
    { name: 'Example Platform is in the list already. Open it instead of adding it again.' },
    typed,
  );
  expect(await Organisation.countDocuments()).toBe(1);
});

test('of two people adding the same organisation at once, one is told that it is there', async () => {
  const token = await staff.tokenFrom('/organisations/new');
  const send = () =>
    staff.postRaw('/organisations', new URLSearchParams({ ...typed, _csrf: token }).toString());
  const answers = await Promise.all([send(), send()]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 422]);
  expect(await Organisation.countDocuments()).toBe(1);
});

test('a new name is in the lists of recipients at once', async () => {
  const { _id } = await anOrganisation({ name: 'Before' });
  const { _id: recipient } = await aRecipient({ office: (await anOffice({ organisation: _id }))._id });
  const path = `/organisations/${String(_id)}`;
  expect(valueOf(await staff.get(`${path}/edit`), 'name')).toBe('Before');
  await staff.postForm(path, { ...typed, name: 'After' }, `${path}/edit`);
  expect(await Recipient.findById(recipient).lean()).toMatchObject({
    organisationName: 'After',
    listedAs: 'after chief executive',
    foundBy: ['after', 'chief', 'executive', 'kim', 'invented'],
  });
});

test('renaming to a name that is taken is refused', async () => {
  await anOrganisation({ name: 'Taken' });
  const path = `/organisations/${String((await anOrganisation())._id)}`;
  const page = await staff.postForm(path, { ...typed, name: 'TAKEN' }, `${path}/edit`);
  expectMistakes(page, { name: 'TAKEN is in the list already. Open it instead of adding it again.' });
});

test('the list is fifty to a page', async () => {
  for (let n = 10; n < 62; n += 1) await anOrganisation({ name: `Example ${n}` });
  const first = await staff.get('/organisations');
  expect(first.$('main .rows li')).toHaveLength(50);
  const second = await staff.get(first.$('a[rel=next]').attr('href')!);
  expect(second.$('main .rows li')).toHaveLength(2);
  expect(second.main).toContain('Example 61');
});

const person = {
  name: 'Alex Imaginary',
  role: 'Press office',
  email: 'press@example.org',
  phone: '',
  notes: 'Answers in the morning.',
};

test('another person is added and edited', async () => {
  const path = `/organisations/${String((await anOrganisation())._id)}`;
  await staff.postForm(`${path}/people`, person, `${path}/people/new`);
  const page = await staff.get(path);
  expect(page.main).toContain('Alex Imaginary Press office · press@example.org');
  const edit = page.$('main a[href$="/edit"][href*="/people/"]').attr('href')!;
  expect(valueOf(await staff.get(edit), 'notes')).toBe(person.notes);
  await staff.postForm(edit.replace('/edit', ''), { ...person, role: 'Policy' }, edit);
  expect((await staff.get(path)).main).toContain('Alex Imaginary Policy');
});

test('a wrong person comes back', async () => {
  const path = `/organisations/${String((await anOrganisation())._id)}`;
  const page = await staff.postForm(
    `${path}/people`,
    { ...person, name: '', email: 'press at example' },
    `${path}/people/new`,
  );
  expectMistakes(
    page,
    {
      name: 'Enter the name of the person.',
      email: 'That is not an email address, for example name@example.org.',
    },
    { email: 'press at example', notes: person.notes },
  );
});

test('a person nobody knows cannot be opened or saved', async () => {
  const path = `/organisations/${String((await anOrganisation())._id)}`;
  const unknown = `${path}/people/ffffffffffffffffffffffff`;
  expect((await staff.get(`${unknown}/edit`)).status).toBe(404);
  expect((await staff.postForm(unknown, person, `${path}/people/new`)).status).toBe(404);
});

describe('an organisation is found by how any word of its name begins', () => {
  const found = async (find: string) => {
    const page = await staff.get(`/organisations?find=${encodeURIComponent(find)}`);
    expect(page.$('[name=find]').val()).toBe(find);
    return page
      .$('main .rows a')
      .toArray()
      .map((link) => page.$(link).text());
  };

  test.each([
    ['Foundation', ['Another Foundation', 'Example Foundation']],
    ['found EX', ['Example Foundation']],
    ['éta', ['Éta Trust']],
    ['oundation', []],
    ['.*', []],
    ['', ['Another Foundation', 'Éta Trust', 'Example Foundation']],
  ])('%j', async (find, names) => {
    for (const name of ['Example Foundation', 'Éta Trust', 'Another Foundation'])
      await anOrganisation({ name });
    expect(await found(find)).toEqual(names);
  });

  test('also by the name that it is given later, and the next page asks for the same', async () => {
    const { _id } = await anOrganisation({ name: 'Before' });
    const path = `/organisations/${String(_id)}`;
    await staff.postForm(path, { ...typed, name: 'After Foundation' }, `${path}/edit`);
    expect([await found('before'), await found('foundation')]).toEqual([[], ['After Foundation']]);
    for (let n = 0; n < 50; n += 1) await anOrganisation({ name: `Foundation ${n}` });
    await anOrganisation({ name: 'Zenith' });
    const first = await staff.get('/organisations?find=foundation');
    const next = await staff.get(first.$('a[rel=next]').attr('href')!);
    expect(next.$('main .rows a').text()).toBe('Foundation 9');
  });

  test('where an earlier version stored it without those words, too', async () => {
    await anOrganisation({ name: 'Example Foundation' });
    await Organisation.collection.updateMany({}, { $unset: { foundBy: 1 } });
    expect(await found('foundation')).toEqual([]);
    await prepareTestDatabase();
    await prepareTestDatabase();
    expect(await found('foundation')).toEqual(['Example Foundation']);
  });

  test('with an index, and its page says what there is where there is none', async () => {
    await anOrganisation({ name: 'Example Foundation' });
    const found = Organisation.find(foundByAll('zenith')).sort({ nameFolded: 1 }).hint({ foundBy: 1 });
    expect(JSON.stringify(await found.explain('queryPlanner'))).toContain('foundBy_1');
    expect((await staff.get('/organisations?find=zenith')).main).toContain(
      'No organisation is found by that. The words may stand in any order, and how each begins is enough. Show all.',
    );
  });
});

test('the page of an organisation leads to its recipients, and to the campaigns while it is none', async () => {
  const organisation = (await anOrganisation())._id;
  const path = `/organisations/${String(organisation)}`;
  const office = await anOffice({ organisation });
  await anOffice({ organisation, title: 'Press office' });
  const campaign = (await aCampaign({ title: 'A letter about safety' }))._id;
  const recipient = await aRecipient({ office: office._id, campaign });
  const page = await staff.get(path);
  const link = page.$(`a[href="/recipients/${String(recipient._id)}"]`);
  expect(link.text()).toBe('A letter about safety');
  expect(link.closest('section').attr('aria-labelledby')).toBe(`office-${String(office._id)}`);
  const other = page.$('section.panel:contains("Press office")');
  expect(other.text()).toContain('No letter yet.');
  expect(other.find('a[href="/campaigns"]')).toHaveLength(1);
  expect((await staff.get(link.attr('href')!)).status).toBe(200);
});
