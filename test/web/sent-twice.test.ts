import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import mongoose from 'mongoose';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Activity } from '../../src/history/activity.model.js';
import { Entry } from '../../src/history/entry.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import { Suppression } from '../../src/suppressions/suppression.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, aRecipient } from '../support/factories.js';
import { expectMistakes } from '../support/forms.js';
import { signInAs, type Fields, type Page, type SignedIn, type TestFile } from '../support/visitor.js';

useDatabase();

let world: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
let at: string;
beforeEach(async () => {
  world = createTestApp();
  staff = await signInAs(world, 'staff');
  recipient = await aRecipient();
  at = `/recipients/${String(recipient._id)}`;
});

const call = {
  kind: 'call',
  direction: 'in',
  receivedAs: 'reply',
  date: '2026-11-23',
  text: 'They will write.',
};
const mail = { date: '2026-12-01', time: '10:00', subject: 'Our letter', body: 'Please answer.' };
const letter: TestFile = { name: 'letter.txt', content: 'An open letter.' };

type Sending = { fields: Fields; files?: TestFile[] };

/** A form that is opened once, and what is sent with it. */
async function opened(action: string) {
  const page = `${action}/new`;
  const hidden = await staff.hiddenOf(page, action);
  return ({ fields, files = [] }: Sending): Promise<Page> =>
    staff.upload(action, { ...hidden, ...fields }, files, page);
}

const storedFiles = () => mongoose.connection.collection('attachments.files').countDocuments();

/** What a double click brings about: both are on their way, or the second comes when the first is done. */
const ways: Record<string, (send: () => Promise<Page>) => Promise<Page[]>> = {
  'one after the other': async (send) => [await send(), await send()],
  'at once': (send) => Promise.all([send(), send()]),
};

describe.each(Object.entries(ways))('sent twice, %s,', (_how, twice) => {
  test('an entry is logged once, and the second answer is that of the first', async () => {
    await aFollowUp({ recipient: recipient._id });
    const send = await opened(`${at}/entries`);
    const pages = await twice(() => send({ fields: call, files: [letter] }));

    const entries = await Entry.find().lean();
    expect(entries).toHaveLength(1);
    const [{ _id, attachments }] = entries as [(typeof entries)[number]];
    expect(pages.map(({ location }) => location)).toEqual(
      Array(2).fill(`${at}?said=${String(_id)}#commitments`),
    );
    expect((await staff.get(at)).main).toContain(
      'Logged. One planned follow-up is cancelled, because they answered.',
    );
    expect(await Activity.find().lean()).toMatchObject([{ in: { '2026-11-23': 1 } }]);
    expect(await storedFiles()).toBe(1);
    const file = await staff.download(`/entries/${String(_id)}/attachments/${String(attachments[0]!.file)}`);
    expect(String(file.body)).toBe(letter.content);
  });

  test('a follow-up is planned once', async () => {
    const send = await opened(`${at}/follow-ups`);
    const pages = await twice(() => send({ fields: mail, files: [letter] }));

    const followUps = await FollowUp.find().lean();
    expect(followUps).toMatchObject([{ step: 0, revision: 1, state: 'planned' }]);
    const page = `/follow-ups/${String(followUps[0]!._id)}`;
    expect(pages.map(({ location }) => location)).toEqual([page, page]);
    expect((await staff.get(page)).main).toContain('Saved. Read it as it will leave, then have it approved.');
    expect(await storedFiles()).toBe(1);
  });
});

test('whoever goes back to a form that was sent and writes something else in it, has that stored as well', async () => {
  const send = await opened(`${at}/entries`);
  await send({ fields: call, files: [letter] });
  await send({ fields: { ...call, text: 'They called again.' }, files: [letter] });
  await send({ fields: call, files: [{ ...letter, content: 'Another letter.' }] });
  const texts = (await Entry.find().sort({ _id: 1 }).lean()).map(({ text }) => text);
  expect(texts).toEqual([call.text, 'They called again.', call.text]);
  expect(await storedFiles()).toBe(3);
});

test('the same words in a form that was opened anew are another entry', async () => {
  await (
    await opened(`${at}/entries`)
  )({ fields: call });
  await (
    await opened(`${at}/entries`)
  )({ fields: call });
  expect(await Entry.countDocuments()).toBe(2);
});

test('a form that came back with a mistake is the same form still, and is stored once when it is right', async () => {
  const action = `${at}/entries`;
  const hidden = await staff.hiddenOf(`${action}/new`, action);
  const wrong = await staff.postForm(
    action,
    { ...hidden, ...call, kind: 'note', receivedAs: '', text: '' },
    `${action}/new`,
  );
  expectMistakes(wrong, { text: 'Write the note.' }, { formId: String(hidden['formId']) });
  const send = () => staff.postForm(action, { ...hidden, ...call }, `${action}/new`);
  await Promise.all([send(), send()]);
  expect(await Entry.countDocuments()).toBe(1);
});

test('a process that died between the file and the entry keeps nobody from sending the form once more', async () => {
  const send = await opened(`${at}/entries`);
  const dies = jest
    .spyOn(Entry.collection, 'insertOne')
    .mockRejectedValueOnce(new Error('The process died.'));
  expect((await send({ fields: call, files: [letter] })).status).toBe(500);
  dies.mockRestore();
  expect((await send({ fields: call, files: [letter] })).status).toBe(302);
  const [entry] = await Entry.find().lean();
  const file = `/entries/${String(entry!._id)}/attachments/${String(entry!.attachments[0]!.file)}`;
  expect(String((await staff.download(file)).body)).toBe(letter.content);
});

test.each([
  ['no id', undefined],
  ['an id that is none of ours', '../../'],
  ['several', ['a', 'b']],
])('a form with %s is stored as it always was', async (_what, formId) => {
  const action = `${at}/entries`;
  const { _csrf } = await staff.hiddenOf(`${action}/new`, action);
  const body = new URLSearchParams({ _csrf, ...call });
  for (const one of [formId ?? []].flat()) body.append('formId', one);
  await staff.postRaw(action, String(body));
  await staff.postRaw(action, String(body));
  expect(await Entry.countDocuments()).toBe(2);
});

test('an entry whose form told what it was is corrected like any other', async () => {
  await (
    await opened(`${at}/entries`)
  )({ fields: call });
  const { _id } = (await Entry.findOne().lean())!;
  const action = `/entries/${String(_id)}/correction`;
  const answer = await staff.postForm(
    action,
    { ...call, text: 'They did not.', reason: 'Misheard.' },
    `${action}/new`,
  );
  expect(answer.status).toBe(302);
  expect(await Entry.countDocuments()).toBe(2);
});

describe('whoever goes back to a form and sends the same once more, after what it had created was undone,', () => {
  test('has an answer logged again that was taken back', async () => {
    const send = await opened(`${at}/entries`);
    await send({ fields: call });
    const { _id } = (await Entry.findOne().lean())!;
    const entry = `/entries/${String(_id)}`;
    await staff.postForm(`${entry}/taking-back`, { reason: 'Another office.' }, `${entry}/correction/new`);
    expect(await findRecipient(recipient._id)).toMatchObject({ engagement: 'silent' });

    const pages = await Promise.all([send({ fields: call }), send({ fields: call })]);

    expect(await findRecipient(recipient._id)).toMatchObject({ engagement: 'replied', contactsIn: 1 });
    const again = (await Entry.findOne({ kind: 'call' }).sort({ _id: -1 }).lean())!;
    expect(pages.map(({ location }) => location)).toEqual(
      Array(2).fill(`${at}?said=${String(again._id)}#commitments`),
    );
  });

  test('has a matter closed again that was reopened', async () => {
    const send = await opened(`${at}/closings`);
    const closing = { fields: { reason: 'They did what was asked.' } };
    await send(closing);
    world.clock.pass({ minutes: 1 });
    await staff.postForm(`${at}/reopenings`, { reason: 'Not all of it.' }, `${at}/reopenings/new`);
    world.clock.pass({ minutes: 1 });
    await Promise.all([send(closing), send(closing)]);
    expect(await findRecipient(recipient._id)).toMatchObject({ engagement: 'closed' });
    expect(await Entry.countDocuments({ kind: 'closing' })).toBe(2);
  });

  test('has an address under Do not contact again that was lifted', async () => {
    const send = await opened('/suppressions');
    const kim = { kind: 'address', value: 'kim@example.org', organisation: '', until: '' };
    const why = { reason: 'They asked us to stop.', source: 'Their office', from: '2026-11-24' };
    const { location } = await send({ fields: { ...kim, ...why } });
    await staff.postForm(`${location}/lifting`, { reason: 'A mistake.' }, location);
    await Promise.all([send({ fields: { ...kim, ...why } }), send({ fields: { ...kim, ...why } })]);
    expect(await Suppression.countDocuments({ lifted: null })).toBe(1);
  });
});
