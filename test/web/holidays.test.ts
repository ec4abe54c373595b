import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Types } from 'mongoose';
import { Holiday } from '../../src/holidays/holiday.model.js';
import { backgroundEnded } from '../../src/in-background.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, anOffice, aRecipient, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const fields = { country: 'GB-SCT', day: '2026-11-26', name: 'A day of celebration' };
const add = async (own: Record<string, string> = {}) => {
  const answer = await staff.postForm('/holidays', { ...fields, ...own });
  await backgroundEnded();
  return answer;
};
const closedAt = async (office: { _id: Types.ObjectId }) =>
  (await Office.findById(office._id).lean())!.closed.map(
    ({ from, until, name }) => `${from} ${until} ${name}`,
  );

test('a holiday is listed with its country and who added it, and the page is found from the organisations', async () => {
  const { $ } = await staff.get('/organisations');
  const page = await staff.get($('main a:contains("Holidays written down by hand")').attr('href')!);
  expect(page.main).toContain('No holiday is written down.');
  const answer = await add();
  expect([answer.status, answer.location]).toEqual([302, '/holidays']);
  const listed = await staff.get('/holidays');
  expect(listed.main).toContain(
    '26 November 2026 is no working day any more (Scotland, United Kingdom: A day of celebration).',
  );
  expect(listed.$('main li').text()).toContain(
    'A day of celebration, 26 November 2026, Scotland, United Kingdom Added by Robin Example',
  );
  expect(await Holiday.find().lean()).toMatchObject([{ ...fields, addedBy: staff.user._id, addedAt: NOW }]);
});

describe('the days that an office is closed follow', () => {
  const office = (country: string) => anOffice({ country, timeZone: 'Europe/London' });

  test('in the region of the holiday only', async () => {
    const [scotland, england, whole] = [await office('GB-SCT'), await office('GB-ENG'), await office('GB')];
    await add();
    const closed = '2026-11-26 2026-11-26 A day of celebration';
    expect(await Promise.all([scotland, england, whole].map(closedAt))).toEqual([[closed], [], []]);
  });

  test('in every region where it is one of the whole country, and nowhere else', async () => {
    const [scotland, whole] = [await office('GB-SCT'), await office('GB')];
    const [france, unknown, gabon] = [await office('FR'), await office(''), await office('GA')];
    await add({ country: 'GB' });
    const closed = '2026-11-26 2026-11-26 A day of celebration';
    expect(await Promise.all([scotland, whole, france, unknown, gabon].map(closedAt))).toEqual([
      [closed],
      [closed],
      [],
      [],
      [],
    ]);
    await remove('GB');
    expect(await closedAt(scotland)).toEqual([]);
  });

  test('when an office is added or moves to another country', async () => {
    await add();
    const organisation = `/organisations/${String((await anOffice()).organisation)}`;
    const typed = { title: 'President', email: '', timeZone: 'Europe/London' };
    const from = `${organisation}/offices/new`;
    await staff.postForm(`${organisation}/offices`, { ...typed, country: 'GB-SCT' }, from);
    const added = (await Office.findOne({ title: 'President' }).lean())!;
    expect(await closedAt(added)).toEqual(['2026-11-26 2026-11-26 A day of celebration']);
    const path = `/offices/${String(added._id)}`;
    await staff.postForm(path, { ...typed, country: 'GB-ENG' }, `${path}/edit`);
    expect(await closedAt(added)).toEqual([]);
    await staff.postForm(path, { ...typed, country: 'GB-SCT' }, `${path}/edit`);
    expect(await closedAt(added)).toHaveLength(1);
    await staff.postForm(path, typed, `${path}/edit`);
    expect(await closedAt(added)).toEqual([]);
  });
});

async function remove(country: string): Promise<void> {
  const { _id } = (await Holiday.findOne({ country }).lean())!;
  const answer = await staff.postForm(`/holidays/${String(_id)}/removal`, {}, '/holidays');
  expect([answer.status, answer.location]).toEqual([302, '/holidays']);
  await backgroundEnded();
}

test('what is expected of recipients there is counted anew, and once more when it is removed', async () => {
  const campaign = (await aCampaign({ acknowledgementDays: 2 }))._id;
  const office = await anOffice({ country: 'GB-SCT', timeZone: 'Europe/London' });
  const { _id } = await aRecipient({ campaign, office: office._id });
  await anEntry({ recipient: _id, kind: 'letter', occurredAt: NOW });
  const expected = async () =>
    (await Recipient.findById(_id).lean())!.acknowledgementMissingFrom!.toISOString();
  expect(await expected()).toBe('2026-11-27T00:00:00.000Z');
  await add();
  expect(await expected()).toBe('2026-11-28T00:00:00.000Z');
  expect((await staff.get(`/recipients/${String(_id)}`)).main).toContain(
    '2 working days in London end on 27 November 2026; 1 day left out: 26 November 2026 (A day of celebration).',
  );
  await remove('GB-SCT');
  expect(await expected()).toBe('2026-11-27T00:00:00.000Z');
});

test('more recipients than are counted anew at a time all follow', async () => {
  const campaign = (await aCampaign({ acknowledgementDays: 2 }))._id;
  const office = await anOffice({ country: 'GB-SCT', timeZone: 'Europe/London' });
  const { _id: first, ...copy } = await aRecipient({ campaign, office: office._id });
  const { _id: _office, ...likeIt } = office;
  const offices = await Office.insertMany(Array.from({ length: 420 }, () => ({ ...likeIt })));
  const others = await Recipient.insertMany(offices.map(({ _id }) => ({ ...copy, office: _id })));
  for (const recipient of [first, others.at(0)!._id, others.at(-1)!._id])
    await anEntry({ recipient, kind: 'letter', occurredAt: NOW });
  await add({ country: 'GB' });
  expect(await Office.countDocuments({ 'closed.name': fields.name })).toBe(421);
  const due = new Date('2026-11-28T00:00:00Z');
  expect(await Recipient.countDocuments({ acknowledgementMissingFrom: due })).toBe(3);
});

describe('is refused, and nothing stored,', () => {
  const NO_COUNTRY = { country: 'Choose a country or region from the list.' };
  test.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'when nothing is filled in',
      { country: '', day: '', name: ' ' },
      {
        country: 'Choose the country or region.',
        day: 'Enter the day.',
        name: 'Say what the holiday is called.',
      },
    ],
    ['of a country nobody knows', { country: 'XX' }, NO_COUNTRY],
    ['of a region nobody knows', { country: 'GB-XXX' }, NO_COUNTRY],
    ['of a name of the language itself', { country: '__proto__' }, NO_COUNTRY],
    ['of a region that is one', { country: 'GB-constructor' }, NO_COUNTRY],
    ['on a day that does not exist', { day: '2026-02-30' }, { day: 'Enter a date such as 2026-11-30.' }],
    ['on what is no day', { day: 'tomorrow' }, { day: 'Enter a date such as 2026-11-30.' }],
    [
      'on a day that is one there anyhow',
      { day: '2026-11-30' },
      {
        day: '30 November 2026 is known as a public holiday already (Scotland, United Kingdom: St Andrew’s Day).',
      },
    ],
    [
      'with a name that is far too long',
      { name: 'x'.repeat(101) },
      { name: 'Please keep this to 100 characters.' },
    ],
  ])('%s', async (_what, own, mistakes) => {
    expectMistakes(await add(own), mistakes, { name: own['name'] ?? fields.name });
    expect(await Holiday.countDocuments()).toBe(0);
  });

  test('when it is there already', async () => {
    await add();
    expectMistakes(await add({ name: 'Another name' }), {
      day: '26 November 2026 is written down already (Scotland, United Kingdom). Remove that one first if it is wrong.',
    });
    expect((await add({ country: 'GB-ENG' })).status).toBe(302);
    expect(await Holiday.countDocuments()).toBe(2);
  });

  test.each(['country[$ne]=x&day[$gt]=&name[$regex]=.', 'country=GB&country=FR&day=2026-11-26&name=x'])(
    'as %s',
    async (sent) => {
      const page = await staff.postRaw('/holidays', `${sent}&_csrf=${await staff.tokenFrom('/holidays')}`);
      expect(page.status).toBe(422);
      expect(await Holiday.countDocuments()).toBe(0);
    },
  );
});

test('of several who add the same one at once one is right, and one that is gone is gone', async () => {
  const _csrf = await staff.tokenFrom('/holidays');
  const body = String(new URLSearchParams({ ...fields, _csrf }));
  const answers = await Promise.all([1, 2, 3].map(() => staff.postRaw('/holidays', body)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 422, 422]);
  const path = `/holidays/${String((await Holiday.findOne().lean())!._id)}/removal`;
  const twice = [await staff.postForm(path, {}, '/holidays'), await staff.postForm(path, {}, '/holidays')];
  expect(twice.map(({ status }) => status)).toEqual([302, 404]);
  expect(twice[1]!.main).toContain('Somebody may have removed it meanwhile.');
});

test('the list goes on from page to page', async () => {
  const many = Array.from({ length: 55 }, (_, i) => ({
    ...fields,
    day: new Date(Date.UTC(2027, 0, 1 + i)).toISOString().slice(0, 10),
    addedBy: staff.user._id,
    addedAt: NOW,
  }));
  await Holiday.insertMany(many);
  const first = await staff.get('/holidays');
  const second = await staff.get(first.$('a[rel=next]').attr('href')!);
  expect([first, second].map(({ $ }) => $('main ul.rows > li').length)).toEqual([50, 5]);
});

test('partners see nothing of it', async () => {
  await add();
  const { _id } = (await Holiday.findOne().lean())!;
  const partner = await signInAs(app, 'partner');
  expect((await partner.get('/holidays')).status).toBe(403);
  for (const path of ['/holidays', `/holidays/${String(_id)}/removal`])
    expect((await partner.postForm(path, fields, '/account')).status).toBe(403);
  expect(await Holiday.countDocuments()).toBe(1);
});

describe('the country of an office', () => {
  const typed = { title: 'President', email: '', timeZone: 'Europe/Berlin' };

  test.each(['DE', 'DE-BY', 'US-CA', ''])('may be %j', async (country) => {
    const organisation = `/organisations/${String((await anOffice()).organisation)}`;
    const from = `${organisation}/offices/new`;
    const answer = await staff.postForm(`${organisation}/offices`, { ...typed, country }, from);
    expect(answer.status).toBe(302);
    const { _id } = (await Office.findOne({ title: 'President', country }).lean())!;
    const form = await staff.get(`/offices/${String(_id)}/edit`);
    expect(valueOf(form, 'country')).toBe(country);
    expect(form.$('label[for=country]').text()).toBe('Country or region, for public holidays');
    expect(form.$('optgroup[label="Germany"] option[value="DE-BY"]').text()).toMatch(/Ba(yern|varia)/);
  });

  test.each(['XX', 'GB-', 'GB-XXX', '-', 'gb-sct', '__proto__', 'constructor', 'DE-BY-A', 'toString-BY'])(
    'is not %j',
    async (country) => {
      const office = await anOffice({ country: 'GB' });
      const path = `/offices/${String(office._id)}`;
      const page = await staff.postForm(path, { ...typed, country }, `${path}/edit`);
      expectMistakes(page, { country: 'Choose a country or region from the list, or leave it open.' });
      expect((await Office.findById(office._id).lean())!.country).toBe('GB');
    },
  );

  test('stands on the page of its organisation', async () => {
    const { organisation } = await anOffice({ country: 'DE-BY' });
    const page = await staff.get(`/organisations/${String(organisation)}`);
    expect(page.$('dt:contains("Public holidays") + dd').text()).toMatch(/^(Bayern|Bavaria), Germany$/);
  });
});
