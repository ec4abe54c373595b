import { beforeEach, describe, expect, test } from '@jest/globals';
import { Entry } from '../../src/history/entry.model.js';
import { checkRecipientCopies } from '../../src/recipients/check-copies.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, anEntry, anOffice, aRecipient, aReply } from '../support/factories.js';
import { Office } from '../../src/organisations/office.model.js';
import { expectMistakes } from '../support/forms.js';
import { signInAs, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
});

const at = (day: string) => new Date(`${day}T15:00:00Z`);

/** An office in New York that was written to on Monday, 2 November 2026; an answer is late after ten working days. */
async function aWritten(sentOn: string | null = '2026-11-02') {
  const office = (await anOffice({ timeZone: 'America/New_York', country: 'US' }))._id;
  const campaign = (await aCampaign({ lateAfter: 10, veryLateAfter: 20 }))._id;
  const recipient = await aRecipient({ office, campaign });
  const letter =
    sentOn && (await anEntry({ recipient: recipient._id, kind: 'email', occurredAt: at(sentOn) }));
  return { ...recipient, letter, path: `/recipients/${String(recipient._id)}` };
}
type Written = Awaited<ReturnType<typeof aWritten>>;

const stored = async ({ _id }: Written) => (await Recipient.findById(_id).lean())!;
const decide = (to: Written, what: string, fields: Record<string, string>) =>
  staff.postForm(`${to.path}/${what}`, fields, `${to.path}/${what}/new`);
const clockOf = async ({ path }: Written) => (await staff.get(`${path}/clock`)).main;

describe('the clock', () => {
  test('does not run before the letter has gone, whatever is planned', async () => {
    const recipient = await aWritten(null);
    await aFollowUp({ recipient: recipient._id, step: 0, state: 'scheduled' });
    expect((await stored(recipient)).lateFrom ?? null).toBeNull();
    expect(await clockOf(recipient)).toContain('what is only planned or drafted does not start it');
  });

  test('shows the sum: the start, each day left out and why, the deadline in both time zones', async () => {
    const recipient = await aWritten();
    const clock = await clockOf(recipient);
    // Veterans Day is a public holiday in the United States
    expect(clock).toContain('Start 2 November 2026');
    expect(clock).toContain('And 10 working days 17 November 2026');
    expect(clock).toContain('Left out: 4 days of weekends, 11 November 2026 (Veterans Day)');
    expect(clock).not.toContain('Public holidays there are not known');
    expect(clock).toContain('7 November 2026: Saturday');
    expect(clock).toContain(
      'Late from 18 November 2026, 05:00 (18 November 2026, 00:00 in America/New York (GMT-5))',
    );
    expect(await stored(recipient)).toMatchObject({
      answerDueOn: '2026-11-17',
      lateFrom: new Date('2026-11-18T05:00:00Z'),
    });
    expect((await staff.get(recipient.path)).main).toContain('Late. An answer was due by 17 November 2026');
  });

  test('says that holidays are not known where the office has no country', async () => {
    const recipient = await aWritten();
    await Office.updateOne({ _id: recipient.office }, { $set: { country: '' } });
    expect(await clockOf(recipient)).toContain(
      'Public holidays there are not known: the office has no country.',
    );
  });

  test('is counted anew when a holiday is announced or the organisation closes while it runs', async () => {
    const recipient = await aWritten();
    const holiday = { country: 'US', day: '2026-11-12', name: 'A day of mourning' };
    await staff.postForm('/holidays', holiday);
    expect(await stored(recipient)).toMatchObject({
      answerDueOn: '2026-11-18',
      lateFrom: new Date('2026-11-19T05:00:00Z'),
    });
    const closures = `/organisations/${String(recipient.organisation)}/closures`;
    const closure = { from: '2026-11-16', until: '2026-11-17', name: 'The works are closed' };
    await staff.postForm(closures, closure, `${closures}/new`);
    expect(await stored(recipient)).toMatchObject({ answerDueOn: '2026-11-20' });
    expect(await clockOf(recipient)).toContain(
      'Left out: 4 days of weekends, 11 November 2026 (Veterans Day), 12 November 2026 (A day of mourning) and from 16 November 2026 until 17 November 2026 (The works are closed)',
    );
  });

  test('stops with an answer, and says by what and after how many working days', async () => {
    const recipient = await aWritten();
    await anEntry({ recipient: recipient._id, ...aReply(at('2026-11-10')) });
    expect(await clockOf(recipient)).toContain(
      'First answer 10 November 2026 Email from them: reply, after 6 working days',
    );
    expect(await stored(recipient)).toMatchObject({
      lateFrom: null,
      answeredAfter: 6,
      engagement: 'replied',
    });
  });

  test('starts when the letter reached them by another channel', async () => {
    const recipient = await aWritten(null);
    const form = {
      kind: 'meeting',
      direction: 'none',
      receivedAs: '',
      date: '2026-11-02',
      time: '',
      delivers: 'on',
    };
    await staff.postForm(`${recipient.path}/entries`, form, `${recipient.path}/entries/new`);
    expect(await stored(recipient)).toMatchObject({ delivery: 'other channel', engagement: 'in talks' });
    expect(await clockOf(recipient)).toContain('Start 2 November 2026');
    expect((await staff.get(recipient.path)).main).toContain('They got the letter by this.');
  });
});

describe('a day that they promised', () => {
  const named = { until: '2026-12-04', on: '2026-11-10', reason: 'After our board has met.' };

  test('moves the deadline, is shown with their words, and is told once it has passed', async () => {
    const recipient = await aWritten();
    const { location } = await decide(recipient, 'promises', named);
    expect(location).toBe(`${recipient.path}/clock`);
    expect(await clockOf(recipient)).toContain('They promised 4 December 2026');
    expect(await stored(recipient)).toMatchObject({ answerDueOn: '2026-12-04', promisedFor: '2026-12-04' });
    app.clock.set(new Date('2026-12-05T12:00:00Z'));
    const { main } = await (await signInAs(app, 'staff')).get(recipient.path);
    expect(main).toContain('They promised 4 December 2026, which has passed.');
    expect(main).toContain('After our board has met.');
  });

  test('is taken back by a correction, and the deadline is where it was', async () => {
    const recipient = await aWritten();
    await decide(recipient, 'promises', named);
    const promise = (await Entry.findOne({ kind: 'promise' }).lean())!;
    const path = `/entries/${String(promise._id)}`;
    expect((await staff.get(`${path}/correction/new`)).main).toContain('It can be taken back');
    expect((await staff.get(path)).location).toBe(`${recipient.path}?page=1#entry-${String(promise._id)}`);
    await staff.postForm(
      `${path}/taking-back`,
      { reason: 'Another company said so.' },
      `${path}/correction/new`,
    );
    expect(await stored(recipient)).toMatchObject({ answerDueOn: '2026-11-17', promisedFor: null });
  });

  test.each<[Record<string, string>, Record<string, string>]>([
    [{}, { until: 'Enter the day they promised.', on: 'Enter the day.' }],
    [
      { ...named, until: '2026-11-09' },
      { until: 'This is before the other day. Enter that day or a later one.' },
    ],
    [
      { ...named, on: '2026-11-25', until: '2026-12-01' },
      { on: 'That day is still to come where they are. Enter today there, or an earlier day.' },
    ],
    [
      { ...named, on: '1926-11-10' },
      { on: 'That is before 1990. Look at the year once more, and enter the day it happened.' },
    ],
    [{ ...named, until: '2026-02-30' }, { until: 'Enter the day as a date such as 2026-11-24.' }],
  ])('is not saved as %j', async (typed, mistakes) => {
    const recipient = await aWritten();
    expectMistakes(await decide(recipient, 'promises', typed), mistakes);
    expect(await Entry.countDocuments({ kind: 'promise' })).toBe(0);
  });
});

describe('a pause of the clock', () => {
  test('leaves its days out, with the reason', async () => {
    const recipient = await aWritten();
    await decide(recipient, 'clock-pauses', {
      on: '2026-11-09',
      until: '2026-11-10',
      reason: 'We owed them a document.',
    });
    expect(await stored(recipient)).toMatchObject({ answerDueOn: '2026-11-19' });
    expect(await clockOf(recipient)).toContain(
      '9 November 2026: The clock was paused: We owed them a document.',
    );
  });

  test('without an end leaves the deadline open until the clock goes on', async () => {
    const recipient = await aWritten();
    await decide(recipient, 'clock-pauses', {
      on: '2026-11-09',
      until: '',
      reason: 'We owe them a document.',
    });
    expect(await stored(recipient)).toMatchObject({ answerDueOn: null, lateFrom: null });
    expect((await staff.get(recipient.path)).main).toContain('the end of the pause is not known');
    expect((await staff.get(`/campaigns/${String(recipient.campaign)}/recipients`)).main).toContain(
      'The clock is paused',
    );
    await decide(recipient, 'clock-resumptions', { on: '2026-11-12', reason: '' });
    expect(await stored(recipient)).toMatchObject({ answerDueOn: '2026-11-19' });
    const again = await staff.postForm(
      `${recipient.path}/clock-resumptions`,
      { on: '2026-11-13', reason: '' },
      `${recipient.path}/clock-resumptions/new`,
    );
    expect([again.status, again.main]).toEqual([409, expect.stringContaining('The clock is not paused.')]);
  });
});

describe('closing the matter', () => {
  test('cancels what is planned and awaits no answer; reopening takes it back to where it stood', async () => {
    const recipient = await aWritten();
    const followUp = await aFollowUp({ recipient: recipient._id, state: 'scheduled' });
    await decide(recipient, 'closings', { reason: 'The company no longer exists.' });
    expect(await clockOf(recipient)).toContain('no answer is awaited. One planned follow-up is cancelled.');
    expect(await stored(recipient)).toMatchObject({ engagement: 'closed', lateFrom: null });
    expect((await staff.get(`/follow-ups/${String(followUp._id)}`)).main).toContain('The matter was closed');
    expect((await staff.get(recipient.path)).main).toContain('The matter is closed. No answer is awaited.');
    await decide(recipient, 'reopenings', { reason: 'It goes on under another name.' });
    expect(await stored(recipient)).toMatchObject({ engagement: 'silent', answerDueOn: '2026-11-17' });
    expect(await clockOf(recipient)).toContain('Closed (before: silent), by Closed');
  });

  test('needs a reason', async () => {
    const recipient = await aWritten();
    expectMistakes(await decide(recipient, 'closings', { reason: ' ' }), {
      reason: 'Say why, in a sentence: whoever wonders later reads it.',
    });
    expect(await stored(recipient)).toMatchObject({ engagement: 'silent' });
  });
});

test('whatever was decided, the stored copies are what the entries amount to', async () => {
  const recipient = await aWritten();
  await decide(recipient, 'clock-pauses', { on: '2026-11-09', until: '', reason: 'We owe them a document.' });
  await decide(recipient, 'promises', { until: '2026-12-18', on: '2026-11-10', reason: '' });
  await decide(recipient, 'clock-resumptions', { on: '2026-11-23', reason: '' });
  await decide(recipient, 'closings', { reason: 'The company no longer exists.' });
  expect(await checkRecipientCopies(app.clock.now())).toMatchObject({ checked: 1, differed: 0 });
});
