import { afterEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { manyDue } from '../../faults/due.js';
import { run } from '../../jobs/send-due.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { logEntry } from '../../src/history/log-entry.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser, NOW } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink?.close());

const countIn = (state: FollowUpRecord['state']) => FollowUp.countDocuments({ state }).exec();

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(5);
}

test('a sweep that waits for the connections of a slower one asks the gate when it has one, not while it waits', async () => {
  const [FIRST, SECOND] = [40, 5];
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(FIRST + SECOND, NOW);
  const by = toSignedInUser(await aUser());
  let atTheServer = 0;
  let goOn = () => {};
  const told = new Promise<void>((resolve) => (goOn = resolve));
  sink.behave({ onMessage: () => ((atTheServer += 1), told) });

  const first = run(world.deps);
  await until(async () => atTheServer === 10 && (await countIn('sending')) === FIRST);
  // agenda's lock and the claims of the first sweep have run out
  world.clock.pass({ minutes: 11 });
  const second = run(world.deps);
  await until(async () => (await countIn('sending')) === SECOND);
  await pause(200);
  const answering = await FollowUp.find({ state: 'sending' }).lean();
  for (const { campaign, recipient } of answering) {
    const reply = { kind: 'call', direction: 'in', receivedAs: 'reply', precision: 'time' } as const;
    const now = world.clock.now();
    await logEntry({ campaign, recipient }, { ...reply, occurredAt: now }, { by, now });
  }
  goOn();
  await Promise.all([first, second]);

  expect(await countIn('cancelled')).toBe(SECOND);
  const written = sink.messages.flatMap(({ to }) => to);
  expect(written.filter((address) => answering.some(({ to }) => to.address === address))).toEqual([]);
});
