import { afterEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { manyDue } from '../../faults/due.js';
import { run } from '../../jobs/send-due.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { Entry } from '../../src/history/entry.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { startSink, type Received, type Sink } from '../support/smtp-sink.js';
import { startWorker } from '../support/worker.js';

useDatabase();

const COUNT = 200;
/** what a worker has in its hands at most: batch times lanes */
const IN_FLIGHT = 40;
let sink: Sink;
afterEach(() => sink.close());

/** A server that takes its time with each message, so that workers are killed in the middle of things. */
async function slowSink(): Promise<Sink> {
  sink = await startSink({ onMessage: () => pause(5) });
  return sink;
}

const takenBy = async (count: number): Promise<void> => {
  while (sink.messages.length < count) await pause(2);
};

function assertNothingTwice(messages: Received[]): void {
  const ids = messages.map(({ mail }) => mail.messageId!);
  expect(new Set(ids).size).toBe(ids.length);
  const addresses = messages.flatMap(({ to }) => to);
  expect(new Set(addresses).size).toBe(addresses.length);
}

test('two workers at once send each of 200 due follow-ups exactly once', async () => {
  await slowSink();
  await manyDue(COUNT, NOW);

  const workers = [1, 2].map(() => startWorker('send-due', { now: NOW, smtpUrl: sink.url }));
  const said = await Promise.all(workers.map(({ ended }) => ended));

  expect(sink.messages).toHaveLength(COUNT);
  assertNothingTwice(sink.messages);
  expect(said.map((line) => Number(/(\d+) sent/.exec(line)?.[1] ?? 0)).reduce((a, b) => a + b)).toBe(COUNT);
  expect(await FollowUp.countDocuments({ state: 'sent' })).toBe(COUNT);
  expect(await Entry.countDocuments({})).toBe(COUNT);
}, 60_000);

test('a worker killed in the middle repeats nothing and loses nothing', async () => {
  await slowSink();
  await manyDue(COUNT, NOW);

  const first = startWorker('send-due', { now: NOW, smtpUrl: sink.url });
  await takenBy(30 + Math.floor(Math.random() * 40));
  first.kill('SIGKILL');
  await first.ended;
  // it died with messages in its hands, otherwise this would show nothing
  expect(await FollowUp.countDocuments({ state: 'sending' })).toBeGreaterThan(0);

  const [second, survivor] = [1, 2].map(() => startWorker('send-due', { now: NOW, smtpUrl: sink.url }));
  await takenBy(100 + Math.floor(Math.random() * 40));
  second!.kill('SIGKILL');
  await Promise.all([second!.ended, survivor!.ended]);
  // the sweep that comes after the claims of the dead have run out
  const later = createTestApp({ smtpUrl: sink.url, now: new Date(NOW.getTime() + 11 * 60_000) });
  await run(later.deps);
  later.deps.post.close();

  assertNothingTwice(sink.messages);
  const rows = await FollowUp.find({}, { messageId: 1, state: 1 }).lean<FollowUpRecord[]>();
  const taken = new Set(sink.messages.map(({ mail }) => mail.messageId));
  const states = rows.map(({ state }) => state);
  expect(states.every((state) => state === 'sent' || state === 'uncertain')).toBe(true);
  expect(states.filter((state) => state === 'uncertain').length).toBeLessThanOrEqual(2 * IN_FLIGHT);
  // what is written down as sent was taken, and what was taken is sent or uncertain: nothing is unaccounted for
  expect(rows.filter(({ state, messageId }) => state === 'sent' && !taken.has(messageId))).toEqual([]);
  expect(rows.filter(({ messageId }) => taken.has(messageId)).length).toBe(taken.size);
  expect(await Entry.countDocuments({})).toBe(states.filter((state) => state === 'sent').length);
}, 60_000);
