import { beforeEach, describe, expect, test } from '@jest/globals';
import { dateAndTime } from '../../src/dates.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { expectMistakes, valueOf } from '../support/forms.js';
import { signInAs, type Page, type SignedIn } from '../support/visitor.js';

useDatabase();

const ZONE = 'America/New_York';

let world: TestApp;
let running: Awaited<ReturnType<typeof aRunningCadence>>;
let staff: SignedIn;
let colleague: SignedIn;

beforeEach(async () => {
  world = createTestApp();
  running = await aRunningCadence(world, { gaps: [1, 2, 3] });
  [staff, colleague] = [await signInAs(world, 'staff'), await signInAs(world, 'staff')];
});

const steps = () => stepsOf(running.recipient);
const days = async () => (await steps()).map(({ dueAt }) => dateAndTime(dueAt, ZONE).date);

/** The form as a tab holds it that was opened a while ago. */
const opened = (form: Page) =>
  Object.fromEntries(
    ['subject', 'body', 'date', 'time', 'opened'].map((name) => [name, valueOf(form, name)!]),
  );

const CHANGED =
  'A colleague changed it while you were writing, or its time has moved. Yours is not saved yet: compare the two, then save again to put yours in its place.';

describe('of two people who edit one follow-up', () => {
  const editing = async (step: number) => {
    const own = `/follow-ups/${String((await steps())[step - 1]!._id)}`;
    return { own, form: opened(await staff.get(`${own}/edit`)) };
  };

  test('the second is told, keeps what was typed, and may save on top of what is there', async () => {
    const { own, form } = await editing(2);
    const theirs = { ...form, body: 'Their corrected words.', date: '2026-12-08' };
    expect((await colleague.postForm(own, theirs, `${own}/edit`)).location).toBe(own);
    const answer = await staff.postForm(own, { ...form, body: 'My words.' }, `${own}/edit`);
    // the day was not changed here, so it is the one that the colleague gave it
    expectMistakes(answer, { body: CHANGED }, { body: 'My words.', date: '2026-12-08', time: form['time']! });
    expect(answer.main).toContain('As it is now Due 8 December 2026, 15:00');
    expect(answer.$('pre.source').text()).toBe('Their corrected words.');
    expect((await steps())[1]!.bodyTemplate).toBe('Their corrected words.');

    expect((await staff.postForm(own, opened(answer), `${own}/edit`)).location).toBe(own);
    expect((await steps())[1]!.bodyTemplate).toBe('My words.');
    expect((await days())[1]).toBe('2026-12-08');
  });

  test('the day that was typed stays in the form', async () => {
    const { own, form } = await editing(2);
    await colleague.postForm(own, { ...form, body: 'Their words.' }, `${own}/edit`);
    const answer = await staff.postForm(own, { ...form, date: '2026-12-10' }, `${own}/edit`);
    expectMistakes(answer, { body: CHANGED }, { date: '2026-12-10', body: form['body']! });
  });

  test('one whose page says nothing of what it was opened with is told as well', async () => {
    const { own, form } = await editing(2);
    expectMistakes(await staff.postForm(own, { ...form, opened: '' }, `${own}/edit`), { body: CHANGED });
  });
});

describe('a step whose time has moved since its form was opened', () => {
  test('is not put back to the old day, and not held there by hand', async () => {
    const [first, second] = (await steps()).map(({ _id }) => `/follow-ups/${String(_id)}`);
    const stale = opened(await staff.get(`${second}/edit`));
    const moved = opened(await staff.get(`${first}/edit`));
    await colleague.postForm(first!, { ...moved, date: '2026-12-01' }, `${first}/edit`);
    expect(await days()).toEqual(['2026-12-01', '2026-12-03', '2026-12-08']);
    const answer = await staff.postForm(second!, { ...stale, body: 'My words.' }, `${second}/edit`);
    expectMistakes(answer, { body: CHANGED }, { body: 'My words.', date: '2026-12-03' });
    await staff.postForm(second!, opened(answer), `${second}/edit`);
    expect(await days()).toEqual(['2026-12-01', '2026-12-03', '2026-12-08']);
    expect((await steps())[1]!.timeSetByHand).toBeFalsy();
  });

  test('keeps its time to the second where only its words are changed', async () => {
    const [, second] = await steps();
    const dueAt = new Date(second!.dueAt.getTime() + 12_345);
    await FollowUp.updateOne({ _id: second!._id }, { $set: { dueAt, nextAttemptAt: dueAt } });
    const own = `/follow-ups/${String(second!._id)}`;
    const form = opened(await staff.get(`${own}/edit`));
    await staff.postForm(own, { ...form, body: 'My words.' }, `${own}/edit`);
    const row = (await steps())[1]!;
    expect([row.bodyTemplate, row.timeSetByHand ?? false]).toEqual(['My words.', false]);
  });
});

describe('a pause', () => {
  const at = () => `/recipients/${String(running.recipient._id)}`;
  const pause = (visitor: SignedIn, reason: string) => visitor.postForm(`${at()}/pause`, { reason }, at());
  const told = ({ $ }: Page) =>
    $('.timeline .entry')
      .toArray()
      .map((entry) => $(entry).text().replaceAll(/\s+/g, ' ').trim());

  test('that was said after the page was opened stands, and its reason is told', async () => {
    await pause(staff, 'They asked for time.');
    const stale = await staff.get(at());
    const opened = valueOf(stale, 'opened')!;
    await colleague.postForm(`${at()}/resumption`, {}, at());
    world.clock.pass({ minutes: 5 });
    await pause(colleague, 'Our lawyer says: not a word to them');
    const answer = await staff.postForm(`${at()}/resumption`, { opened }, at());
    expect(answer.status).toBe(409);
    expect(answer.main).toContain('Writing to them is paused: Our lawyer says: not a word to them.');
    expect(answer.main).toContain('so this one stands');
    const page = await staff.get(at());
    expect(page.main).toContain('Writing to them is paused since');
    expect((await staff.postForm(`${at()}/resumption`, {}, at())).location).toBe(at());
    expect((await staff.get(at())).main).not.toContain('Writing to them is paused since');
  });

  test('that a page names nothing of stands', async () => {
    await pause(staff, 'They asked for time.');
    expect((await staff.postForm(`${at()}/resumption`, { opened: '' }, at())).status).toBe(409);
    expect((await staff.get(at())).main).toContain('Writing to them is paused since');
  });

  test('is resumed once: whoever comes second is told', async () => {
    await pause(staff, 'They asked for time.');
    await staff.postForm(`${at()}/resumption`, {}, at());
    const again = await colleague.postForm(`${at()}/resumption`, {}, at());
    expect(again.status).toBe(409);
    expect(again.main).toContain('is not paused any more');
  });

  test('stands in their history with who, when and why, and so does its end', async () => {
    await pause(staff, 'They asked for time.');
    world.clock.pass({ minutes: 5 });
    await colleague.postForm(`${at()}/resumption`, {}, at());
    const [ended, began] = told(await staff.get(at()));
    expect(began).toContain('Writing to them is paused: They asked for time.');
    expect(began).toContain(`Recorded by ${staff.user.name}`);
    expect(ended).toContain('Writing to them goes on. The pause that was lifted: They asked for time.');
    expect(ended).toContain(`Recorded by ${colleague.user.name}`);
  });

  test('that was refused leaves no trace', async () => {
    await pause(staff, 'They asked for time.');
    await pause(colleague, 'Another reason.');
    expect(told(await staff.get(at())).filter((entry) => entry.includes('Another reason'))).toEqual([]);
  });

  test('is no contact with them: the cadence counts from the letter as before', async () => {
    const before = await days();
    await pause(staff, 'They asked for time.');
    await staff.postForm(`${at()}/resumption`, {}, at());
    expect(await days()).toEqual(before);
  });
});

describe('the form of a mail by hand', () => {
  const ahead = ({ $ }: Page) =>
    $('#ahead ~ ul > li')
      .toArray()
      .map((row) => $(row).text().replaceAll(/\s+/g, ' ').trim());

  test('says what else is ahead for them, and when', async () => {
    const form = await staff.get(`/recipients/${String(running.recipient._id)}/follow-ups/new`);
    expect(ahead(form)).toHaveLength(3);
    expect(ahead(form)[0]).toContain('Step 1: Our letter, 1 Approved 24 November 2026, 15:00');
  });

  test('leaves out the one that is edited, and what does not go any more', async () => {
    const [first, second] = await steps();
    await FollowUp.updateOne({ _id: first!._id }, { $set: { state: 'cancelled' } });
    const form = await staff.get(`/follow-ups/${String(second!._id)}/edit`);
    expect(ahead(form).map((row) => row.slice(0, 7))).toEqual(['Step 3:']);
  });

  test('says nothing where nothing else is ahead', async () => {
    await FollowUp.updateMany({}, { $set: { state: 'sent' } });
    const form = await staff.get(`/recipients/${String(running.recipient._id)}/follow-ups/new`);
    expect(form.$('#ahead')).toHaveLength(0);
  });
});
