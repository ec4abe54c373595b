import { expect, test } from '@jest/globals';
import { gateOfBatch } from '../../src/follow-ups/gate-of-batch.js';
import { claimDue, findDue } from '../../src/follow-ups/ledger.js';
import { pauseRecipient } from '../../src/recipients/pause.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { aUser } from '../support/factories.js';

useDatabase();

const moment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('the first of a batch asks for all of it, and whoever comes more than a moment later is told what has changed since', async () => {
  const world = createTestApp();
  const dueAt = new Date('2026-11-27T16:00:00Z');
  for (const subject of ['One', 'Two', 'Three'])
    await anApprovedFollowUp(world, { dueAt, subject, body: subject });
  world.clock.set(dueAt);
  const claimed = await claimDue(await findDue(10, dueAt), dueAt);
  const by = await aUser();
  const gate = gateOfBatch(claimed, world.deps);
  const [first, second, third] = claimed;
  const said = await Promise.all([gate(first!), gate(second!)]);
  expect(said.map(({ paused }) => paused)).toEqual([null, null]);
  for (const { recipient } of claimed) await pauseRecipient(recipient, 'They asked for time.', by._id, dueAt);
  await moment(150);
  expect((await gate(third!)).paused).toBe('They asked for time.');
  // once more, as long as the mail server takes its time
  expect((await gate(first!)).paused).toBe('They asked for time.');
});
