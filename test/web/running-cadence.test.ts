import { beforeEach, describe, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { dateAndTime } from '../../src/dates.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, approve, stepsOf, untilStarted } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { valueOf } from '../support/forms.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

let app: TestApp;
let staff: SignedIn;
let running: Awaited<ReturnType<typeof aRunningCadence>>;
let at: string;
beforeEach(async () => {
  app = createTestApp();
  staff = await signInAs(app, 'staff');
  running = await aRunningCadence(app, { gaps: [1, 2, 3] });
  at = `/recipients/${String(running.recipient._id)}`;
});

const steps = () => stepsOf(running.recipient);
const days = async () => (await steps()).map(({ dueAt }) => dateAndTime(dueAt, 'America/New_York').date);
const states = async () => (await steps()).map(({ state }) => state);
const press = (what: string): Promise<Page> => staff.postForm(`${at}/${what}`, {}, at);
/** The steps of the cadence as a person reads them. */
const listed = ({ $ }: Page): string[] =>
  $('#cadence ~ ol > li, .heading:has(#cadence) + ol > li')
    .toArray()
    .map((row) => $(row).text().replaceAll(/\s+/g, ' ').trim());

test('the recipient’s page shows each step with its date, how that was found, and where it stands', async () => {
  const page = await staff.get(at);
  const [one, two, three, ...more] = listed(page);
  expect(more).toEqual([]);
  expect(one).toContain('Step 1: Our letter, 1 Approved 24 November 2026, 15:00');
  expect(one).toContain('1 working day after the last contact on 23 November 2026.');
  expect(two).toContain('Step 2: Re: Our letter, 1 Approved 26 November 2026, 15:00');
  expect(three).toContain('3 working days after step 2, which is planned for 26 November 2026.');
  expect(page.$('main a:contains("Start a cadence")')).toHaveLength(0);
  const step = await staff.get(page.$('main a:contains("Re: Our letter, 1")').first().attr('href')!);
  expect(step.$('h1').text()).toBe('Step 2');
  expect(step.main).toContain('Of the cadence Reminders.');
  expect(step.main).toContain('What it waits for Step 1 has not gone yet, and this one follows it.');
  expect(step.main).toContain('An answer to what they were sent before');
});

test('stopping it cancels every step ahead, names who did, and can be done once', async () => {
  await press('cadence-stop');
  const page = await staff.get(at);
  expect(page.main).toContain('The cadence is stopped');
  expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(page.main).toContain(`${staff.user.name} stopped the cadence.`);
  expect(page.$('main a:contains("Start a cadence")')).toHaveLength(1);
  for (const again of ['cadence-stop', 'cadence-renewal']) {
    const answer = await press(again);
    expect(answer.status).toBe(409);
    expect(answer.main).toContain('No step of a cadence is ahead of them');
  }
});

test('started once more, it goes on with the steps that have not gone, in the same thread', async () => {
  const [first] = await steps();
  await FollowUp.updateOne({ _id: first!._id }, { $set: { state: 'sent', sentAt: first!.dueAt } });
  await press('cadence-stop');
  const start = `/cadences/${String(running.cadence)}/start`;
  const page = await staff.get(`${start}?recipient=${String(running.recipient._id)}`);
  expect(page.$('main h2').text()).not.toContain('Step 1');
  expect(page.$('main h2').text()).toContain('Step 2');
  const [seen, despite] = [valueOf(page, 'seen')!, valueOf(page, 'despite')!];
  const fields = { seen, despite, recipient: String(running.recipient._id) };
  await staff.postForm(`/cadences/${String(running.cadence)}/starts`, fields, start);
  await untilStarted();
  const planned = (await steps()).filter(({ state }) => state === 'planned');
  expect(planned.map(({ step, revision, subject }) => [step, revision, subject])).toEqual([
    [2, 2, 'Re: Our letter, 1'],
    [3, 2, 'Re: Our letter, 1'],
  ]);
  expect(planned[0]).toMatchObject({ inReplyTo: first!.messageId, references: [first!.messageId] });
  expect(planned[1]!.references).toEqual([first!.messageId, planned[0]!.messageId]);
  const shown = listed(await staff.get(at));
  expect(shown.map((row) => row.slice(0, 7))).toEqual(['Step 1:', 'Step 2:', 'Step 3:']);
  expect(shown[0]).toContain('Sent');
});

test('planned anew, what was held waits for approval again with a day that is still to come', async () => {
  const [first] = await steps();
  await FollowUp.updateOne(
    { _id: first!._id },
    { $set: { state: 'held', approval: null, stateReasons: ['It is more than 24 hours late.'] } },
  );
  app.clock.set('2026-12-02T12:00:00Z');
  expect(listed(await staff.get(at))[0]).toContain('Held for a person');
  await press('cadence-renewal');
  const page = await staff.get(at);
  expect(page.main).toContain('The steps ahead are planned anew from today.');
  expect(await states()).toEqual(['planned', 'scheduled', 'scheduled']);
  expect(await days()).toEqual(['2026-12-03', '2026-12-07', '2026-12-10']);
  expect(listed(page)[0]).toContain('That has passed, so it is the next working day.');
});

test('one step is moved by hand in its form: the later ones move with it, and the thread keeps its subject', async () => {
  const [, second] = await steps();
  const own = `/follow-ups/${String(second!._id)}`;
  const form = await staff.get(`${own}/edit`);
  expect(form.main).toContain('Subject, as in all of the thread: Re: Our letter, 1');
  expect(form.$('#subject')).toHaveLength(0);
  const fields = {
    subject: valueOf(form, 'subject')!,
    body: 'Other words.',
    date: '2026-12-08',
    time: '11:30',
  };
  const answer = await staff.postForm(own, fields, `${own}/edit`);
  expect(answer.location).toBe(own);
  expect((await staff.get(own)).main).toContain('Somebody gave it this time by hand.');
  expect(await days()).toEqual(['2026-11-24', '2026-12-08', '2026-12-11']);
  expect(await states()).toEqual(['scheduled', 'planned', 'scheduled']);
  expect((await steps()).map(({ subject }) => subject)).toEqual([
    'Our letter, 1',
    'Re: Our letter, 1',
    'Re: Our letter, 1',
  ]);
  expect((await steps())[1]!.text).toContain('Other words.');
  const past = await staff.postForm(own, { ...fields, date: '2026-11-23' }, `${own}/edit`);
  expect(past.status).toBe(422);
});

test('one step is cancelled: the later ones keep their days, which are told, and are threaded without it', async () => {
  const [first, second] = await steps();
  const own = `/follow-ups/${String(second!._id)}`;
  await staff.postForm(`${own}/cancellation`, {}, own);
  expect((await staff.get(own)).main).toContain(
    'Cancelled. It will not be sent. The step after it keeps its day, where they are: step 3 on 1 December 2026, 10:00. To be approved, as they will leave now: step 3.',
  );
  const [, , third] = await steps();
  expect(await states()).toEqual(['scheduled', 'cancelled', 'planned']);
  expect(third).toMatchObject({ inReplyTo: first!.messageId, approval: null });
  expect(dateAndTime(third!.dueAt, 'America/New_York').date).toBe('2026-12-01');
  const page = await staff.get(at);
  expect(listed(page).map((row) => row.slice(0, 7))).toEqual(['Step 1:', 'Step 3:']);
  expect(listed(page)[1]).toContain('It wants approval again.');
  expect(listed(page)[1]).toContain(
    '3 working days after step 2, which is cancelled and was to leave on 26 November 2026.',
  );
  expect(page.main).toContain(`${staff.user.name} cancelled it.`);
});

test.each([
  ['went', ['sent', 'scheduled', 'scheduled'], ['2026-11-27', '2026-12-02'], 'Re: Our letter, 1'],
  ['not wanted', ['cancelled', 'planned', 'planned'], ['2026-11-26', '2026-12-01'], 'Our letter, 2'],
])(
  'of a step that may have gone a person says: %s. The later ones follow that',
  async (outcome, now, on, subject) => {
    const [first] = await steps();
    const claim = { id: 'a dead worker', at: new Date('2026-11-25T15:00:00Z') };
    await FollowUp.updateOne({ _id: first!._id }, { $set: { state: 'uncertain', claim } });
    app.clock.set('2026-11-25T16:00:00Z');
    const own = `/follow-ups/${String(first!._id)}`;
    await staff.postForm(`${own}/resolution`, { outcome }, own);
    expect(await states()).toEqual(now);
    expect((await days()).slice(1)).toEqual(on);
    const [, second] = await steps();
    expect(second!.subject).toBe(subject);
    expect(second!.inReplyTo ?? null).toBe(outcome === 'went' ? first!.messageId : null);
  },
);

describe('an answer', () => {
  test('that is logged cancels every step ahead, and the page says why', async () => {
    const form = await staff.get(`${at}/entries/new`);
    expect(form.status).toBe(200);
    const answer = {
      kind: 'call',
      direction: 'in',
      receivedAs: 'reply',
      date: '2026-11-24',
      time: '11:00',
      who: 'Kim Invented',
      channel: '',
      text: 'They will answer in writing.',
    };
    await staff.postForm(`${at}/entries`, answer, `${at}/entries/new`);
    expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const page = await staff.get(at);
    expect(page.main).toContain('3 planned follow-ups are cancelled, because they answered.');
    expect(page.main.split('They answered: call logged in the history.')).toHaveLength(4);
    expect(page.$('main h2').text()).not.toContain('Cadence');
    const start = `/cadences/${String(running.cadence)}/start?recipient=${String(running.recipient._id)}`;
    expect((await staff.get(start)).main).toContain('They have answered.');
  });
});

test('a partner reaches none of it', async () => {
  const partner = await signInAs(app, 'partner');
  for (const what of ['cadence-stop', 'cadence-renewal'])
    expect((await partner.postForm(`${at}/${what}`, {}, '/account')).status).toBe(403);
  expect(await states()).toEqual(['scheduled', 'scheduled', 'scheduled']);
});

test('an approval withdrawn and given again stands for the step as it is now', async () => {
  const [first] = await steps();
  const own = `/follow-ups/${String(first!._id)}`;
  await staff.postForm(`${own}/withdrawal`, {}, own);
  expect(await states()).toEqual(['planned', 'scheduled', 'scheduled']);
  await approve((await steps())[0]!, running.by, app);
  expect(await states()).toEqual(['scheduled', 'scheduled', 'scheduled']);
});
