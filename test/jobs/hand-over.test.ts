import { afterEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { manyDue } from '../../faults/due.js';
import { run } from '../../jobs/send-due.js';
import { logEntry } from '../../src/history/log-entry.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { stopCadence } from '../../src/cadences/stop.js';
import { createTestApp } from '../support/app.js';
import { askedToComeAgain } from '../support/asked-again.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aReply, aUser, NOW } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink?.close());

test('a worker that was frozen while it spoke to the mail server hands nothing over any more', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(1, NOW);
  sink.behave({ onRecipient: () => world.clock.pass({ minutes: 30 }) });

  await run(world.deps);

  expect(sink.messages).toHaveLength(0);
  expect(await FollowUp.findOne().lean()).toMatchObject({ state: 'scheduled', attempts: 1 });
});

test('while the mail server takes its time, an answer that is logged still keeps it from leaving', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(1, NOW);
  const { campaign, recipient } = (await FollowUp.findOne().lean())!;
  const by = toSignedInUser(await aUser());
  sink.behave({
    onRecipient: async () => {
      world.clock.pass({ minutes: 2 });
      await logEntry({ campaign, recipient }, aReply(NOW), { by, now: world.clock.now() });
    },
  });

  await run(world.deps);
  world.clock.pass({ minutes: 2 });
  await run(world.deps);

  expect(sink.messages).toHaveLength(0);
  expect(await FollowUp.findOne().lean()).toMatchObject({ state: 'cancelled' });
});

test('a mail server that takes its time is handed what still may leave', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(1, NOW);
  sink.behave({ onRecipient: () => world.clock.pass({ minutes: 2 }) });

  await run(world.deps);

  expect(sink.messages).toHaveLength(1);
});

test('a cadence that is stopped while a step is with the mail server, which asks for patience, is not gone on with', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  const { recipient, by } = await aRunningCadence(world);
  world.clock.set('2026-11-24T15:00:00Z');
  await askedToComeAgain(world, sink, () =>
    stopCadence(recipient._id, 'Robin Example stopped the cadence.', { by, at: NOW }),
  );

  expect(sink.messages).toHaveLength(0);
  const steps = await stepsOf(recipient);
  expect(steps.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(steps[0]!.stateReasons).toEqual(['Robin Example stopped the cadence.']);
});

test('a step that the mail server took while its cadence was stopped stands as sent', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  const { recipient, by } = await aRunningCadence(world);
  world.clock.set('2026-11-24T15:00:00Z');
  const says = 'Robin Example stopped the cadence.';
  sink.behave({ onMessage: () => stopCadence(recipient._id, says, { by, at: NOW }) });

  await run(world.deps);

  expect((await stepsOf(recipient)).map(({ state }) => state)).toEqual(['sent', 'cancelled', 'cancelled']);
});

test('asked to stop, a worker gives back what it has not begun instead of leaving it uncertain', async () => {
  const COUNT = 40;
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(COUNT, NOW);
  const stopping = new AbortController();
  sink.behave({ onMessage: () => stopping.abort() });

  await run({ ...world.deps, stopping: stopping.signal });

  expect(sink.messages.length).toBeLessThan(COUNT);
  expect(await FollowUp.countDocuments({ state: 'sent' })).toBe(sink.messages.length);
  expect(await FollowUp.countDocuments({ state: 'scheduled' })).toBe(COUNT - sink.messages.length);
});

test('somebody who answers while others are being written to is not written to', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(40, NOW);
  const by = toSignedInUser(await aUser());
  let messages = 0;
  let answered = '';
  sink.behave({
    onMessage: async () => {
      messages += 1;
      if (messages > 1) return pause(20);
      const row = (await FollowUp.findOne({ state: { $in: ['sending', 'scheduled'] } })
        .sort({ _id: -1 })
        .lean())!;
      answered = row.to.address;
      world.clock.pass({ minutes: 1 });
      const reply = {
        kind: 'call',
        direction: 'in',
        receivedAs: 'reply',
        occurredAt: NOW,
        precision: 'time',
      } as const;
      const where = { campaign: row.campaign, recipient: row.recipient };
      await logEntry(where, reply, { by, now: world.clock.now() });
    },
  });

  await run(world.deps);

  expect(sink.messages).toHaveLength(39);
  expect(sink.messages.flatMap(({ to }) => to)).not.toContain(answered);
  expect(await FollowUp.countDocuments({ state: 'cancelled' })).toBe(1);
});
