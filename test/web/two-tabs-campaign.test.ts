import { beforeEach, expect, test } from '@jest/globals';
import { Campaign, type CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { CHANGED_MEANWHILE } from '../../src/web/opened-form.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign } from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let admin: SignedIn;
let campaign: CampaignRecord;
let at: string;
beforeEach(async () => {
  app = createTestApp();
  admin = await signInAs(app, 'admin');
  campaign = await aCampaign({ approval: 'none', mostPerDay: 50 });
  at = `/campaigns/${String(campaign._id)}`;
});

/** All that a browser would send of this form. */
const filledIn = (page: Page): Record<string, string> =>
  Object.fromEntries(
    page
      .$(`form[action="${at}"]`)
      .serializeArray()
      .map(({ name, value }) => [name, value]),
  );
const saved = async () => (await Campaign.findById(campaign._id).lean<CampaignRecord>())!;

test('a form that was opened before a colleague saved is refused, with what was typed and what is saved by now', async () => {
  const opened = filledIn(await admin.get(`${at}/edit`));
  const colleague = await signInAs(app, 'admin');
  const theirs = { ...filledIn(await colleague.get(`${at}/edit`)), approval: 'four eyes', mostPerDay: '1' };
  expect((await colleague.postForm(at, theirs, `${at}/edit`)).status).toBe(302);

  const mine = { ...opened, title: 'A new title' };
  const refused = await admin.postForm(at, mine, `${at}/edit`);
  expectMistakes(
    refused,
    {
      title: `${CHANGED_MEANWHILE} Saved now: “${campaign.title}”.`,
      mostPerDay: 'Saved now: “1”.',
      approval: 'Saved now: “Somebody other than its author”.',
    },
    { title: 'A new title', mostPerDay: '50', letter: campaign.letter },
  );
  expect(await saved()).toMatchObject({ title: campaign.title, approval: 'four eyes', mostPerDay: 1 });

  const again = { ...filledIn(refused), approval: 'four eyes', mostPerDay: '1' };
  expect((await admin.postForm(at, again, `${at}/edit`)).status).toBe(302);
  expect(await saved()).toMatchObject({ title: 'A new title', approval: 'four eyes', mostPerDay: 1 });
});

test('of two that are saved at the same moment one is refused', async () => {
  const opened = filledIn(await admin.get(`${at}/edit`));
  const answers = await Promise.all(
    ['One', 'Two', 'Three'].map((title) => admin.postForm(at, { ...opened, title }, `${at}/edit`)),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 422, 422]);
});

test('the same form sent twice is saved once', async () => {
  const form = { ...filledIn(await admin.get(`${at}/edit`)), title: 'A new title' };
  for (let n = 0; n < 2; n += 1) expect((await admin.postForm(at, form, `${at}/edit`)).status).toBe(302);
  expect(await saved()).toMatchObject({ title: 'A new title' });
});

test('a campaign from before versions were counted can be saved, and a form that does not say what it was opened with is refused', async () => {
  await Campaign.updateOne({ _id: campaign._id }, { $unset: { version: 1 } });
  const form = { ...filledIn(await admin.get(`${at}/edit`)), title: 'A new title' };
  for (const opened of ['', 'of another page', '{"$gt":0}'])
    expect((await admin.postForm(at, { ...form, opened }, `${at}/edit`)).status).toBe(422);
  expect((await admin.postForm(at, form, `${at}/edit`)).status).toBe(302);
  expect(await saved()).toMatchObject({ title: 'A new title', version: 2 });
});

test('what is not in the form of staff is no conflict for them, and stays as it is', async () => {
  const staff = await signInAs(app, 'staff');
  const opened = filledIn(await staff.get(`${at}/edit`));
  await admin.postForm(
    at,
    { ...filledIn(await admin.get(`${at}/edit`)), approval: 'four eyes' },
    `${at}/edit`,
  );
  const mine = { ...opened, title: 'A new title' };
  expect((await staff.postForm(at, mine, `${at}/edit`)).status).toBe(302);
  expect(await saved()).toMatchObject({ title: 'A new title', approval: 'four eyes' });
});

test('staff are not told of fields that are not theirs', async () => {
  const staff = await signInAs(app, 'staff');
  const opened = filledIn(await staff.get(`${at}/edit`));
  const theirs = { approval: 'four eyes', mostPerDay: '1' };
  await admin.postForm(at, { ...filledIn(await admin.get(`${at}/edit`)), ...theirs }, `${at}/edit`);
  const refused = await staff.postForm(at, { ...opened, title: 'A new title' }, `${at}/edit`);
  expectMistakes(refused, {
    title: `${CHANGED_MEANWHILE} Saved now: “${campaign.title}”.`,
    mostPerDay: 'Saved now: “1”.',
  });
});
