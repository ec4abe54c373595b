import { expect, test } from '@jest/globals';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { Entry } from '../../src/history/entry.model.js';
import { createTestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const WAITS = 'They promised an answer by 10 December 2026. It waits until then.';

const daysOf = async (recipient: Parameters<typeof stepsOf>[0]) =>
  (await stepsOf(recipient)).map(({ dueAt }) => dueAt.toISOString().slice(0, 10));

test('a promised day moves the steps ahead behind it, says so, and no longer counts once it is taken back', async () => {
  const app = createTestApp({ now: '2026-11-24T12:00:00Z' });
  const { recipient } = await aRunningCadence(app);
  const before = await daysOf(recipient);
  const staff = await signInAs(app, 'staff');
  const at = `/recipients/${String(recipient._id)}`;
  expect((await staff.get(`${at}/promises/new`)).main).toContain('wait until that day has passed');
  const promised = { until: '2026-12-10', on: '2026-11-24', reason: '' };
  const answer = await staff.postForm(`${at}/promises`, promised, `${at}/promises/new`);
  expect((await staff.get(answer.location!)).main).toContain('wait until it has passed');
  expect(await daysOf(recipient)).toEqual(['2026-12-11', '2026-12-14', '2026-12-15']);
  const [first] = await stepsOf(recipient);
  expect((await staff.get(`/follow-ups/${String(first!._id)}`)).main).toContain(WAITS);

  const promise = (await Entry.findOne({ kind: 'promise' }).lean())!;
  const page = `/entries/${String(promise._id)}`;
  await staff.postForm(`${page}/taking-back`, { reason: 'It was somebody else.' }, `${page}/correction/new`);
  expect(await daysOf(recipient)).toEqual(before);
});

test('a step whose letter was taken back is held and says so', async () => {
  const app = createTestApp({ now: '2026-11-24T12:00:00Z' });
  const { recipient } = await aRunningCadence(app);
  const letter = (await Entry.findOne({ kind: 'letter' }).lean())!;
  const staff = await signInAs(app, 'staff');
  const page = `/entries/${String(letter._id)}`;
  await staff.postForm(`${page}/taking-back`, { reason: 'It was never posted.' }, `${page}/correction/new`);
  const [first] = await stepsOf(recipient);
  app.clock.set(first!.dueAt);
  await sendDue(app.deps);
  const [held] = await stepsOf(recipient);
  expect(held).toMatchObject({
    state: 'held',
    stateReasons: [expect.stringMatching(/^It follows a letter that has not gone to them/)],
  });
});
