import { beforeEach, expect, test } from '@jest/globals';
import { Entry } from '../../src/history/entry.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anEntry, aRecipient, aUser } from '../support/factories.js';
import { statusInWords } from '../../src/recipients/status.rules.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let recipient: RecipientRecord;
let path: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  recipient = await aRecipient();
  path = `/recipients/${String(recipient._id)}`;
});

const call = {
  kind: 'call',
  direction: 'in',
  receivedAs: 'reply',
  date: '2026-11-23',
  time: '16:30',
  who: 'Kim Invented',
  channel: '+1 555 0100',
  text: 'They will answer in writing.',
};

const log = (fields: Record<string, string>) =>
  staff.postForm(`${path}/entries`, fields, `${path}/entries/new`);
const shown = async () =>
  (await staff.get(path))
    .$('.timeline > li')
    .toArray()
    .map((entry) => entry);

test('what is logged is on the timeline with who, when in both zones, and who recorded it', async () => {
  const answer = await log(call);
  expect(answer.location).toContain(`${path}?said=`);
  const page = await staff.get(path);
  expect(page.main).toContain('Logged.');
  expect(page.$('.timeline h3').text()).toBe('Call from them: reply');
  const text = page.$('.timeline').text().replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    '23 November 2026, 16:30 (23 November 2026, 11:30 in America/New York (GMT-5)) · Kim Invented · +1 555 0100',
  );
  expect(text).toContain('They will answer in writing.');
  expect(text).toContain(`Recorded by ${staff.user.name}, 24 November 2026, 12:00`);
  expect(page.$('.timeline time').first().attr('title')).toContain('2026-11-23T16:30:00.000Z');
  expect(page.$('.status').text()).toBe('Not sent, replied');
});

test('the same moment is shown in the zone of whoever reads it', async () => {
  await log(call);
  const reader = await signInAs(app, await aUser({ timeZone: 'Asia/Kathmandu' }));
  expect((await reader.get(path)).main).toContain('23 November 2026, 22:15');
});

test('the day and time typed are the writer’s own clock', async () => {
  const writer = await signInAs(app, await aUser({ timeZone: 'Asia/Tokyo' }));
  await writer.postForm(
    `${path}/entries`,
    { ...call, date: '2026-11-24', time: '20:59' },
    `${path}/entries/new`,
  );
  expect(await Entry.findOne().lean()).toMatchObject({
    occurredAt: new Date('2026-11-24T11:59:00Z'),
    precision: 'time',
  });
});

test.each([
  ['a time that is still to come', { date: '2026-11-24', time: '12:01' }],
  ['tomorrow', { date: '2026-11-25', time: '' }],
  ['a day in the next century', { date: '2126-01-01', time: '' }],
])('%s is refused: history holds what has happened', async (_what, when) => {
  const page = await log({ ...call, ...when });
  expectMistakes(
    page,
    { date: 'This is in the future. History holds what has happened; plan a follow-up for what is to come.' },
    { ...when, kind: 'call', who: call.who, text: call.text },
  );
  expect(await Entry.countDocuments()).toBe(0);
});

test.each([['1989-12-31'], ['1926-11-20']])(
  'the mistyped day %s is refused with what to do',
  async (date) => {
    const mistake = 'That is before 1990. Look at the year once more, and enter the day it happened.';
    expectMistakes(await log({ ...call, date, time: '' }), { date: mistake }, { date, text: call.text });
    expect(await Entry.countDocuments()).toBe(0);
    expect((await log({ ...call, date: '1990-01-01', time: '' })).status).toBe(302);
  },
);

test('a day without a time is the same day for every reader, and today is no future', async () => {
  const app = createTestApp({ now: '2026-11-23T21:30:00Z' });
  const writer = await signInAs(app, await aUser({ timeZone: 'Australia/Sydney' }));
  const recipient = await aRecipient();
  const at = `/recipients/${String(recipient._id)}`;
  const call = { kind: 'call', direction: 'out', receivedAs: '', time: '', text: 'We called.' };
  await writer.postForm(`${at}/entries`, { ...call, date: '2026-11-24' }, `${at}/entries/new`);
  const tomorrow = await writer.postForm(
    `${at}/entries`,
    { ...call, date: '2026-11-25' },
    `${at}/entries/new`,
  );
  expect(tomorrow.status).toBe(422);

  for (const timeZone of ['Australia/Sydney', 'Pacific/Auckland', 'America/Los_Angeles']) {
    const reader = await signInAs(app, await aUser({ timeZone }));
    expect((await reader.get(at)).$('.timeline .entry time').first().text()).toBe('24 November 2026');
    expect((await reader.get(`/campaigns/${String(recipient.campaign)}/recipients`)).main).toContain(
      '24 November 2026',
    );
    const { _id } = (await Entry.findOne().lean())!;
    expect((await reader.get(`/entries/${String(_id)}/correction/new`)).$('#date').val()).toBe('2026-11-24');
  }
});

test('something only known to have happened by a day says so', async () => {
  await log({ ...call, time: '', onlyBy: 'on' });
  expect((await staff.get(path)).$('.timeline').text()).toContain('By 23 November 2026');
});

test('a wrong entry comes back with a sentence per field', async () => {
  const page = await log({
    ...call,
    kind: 'rumour',
    direction: 'up',
    receivedAs: '',
    date: '23.11.2026',
    time: 'noon',
  });
  expectMistakes(
    page,
    {
      kind: 'Choose what kind of contact it was.',
      direction: 'Choose who it came from.',
      date: 'Enter the day as a date such as 2026-11-24.',
      time: 'Enter a time such as 14:05, or leave it empty.',
    },
    { who: call.who, channel: call.channel, text: call.text, date: '23.11.2026', time: 'noon' },
  );
});

test.each([
  [{ ...call, receivedAs: '' }, { receivedAs: 'Choose what their message amounts to.' }],
  [{ ...call, kind: 'note', direction: 'none', receivedAs: '', text: ' ' }, { text: 'Write the note.' }],
  [
    { ...call, direction: 'out', receivedAs: 'reply' },
    { receivedAs: '“Reply” is for what came from them. Choose From them above, or take it away.' },
  ],
  [
    { ...call, kind: 'note', direction: 'in', receivedAs: 'declined' },
    {
      receivedAs:
        'A note is not a message. Choose what kind of contact it was, or take “Reply that declines” away.',
    },
  ],
  [
    { ...call, date: '2026-03-29', time: '01:30' },
    { time: 'The clocks went forward over that time, so it did not exist. Enter another one.' },
  ],
])('an entry that does not hold together comes back', async (fields, mistakes) => {
  expectMistakes(await log(fields), mistakes);
});

test('a logged reply cancels what is planned, with the reason shown; what has left is not touched', async () => {
  const planned = await aFollowUp({ recipient: recipient._id, subject: 'A planned one' });
  const approved = await aFollowUp({ recipient: recipient._id, state: 'scheduled' });
  const sent = await aFollowUp({ recipient: recipient._id, state: 'sent' });
  const other = await aFollowUp();
  await log({ ...call, kind: 'email' });
  const states = await FollowUp.find({ _id: { $in: [planned._id, approved._id, sent._id, other._id] } })
    .sort({ _id: 1 })
    .lean();
  expect(states.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'sent', 'planned']);
  const page = await staff.get(path);
  expect(page.main).toContain('Logged. 2 planned follow-ups are cancelled, because they answered.');
  expect(page.main).toMatch(/A planned one Cancelled .* They answered: email logged in the history\./);
});

test.each(['in', 'out'])('a note counts as no contact, also where From still says %s', async (direction) => {
  const page = await log({ ...call, kind: 'note', direction, receivedAs: '' });
  expect(page.status).toBe(302);
  const [noted] = await Entry.find({ recipient: recipient._id }).lean();
  expect(noted).toMatchObject({ kind: 'note', direction: 'none', receivedAs: null });
  const { contactsIn, contactsOut } = (await Recipient.findById(recipient._id).lean())!;
  expect([contactsIn ?? 0, contactsOut ?? 0]).toEqual([0, 0]);
});

test.each(['auto-reply', 'bounce', 'not an answer'])('a logged %s cancels nothing', async (receivedAs) => {
  const { _id } = await aFollowUp({ recipient: recipient._id });
  await log({ ...call, kind: 'email', receivedAs });
  expect((await FollowUp.findById(_id).lean())!.state).toBe('planned');
});

test('a time beside only the day by which it happened is refused, and not lost', async () => {
  const page = await log({ ...call, time: '14:05', onlyBy: 'on' });
  expectMistakes(
    page,
    {
      time: 'Where only the day by which it happened is known, leave the time empty; or take that tick away.',
    },
    { time: '14:05' },
  );
});

test('the form starts with the kind that was asked for and today', async () => {
  const page = await staff.get(`${path}/entries/new?kind=letter`);
  expect(valueOf(page, 'kind')).toBe('letter');
  expect(valueOf(page, 'date')).toBe('2026-11-24');
  expect(valueOf(await staff.get(`${path}/entries/new?kind=<script>`), 'kind')).toBe('email');
});

test('where nothing has been logged, the letter that is to be logged first is one from us', async () => {
  const page = await staff.get(path);
  const link = page.$('main a[href*="entries/new?kind=letter"]').attr('href')!;
  const form = await staff.get(link);
  expect([valueOf(form, 'kind'), valueOf(form, 'direction')]).toEqual(['letter', 'out']);
  const other = await staff.get(`${path}/entries/new?kind=letter&from=nowhere`);
  expect(valueOf(other, 'direction')).toBe('in');
});

test('the timeline is in the order in which things happened, fifty to a page', async () => {
  for (let n = 0; n < 51; n += 1) {
    await anEntry({
      recipient: recipient._id,
      text: `Number ${n}.`,
      occurredAt: new Date(Date.UTC(2026, 0, 1 + n)),
    });
  }
  const page = await staff.get(path);
  expect(await shown()).toHaveLength(50);
  expect(page.$('.timeline > li').first().text()).toContain('Number 50.');
  expect((await staff.get(page.$('a[rel=next]').attr('href')!)).$('.timeline > li').text()).toContain(
    'Number 0.',
  );
});

test('the model refuses to change or delete history', async () => {
  const entry = await anEntry();
  const refused = 'History is append-only';
  await expect(Entry.updateOne({ _id: entry._id }, { text: 'other' })).rejects.toThrow(refused);
  await expect(Entry.updateMany({}, { text: 'other' })).rejects.toThrow(refused);
  await expect(Entry.findOneAndUpdate({ _id: entry._id }, { text: 'other' })).rejects.toThrow(refused);
  await expect(Entry.replaceOne({ _id: entry._id }, {})).rejects.toThrow(refused);
  await expect(Entry.deleteOne({ _id: entry._id })).rejects.toThrow(refused);
  await expect(Entry.deleteMany({})).rejects.toThrow(refused);
  await expect(Entry.findOneAndDelete({ _id: entry._id })).rejects.toThrow(refused);
  const loaded = (await Entry.findById(entry._id))!;
  loaded.text = 'other';
  await expect(loaded.save()).rejects.toThrow(refused);
  await expect(loaded.deleteOne()).rejects.toThrow(refused);
  await expect(
    Entry.bulkWrite([{ updateOne: { filter: { _id: entry._id }, update: { text: 'other' } } }]),
  ).rejects.toThrow(refused);
  expect(await Entry.findById(entry._id).lean()).toEqual(entry);
});

test('the status in the list follows what was logged', async () => {
  const status = async () => statusInWords((await Recipient.findById(recipient._id).lean())!);
  await log({ ...call, kind: 'letter', direction: 'out', receivedAs: '' });
  expect(await status()).toBe('Sent, silent');
  await log({ ...call, kind: 'email', receivedAs: 'declined', time: '17:00' });
  expect(await status()).toBe('Sent, declined');
});
