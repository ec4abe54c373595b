import { beforeEach, expect, test } from '@jest/globals';
import { Office } from '../../src/organisations/office.model.js';
import { Track } from '../../src/legislation/track.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { CHANGED_MEANWHILE } from '../../src/web/opened-form.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aRecipient, aUser, NOW } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let first: SignedIn;
let second: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  first = await signInAs(app, 'staff');
  second = await signInAs(app, await aUser({ name: 'Ada Example' }));
});

/** All that a browser sends of a form that stands on the page, with these fields typed over. */
function filledIn(page: Page, typed: Record<string, string>): Record<string, string> {
  const names = page
    .$('main form [name]')
    .toArray()
    .map((field) => page.$(field).attr('name')!);
  const held = Object.fromEntries(names.map((name) => [name, valueOf(page, name) ?? '']));
  return { ...held, ...typed };
}

const post = (by: SignedIn, path: string, fields: Record<string, string>) =>
  by.postRaw(path, new URLSearchParams(fields).toString());

/** Both open the form; the first saves, then the second. */
async function bothSave(path: string, [one, other]: [Record<string, string>, Record<string, string>]) {
  const [a, b] = [await first.get(`${path}/edit`), await second.get(`${path}/edit`)];
  expect((await post(first, path, filledIn(a, one))).status).toBe(302);
  return { refused: await post(second, path, filledIn(b, other)), sentByFirst: filledIn(a, one) };
}

test('the second of two who change an office is told, and keeps what they typed', async () => {
  const { office: id } = await aRecipient();
  const path = `/offices/${String(id)}`;
  const { email, timeZone } = (await Office.findById(id).lean())!;
  const { refused, sentByFirst } = await bothSave(path, [
    { email: 'right@example.org' },
    { phone: '020 555' },
  ]);
  expectMistakes(
    refused,
    {
      email: `${CHANGED_MEANWHILE} Saved now: “right@example.org”.`,
      phone: 'Saved now: nothing.',
    },
    { email, phone: '020 555' },
  );
  expect(await Office.findById(id).lean()).toMatchObject({ email: 'right@example.org', phone: '' });
  // one who sends the same twice is told nothing
  expect((await post(first, path, sentByFirst)).status).toBe(302);
  const again = await post(second, path, filledIn(refused, { email: 'right@example.org' }));
  expect(again.status).toBe(302);
  expect(await Office.findById(id).lean()).toMatchObject({
    email: 'right@example.org',
    phone: '020 555',
    timeZone,
  });
});

test('a form that does not say what it was opened with undoes nothing', async () => {
  const { office: id } = await aRecipient();
  const path = `/offices/${String(id)}`;
  const { opened: _mark, ...form } = filledIn(await first.get(`${path}/edit`), { phone: '020 555' });
  expect((await post(first, path, form)).status).toBe(422);
  for (const opened of ['', 'of another page'])
    expect((await post(first, path, { ...form, opened })).status).toBe(422);
  expect(await Office.findById(id).lean()).toMatchObject({ phone: '' });
});

test('what is written down of an office behind its form keeps nobody from saving', async () => {
  const { office: id } = await aRecipient();
  const path = `/offices/${String(id)}`;
  const form = await first.get(`${path}/edit`);
  await Office.updateOne(
    { _id: id },
    { $set: { closed: [{ from: '2026-12-24', until: '2026-12-26', name: 'Rest' }] } },
  );
  expect((await post(first, path, filledIn(form, { notes: 'One line.\r\nAnother.' }))).status).toBe(302);
  const next = await first.get(`${path}/edit`);
  expect((await post(first, path, filledIn(next, { phone: '1' }))).status).toBe(302);
});

test('of the notes and the owner of a recipient nothing is undone by who opened the form before', async () => {
  const { _id } = await aRecipient();
  const { refused } = await bothSave(`/recipients/${String(_id)}`, [
    { owner: String(second.user._id), notes: 'They moved.' },
    { notes: 'Ring in the mornings.' },
  ]);
  expectMistakes(
    refused,
    { owner: `${CHANGED_MEANWHILE} Saved now: “Ada Example”.`, notes: 'Saved now: “They moved.”.' },
    { notes: 'Ring in the mornings.' },
  );
  const saved = (await Recipient.findById(_id).lean())!;
  expect([String(saved.owner), saved.notes]).toEqual([String(second.user._id), 'They moved.']);
});

test('nor of a law, whose milestones may change meanwhile', async () => {
  const values = {
    title: 'A fictional bill',
    jurisdiction: 'Ruritania',
    procedure: 'free' as const,
    createdAt: NOW,
  };
  const { _id } = await Track.create({ ...values, ownStages: ['Talk', 'Vote'], summary: 'Old.' });
  const path = `/tracks/${String(_id)}`;
  const { refused } = await bothSave(path, [{ summary: 'It stands before the vote.' }, { reference: '12' }]);
  expectMistakes(
    refused,
    {
      reference: `${CHANGED_MEANWHILE} Saved now: nothing.`,
      summary: 'Saved now: “It stands before the vote.”.',
    },
    { summary: 'Old.', reference: '12' },
  );
  await Track.updateOne({ _id }, { $inc: { revision: 1 } });
  expect((await post(second, path, filledIn(refused, {}))).status).toBe(302);
  expect(await Track.findById(_id).lean()).toMatchObject({ summary: 'Old.', reference: '12' });
});

test('of several who save in the same moment one is taken, and each of the others is told', async () => {
  const { office: id } = await aRecipient();
  const path = `/offices/${String(id)}`;
  const form = await first.get(`${path}/edit`);
  const phones = ['1', '2', '3', '4'];
  const answers = await Promise.all(phones.map((phone) => post(first, path, filledIn(form, { phone }))));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 422, 422, 422]);
  const taken = phones[answers.findIndex(({ status }) => status === 302)];
  expect((await Office.findById(id).lean())!.phone).toBe(taken);
});
