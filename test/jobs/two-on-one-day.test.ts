import { afterEach, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import { createTestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aRecipient } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

const withSink = async () => {
  sink = await startSink();
  return createTestApp({ smtpUrl: sink.url });
};
const subjects = () => sink.messages.map(({ mail }) => mail.subject);

test('of two by hand that are due together one goes, and the other on the next day that mail may leave', async () => {
  const world = await withSink();
  const recipient = await aRecipient();
  const dueAt = new Date('2026-11-27T16:00:00Z');
  await anApprovedFollowUp(world, { recipient, dueAt, subject: 'One', body: 'One.' });
  const { _id } = await anApprovedFollowUp(world, { recipient, dueAt, subject: 'Two', body: 'Two.' });
  world.clock.set(dueAt);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 0, deferred: 2 });
  world.clock.pass({ minutes: 1 });
  expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  expect(subjects()).toEqual(['One']);
  const second = await findFollowUp(_id);
  expect(second).toMatchObject({ state: 'scheduled', attempts: 0 });
  // midnight in New York: mail of this campaign leaves at any hour
  expect(second.nextAttemptAt.toISOString()).toBe('2026-11-28T05:00:00.000Z');
  const staff = await signInAs(world, 'staff');
  expect((await staff.get(`/follow-ups/${String(_id)}`)).main).toContain('nobody is sent two on one day');
  world.clock.set(second.nextAttemptAt);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  expect(subjects()).toEqual(['One', 'Two']);
});

test('a step of a cadence waits for the day after a mail by hand, and those after it move with it', async () => {
  const world = await withSink();
  const running = await aRunningCadence(world, { gaps: [1, 1] });
  const recipient = await findRecipient(running.recipient._id);
  const [first] = await stepsOf(recipient);
  const earlier = new Date(first!.dueAt.getTime() - 1_800_000);
  await anApprovedFollowUp(world, { recipient, dueAt: earlier, subject: 'By hand', body: 'By hand.' });
  world.clock.set(earlier);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  world.clock.set(first!.dueAt);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 0, deferred: 1 });
  const days = await FollowUp.find({ recipient: recipient._id, cadence: { $ne: null } }).sort({ step: 1 });
  expect(days.map(({ dueAt, state }) => [dueAt.toISOString().slice(0, 10), state])).toEqual([
    ['2026-11-25', 'scheduled'],
    ['2026-11-26', 'scheduled'],
  ]);
});

test('one that may have gone today counts as gone: the page of the other says that it goes on another day', async () => {
  const world = await withSink();
  const recipient = await aRecipient();
  const dueAt = new Date('2026-11-24T15:00:00Z');
  await anApprovedFollowUp(world, { recipient, dueAt, subject: 'One', body: 'One.' });
  const at = (time: Date) =>
    anApprovedFollowUp(world, { recipient, dueAt: time, subject: 'Two', body: 'Two.' });
  const sameDay = await at(new Date('2026-11-24T20:00:00Z'));
  const nextDay = await at(new Date('2026-11-25T20:00:00Z'));
  sink.behave({ onMessage: () => 'drop' });
  world.clock.set(dueAt);
  expect(await sendDue(world.deps)).toMatchObject({ uncertain: 1 });
  const staff = await signInAs(world, 'staff');
  const pageOf = async ({ _id }: typeof sameDay) => (await staff.get(`/follow-ups/${String(_id)}`)).main;
  const waits = 'Another follow-up may have gone to them on this day, and nobody is sent two on one day.';
  expect(await pageOf(sameDay)).toContain(waits);
  expect(await pageOf(nextDay)).not.toContain(waits);
});

test('two to different people of one day go both', async () => {
  const world = await withSink();
  await anApprovedFollowUp(world, { subject: 'One' });
  await anApprovedFollowUp(world, { subject: 'Two' });
  world.clock.pass({ hours: 3 });
  expect(await sendDue(world.deps)).toMatchObject({ sent: 2 });
});
