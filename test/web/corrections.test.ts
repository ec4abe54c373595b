import { beforeEach, describe, expect, test } from '@jest/globals';
import { Activity } from '../../src/history/activity.model.js';
import { Entry, type EntryRecord } from '../../src/history/entry.model.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anEntry } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let wrong: EntryRecord;
let path: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  wrong = await anEntry({ kind: 'email', direction: 'in', receivedAs: 'declined', text: 'They said no.' });
  path = `/entries/${String(wrong._id)}`;
});

const right = {
  kind: 'email',
  direction: 'in',
  receivedAs: 'reply',
  date: '2026-11-22',
  time: '10:00',
  text: 'They said not yet.',
  reason: 'It was misread.',
};

const correct = (fields: Record<string, string> = right) =>
  staff.postForm(`${path}/correction`, fields, `${path}/correction/new`);
const engagementInList = async () => (await Recipient.findById(wrong.recipient).lean())!.engagement;

test('a correction supersedes, both can be read, and only the new one counts', async () => {
  expect(await engagementInList()).toBe('declined');
  const form = await staff.get(`${path}/correction/new`);
  expect(valueOf(form, 'text')).toBe('They said no.');
  expect(valueOf(form, 'date')).toBe('2026-11-23');
  const answer = await correct();
  expect(answer.location).toBe(`/recipients/${String(wrong.recipient)}`);

  const page = await staff.get(answer.location!);
  expect(page.main).toContain('Corrected. The earlier entry stays readable.');
  const superseded = page.$(`#entry-${String(wrong._id)}`);
  expect(superseded.text()).toContain('Corrected. It was misread.');
  expect(superseded.find('details').text()).toContain('They said no.');
  const { location } = await staff.get(superseded.find('a:contains("What holds now")').attr('href')!);
  const now = page.$(new URL(location!, 'http://example.org').hash);
  expect(now.text()).toContain('They said not yet.');
  expect(now.text()).toContain('Replaces an earlier entry: It was misread.');
  expect(superseded.find('a[href$="/correction/new"]')).toHaveLength(0);
  expect(await engagementInList()).toBe('replied');
  expect(await Entry.findById(wrong._id).lean()).toEqual(wrong);
});

test('a correction without its reason comes back', async () => {
  const page = await correct({ ...right, reason: ' ' });
  expectMistakes(
    page,
    { reason: 'Say why it is corrected, so that a reader understands.' },
    { text: right.text, date: right.date },
  );
  expect(await Entry.countDocuments()).toBe(1);
});

test('a correction into the future comes back', async () => {
  const page = await correct({ ...right, date: '2026-11-25' });
  expectMistakes(
    page,
    { date: 'This is in the future. History holds what has happened; plan a follow-up for what is to come.' },
    { reason: right.reason },
  );
});

test('of two corrections at once one wins, and the other is told', async () => {
  const token = await staff.tokenFrom(`${path}/correction/new`);
  const send = (text: string) =>
    staff.postRaw(`${path}/correction`, new URLSearchParams({ ...right, text, _csrf: token }).toString());
  const answers = await Promise.all(['one', 'two', 'three'].map(send));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 409, 409]);
  expect(answers.find(({ status }) => status === 409)!.main).toContain(
    'Somebody has corrected this entry already.',
  );
  expect(await Entry.countDocuments({ supersedes: wrong._id })).toBe(1);
});

test('an entry that was corrected is not corrected again, its correction is', async () => {
  await correct();
  expect((await staff.get(`${path}/correction/new`)).status).toBe(409);
  const newer = (await Entry.findOne({ supersedes: wrong._id }).lean())!;
  const next = `/entries/${String(newer._id)}`;
  await staff.postForm(
    `${next}/correction`,
    { ...right, receivedAs: 'acknowledgement' },
    `${next}/correction/new`,
  );
  expect(await engagementInList()).toBe('acknowledged');
});

test('an entry is taken back: readable, and counting for nothing', async () => {
  const answer = await staff.postForm(
    `${path}/taking-back`,
    { reason: 'It was another company.' },
    `${path}/correction/new`,
  );
  const page = await staff.get(answer.location!);
  expect(page.main).toContain('Taken back. The entry stays readable and counts for nothing.');
  expect(page.$(`#entry-${String(wrong._id)}`).text()).toContain('Corrected. It was another company.');
  expect(page.$('.status').text()).toBe('Not sent');
  expect(await engagementInList()).toBe('silent');
  const bare = (await Entry.findOne({ kind: 'correction' }).lean())!;
  expect((await staff.get(`/entries/${String(bare._id)}/correction/new`)).status).toBe(409);
});

describe('a mail of ours that the mail server took', () => {
  let sent: EntryRecord;
  let at: string;
  beforeEach(async () => {
    const { recipient } = wrong;
    const followUp = (await aFollowUp({ recipient, state: 'sent' }))._id;
    sent = await anEntry({ recipient, kind: 'email', direction: 'out', followUp, text: 'Our letter' });
    at = `/entries/${String(sent._id)}`;
  });

  test('is neither corrected nor taken back: the page says why, and offers a note', async () => {
    const page = await staff.get(`${at}/correction/new`);
    expect(page.main).toContain('Email from us, 23 November 2026');
    expect(page.main).toContain('The mail server took this mail, so it is in the world');
    expect(page.$('main form')).toHaveLength(0);
    const note = page.$('main a:contains("Write a note")').attr('href')!;
    expect(valueOf(await staff.get(note), 'kind')).toBe('note');
    const from = `/recipients/${String(wrong.recipient)}/entries/new`;
    for (const what of ['correction', 'taking-back']) {
      const answer = await staff.postForm(
        `${at}/${what}`,
        { ...right, kind: 'note', direction: 'none', receivedAs: '' },
        from,
      );
      expect([answer.status, answer.main]).toEqual([
        409,
        expect.stringContaining('The mail server took this mail, so it stands in the history as sent.'),
      ]);
    }
    expect(await Entry.countDocuments({ supersedes: sent._id })).toBe(0);
  });

  test('is taken back where it was a person who found that it went', async () => {
    const { recipient, followUp } = sent;
    await anEntry({ recipient, kind: 'note', direction: 'none', settles: followUp!, resolution: 'went' });
    await staff.postForm(`${at}/taking-back`, { reason: 'Another log.' }, `${at}/correction/new`);
    expect(await Entry.countDocuments({ supersedes: sent._id })).toBe(1);
  });
});

test('taking back without a reason comes back with the entry as it was', async () => {
  const page = await staff.postForm(`${path}/taking-back`, { reason: '' }, `${path}/correction/new`);
  expectMistakes(
    page,
    { reason: 'Say why the entry is taken back, so that a reader understands.' },
    { text: 'They said no.' },
  );
});

test('what is logged as a correction cancels planned follow-ups like any answer', async () => {
  const { _id } = await aFollowUp({ recipient: wrong.recipient });
  await correct();
  expect(await FollowUp.findById(_id).lean()).toMatchObject({ state: 'cancelled' });
});

describe('an answer that turns out to be none', () => {
  let reply: EntryRecord;
  let planned: FollowUpRecord;
  beforeEach(async () => {
    const { recipient } = await anEntry();
    planned = await aFollowUp({ recipient, subject: 'Our second letter' });
    const at = `/recipients/${String(recipient)}/entries`;
    await staff.postForm(at, right, `${at}/new`);
    reply = (await Entry.findOne({ recipient, receivedAs: 'reply' }).lean<EntryRecord>())!;
  });

  const pathOf = ({ _id }: { _id: unknown }) => `/entries/${String(_id)}`;
  const become = (entry: EntryRecord, receivedAs: string) =>
    staff.postForm(
      `${pathOf(entry)}/correction`,
      { ...right, receivedAs },
      `${pathOf(entry)}/correction/new`,
    );
  const noticeOf = async (location: string | undefined) => {
    const { $ } = await staff.get(location!);
    return {
      text: $('.notice').text(),
      links: $('.notice a')
        .toArray()
        .map((a) => $(a).attr('href')),
    };
  };

  test('the notice leads to what it had cancelled, and that says so', async () => {
    expect(await FollowUp.findById(planned._id).lean()).toMatchObject({ state: 'cancelled' });
    expect(await noticeOf((await become(reply, 'not an answer')).location)).toEqual({
      text: 'Corrected. The earlier entry stays readable. As an answer it had cancelled a follow-up, which can be planned again: Our second letter',
      links: [`/follow-ups/${String(planned._id)}`],
    });
    const page = await staff.get(`/follow-ups/${String(planned._id)}`);
    expect(page.main).toContain('That entry was corrected since, and is no answer any more.');
    expect(page.main).toContain('Plan it again');
    expect(await FollowUp.countDocuments()).toBe(1);
  });

  test('also where it was another answer first', async () => {
    expect((await noticeOf((await become(reply, 'declined')).location)).links).toEqual([]);
    const declined = (await Entry.findOne({ supersedes: reply._id }).lean<EntryRecord>())!;
    expect((await noticeOf((await become(declined, 'auto-reply')).location)).links).toHaveLength(1);
  });

  test('also where it is taken back altogether', async () => {
    const at = `${pathOf(reply)}/taking-back`;
    const { location } = await staff.postForm(
      at,
      { reason: 'Not theirs.' },
      `${pathOf(reply)}/correction/new`,
    );
    expect(await noticeOf(location)).toEqual({
      text: expect.stringContaining('As an answer it had cancelled a follow-up'),
      links: [`/follow-ups/${String(planned._id)}`],
    });
  });
});

test('the weeks of the picture count the corrected entry, not the wrong one', async () => {
  await correct({ ...right, date: '2026-11-10' });
  const { in: received } = (await Activity.findOne({ campaign: wrong.campaign }).lean<{
    in: Record<string, number>;
  }>())!;
  expect(Object.entries(received).filter(([, count]) => count !== 0)).toEqual([['2026-11-09', 1]]);
});
