import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CampaignRecord } from '../../src/campaigns/campaign.model.js';
import { Commitment } from '../../src/commitments/commitment.model.js';
import { readStances } from '../../src/commitments/read-stances.js';
import { refreshCell } from '../../src/commitments/refresh-cell.js';
import type { EntryRecord } from '../../src/history/entry.model.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aCommitment, anEntry, aRecipient, aReply, checked } from '../support/factories.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let campaign: CampaignRecord;
let recipient: RecipientRecord;
let reply: EntryRecord;
let path: string;

beforeEach(async () => {
  app = createTestApp({ now: '2026-11-24T12:00:00Z' });
  staff = await signInAs(app, 'staff');
  campaign = await aCampaign({
    asks: [{ title: 'Answer', text: 'In writing.' }, { title: 'Publish' }] as never,
  });
  recipient = await aRecipient({ campaign: campaign._id });
  reply = await anEntry({ recipient: recipient._id, ...aReply(new Date('2026-11-12T10:00:00Z')) });
  path = `/recipients/${String(recipient._id)}/commitments/${String(campaign.asks[0]!._id)}`;
});

const typed = {
  stance: 'committed',
  on: '2026-11-12',
  quote: 'We will answer in writing.',
  source: 'https://example.org/blog',
  entry: '',
  note: 'Said by their press office.',
};
const onlyOne = async () => (await Commitment.find().lean())[0]!;

test('a stance is written down with its evidence, and counts after a second person has checked it', async () => {
  const answer = await staff.postForm(path, { ...typed, entry: String(reply._id) });
  expect(answer).toMatchObject({ status: 302, location: path });
  const page = await staff.get(path);
  expect(page.main).toContain('It counts as soon as somebody else has checked it.');
  expect(page.$('.timeline .entry')).toHaveLength(1);
  const entry = page.$('.timeline .entry').text().replaceAll(/\s+/g, ' ');
  for (const words of [
    'Committed, said on 12 November 2026',
    'This is what holds.',
    'We will answer in writing.',
    'Email from them: reply, 12 November 2026',
    'https://example.org/blog',
    'Note: Said by their press office.',
    `Written down by ${staff.user.name}`,
    'Not yet checked.',
    'You wrote it down yourself. Somebody else has to check it before it counts.',
  ])
    expect(entry).toContain(words);
  expect(await readStances([recipient._id])).toEqual(new Map());

  const { _id } = await onlyOne();
  const own = await staff.postForm(`/commitments/${String(_id)}/confirmation`, {}, path);
  expect(own.status).toBe(409);
  expect(own.main).toContain('Somebody else has to check it');

  const second = await signInAs(app, 'staff');
  expect((await second.postForm(`/commitments/${String(_id)}/confirmation`, {}, path)).location).toBe(path);
  expect((await second.get(path)).main).toContain(`Checked by ${second.user.name}`);
  expect(await readStances([recipient._id])).toEqual(
    new Map([
      [
        String(recipient._id),
        [{ ask: String(campaign.asks[0]!._id), stance: 'committed', on: '2026-11-12' }],
      ],
    ]),
  );
  const again = await second.postForm(`/commitments/${String(_id)}/confirmation`, {}, path);
  expect(again.status).toBe(409);
  expect(again.main).toContain('Somebody has checked it already.');
});

test('of two who check at once one is told, and the record names the one who did', async () => {
  const { _id } = await aCommitment({ recipient: recipient._id });
  const people = await Promise.all([signInAs(app, 'staff'), signInAs(app, 'staff')]);
  const confirmation = `/commitments/${String(_id)}/confirmation`;
  const answers = await Promise.all(people.map((person) => person.postForm(confirmation, {}, path)));
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
  const winner = people[answers.findIndex(({ status }) => status === 302)]!;
  expect((await onlyOne()).confirmedBy).toEqual(winner.user._id);
});

test('opened from an entry, the form holds it as evidence and its day; a refusal suggests the stance', async () => {
  const page = await staff.get(`${path}?entry=${String(reply._id)}`);
  expect([valueOf(page, 'entry'), valueOf(page, 'on')]).toEqual([String(reply._id), '2026-11-12']);
  expect(page.$('[name=stance][checked]')).toHaveLength(0);
  const no = await anEntry({
    recipient: recipient._id,
    ...aReply(new Date('2026-11-14T23:30:00Z')),
    receivedAs: 'declined',
    precision: 'day',
  });
  const declined = await staff.get(`${path}?entry=${String(no._id)}`);
  expect(declined.$('[name=stance][checked]').attr('value')).toBe('declined');
  expect(valueOf(declined, 'on')).toBe('2026-11-14');
});

test('an entry of somebody else, or none at all, opens an empty form', async () => {
  const other = await anEntry(aReply(new Date('2026-11-12T10:00:00Z')));
  for (const id of [String(other._id), 'ffffffffffffffffffffffff', 'nonsense']) {
    const page = await staff.get(`${path}?entry=${id}`);
    expect([valueOf(page, 'entry'), valueOf(page, 'on')]).toEqual(['', '']);
  }
});

describe('what is not right comes back with a sentence', () => {
  test('nothing filled in', async () => {
    expectMistakes(await staff.postForm(path, {}), {
      stance: 'Choose what they said.',
      on: 'Enter the day on which they said it.',
      source: 'Give a link to where it can be read, or choose the entry in which they said it.',
    });
  });

  test.each([
    ['a stance there is not', { stance: 'enthusiastic' }, { stance: 'Choose what they said.' }],
    [
      'tomorrow',
      { on: '2026-11-25' },
      { on: 'That day is still to come. Enter the day on which they said it.' },
    ],
    ['no such day', { on: '2026-02-30' }, { on: 'Enter the day as a date such as 2026-11-24.' }],
    ...[
      'javascript:alert(1)',
      'data:text/html,<b>',
      'ftp://example.org/',
      '//example.org',
      'example.org',
    ].map(
      (source) =>
        [
          source,
          { source },
          { source: 'Enter a whole web address that starts with https:// or http://, or leave it empty.' },
        ] as const,
    ),
    [
      'a quote that is a book',
      { quote: 'a'.repeat(2001) },
      { quote: 'Please keep this to 2,000 characters.' },
    ],
    ['no id', { entry: 'ffff' }, { entry: 'Choose an entry from the list, or none.' }],
  ] as [string, Record<string, string>, Record<string, string>][])('%s', async (_what, wrong, mistakes) => {
    expectMistakes(await staff.postForm(path, { ...typed, ...wrong }), mistakes, { note: typed.note });
    expect(await Commitment.countDocuments()).toBe(0);
  });

  test('an entry of another recipient, and one that was corrected', async () => {
    const other = await anEntry(aReply(new Date('2026-11-12T10:00:00Z')));
    const corrected = await anEntry({ recipient: recipient._id });
    const takenBack = { recipient: recipient._id, supersedes: corrected._id, reason: 'Wrong.' };
    const correction = await anEntry({ ...takenBack, kind: 'correction', direction: 'none' });
    for (const { _id } of [other, corrected, correction]) {
      expectMistakes(await staff.postForm(path, { ...typed, entry: String(_id) }), {
        entry: 'Choose an entry of this recipient that has not been corrected.',
      });
    }
    expect(await Commitment.countDocuments()).toBe(0);
  });

  test('fields that are objects or lists', async () => {
    const body = new URLSearchParams({ _csrf: await staff.tokenFrom(path), 'stance[$ne]': '', 'on[]': 'x' });
    expect((await staff.postRaw(path, body.toString())).status).toBe(422);
    expect(await Commitment.countDocuments()).toBe(0);
  });

  test('the very same once more, as after a second click', async () => {
    await staff.postForm(path, typed);
    expectMistakes(await staff.postForm(path, typed), { stance: 'That is what is written down already.' });
    expect(await Commitment.countDocuments()).toBe(1);
  });
});

test('an ask of another campaign is not found', async () => {
  const other = await aCampaign();
  const elsewhere = `/recipients/${String(recipient._id)}/commitments/${String(other.asks[0]!._id)}`;
  expect((await staff.get(elsewhere)).status).toBe(404);
  expect((await staff.postForm(elsewhere, typed, path)).status).toBe(404);
});

test('what is taken back stays readable with its reason, and what they said before holds again', async () => {
  const before = await aCommitment({ recipient: recipient._id, stance: 'partial', on: '2026-05-01' });
  const wrong = await aCommitment({ recipient: recipient._id, stance: 'implemented', ...checked() });
  const takingBack = `/commitments/${String(wrong._id)}/taking-back`;
  expectMistakes(await staff.postForm(takingBack, { takenBackReason: ' ' }, path), {
    takenBackReason: 'Say why it is taken back, so that a reader understands.',
  });
  await staff.postForm(takingBack, { takenBackReason: 'It was another company.' }, path);
  const page = await staff.get(path);
  expect(page.$('main > p .stance').text()).toContain('Partial');
  const struck = page.$('.superseded').text().replaceAll(/\s+/g, ' ');
  expect(struck).toContain(`Taken back by ${staff.user.name}`);
  expect(struck).toContain('It was another company.');
  expect((await Commitment.findById(before._id).lean())!.isCurrent).toBe(true);
  expect((await Commitment.findById(wrong._id).lean())!.isCurrent).toBe(false);
  expect(await readStances([recipient._id])).toEqual(new Map());
  const again = await staff.postForm(takingBack, { takenBackReason: 'Once more.' }, path);
  expect([again.status, again.main]).toEqual([409, expect.stringContaining('taken it back already')]);
});

test('what rests on an entry alone is not confirmed once the entry was corrected', async () => {
  const { _id } = await aCommitment({ recipient: recipient._id, source: '', entry: reply._id });
  const takenBack = { recipient: recipient._id, supersedes: reply._id, reason: 'Not theirs.' };
  await anEntry({ ...takenBack, kind: 'correction', direction: 'none' });
  expect((await staff.get(path)).main).toContain('This entry has been corrected since.');
  const answer = await staff.postForm(`/commitments/${String(_id)}/confirmation`, {}, path);
  expect([answer.status, answer.main]).toEqual([409, expect.stringContaining('has been corrected since')]);
});

test('what they said earlier, written down later, goes into the history and changes nothing else', async () => {
  await staff.postForm(path, typed);
  await staff.postForm(path, { ...typed, stance: 'declined', on: '2026-01-05' });
  const page = await staff.get(path);
  expect(page.$('main > p .stance').text()).toContain('Committed');
  const titles = page.$('.timeline h3').toArray();
  expect(titles.map((title) => page.$(title).text())).toEqual([
    'Committed, said on 12 November 2026',
    'Declined, said on 5 January 2026',
  ]);
});

test('nothing of what was written down can be changed afterwards', async () => {
  const { _id } = await aCommitment({ recipient: recipient._id });
  const before = await onlyOne();
  await Commitment.updateOne({ _id }, { $set: { quote: 'Something else', stance: 'declined' } });
  await Commitment.updateOne({ _id }, { $set: { on: '2020-01-01', setBy: recipient._id } });
  expect(await onlyOne()).toEqual(before);
});

test('of many who set stances of one cell at once exactly one holds, and it is the latest', async () => {
  const days = Array.from({ length: 8 }, (_, n) => `2026-10-0${n + 1}`);
  await Promise.all(days.map((on) => aCommitment({ recipient: recipient._id, on })));
  const holding = await Commitment.find({ isCurrent: true }).lean();
  expect(holding.map(({ on }) => on)).toEqual(['2026-10-08']);
  expect(await refreshCell({ recipient: recipient._id, ask: campaign.asks[0]!._id })).toBe(false);
});

test('whatever is typed is shown as it was typed', async () => {
  const hostile = '<script>alert(1)</script>"\'&';
  await staff.postForm(path, { ...typed, quote: hostile, note: hostile });
  const page = await staff.get(path);
  expect(page.$('main script')).toHaveLength(0);
  expect(page.$('blockquote').text()).toBe(hostile);
  expect(page.main).toContain(`Note: ${hostile}`);
});
