import { afterEach, expect, test } from '@jest/globals';
import { findStart, requestStart, workOn } from '../../src/cadences/start.js';
import { cancelFollowUp } from '../../src/follow-ups/cancel.js';
import { findFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import { createTestApp } from '../support/app.js';
import { approve, aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

test('what somebody planned by hand in the words of a step leaves once, also where both are due together', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { recipient, by } = await aRunningCadence(world, { gaps: [1] });
  const [step] = await stepsOf(recipient);
  const words = { subject: step!.subjectTemplate, body: step!.bodyTemplate, dueAt: step!.dueAt };
  const id = await planFollowUp(await findRecipient(recipient._id), words, by, world.deps);
  await approve(await findFollowUp(id), by, world);

  world.clock.set(step!.dueAt);
  await sendDue(world.deps);
  // of two that a worker has at the same time the first looks again after a minute
  world.clock.pass({ minutes: 1 });
  await sendDue(world.deps);
  expect(sink.messages.map(({ mail }) => mail.subject)).toEqual(['Our letter, 1']);
  expect((await stepsOf(recipient)).map(({ state }) => state).toSorted()).toEqual(['held', 'sent']);
});

test('a cadence whose step says what the letter said is not started, and a step that was planned before is held', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { recipient, by, campaign, cadence } = await aRunningCadence(world, { gaps: [1] });
  const [step] = await stepsOf(recipient);
  const dueAt = new Date(step!.dueAt.getTime() - 3_600_000);
  const words = { subject: 'The letter', body: step!.bodyTemplate, dueAt };
  const id = await planFollowUp(await findRecipient(recipient._id), words, by, world.deps);
  await approve(await findFollowUp(id), by, world);
  world.clock.set(dueAt);
  await sendDue(world.deps);
  world.clock.set(step!.dueAt);
  await sendDue(world.deps);
  expect(sink.messages.map(({ mail }) => mail.subject)).toEqual(['The letter']);
  expect(await findFollowUp(step!._id)).toMatchObject({
    state: 'held',
    stateReasons: [expect.stringMatching(/^The same text/)],
  });

  await cancelFollowUp(step!._id, 'It was cancelled.');
  const start = await requestStart({ cadence, campaign: campaign._id }, by, world.clock.now());
  await workOn(start, world.deps);
  expect((await findStart(start)).left).toMatchObject([
    { reasons: ['Step 1 says what has been sent to them before. Give it another template.'] },
  ]);
});
