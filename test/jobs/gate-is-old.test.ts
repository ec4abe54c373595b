import { afterEach, expect, test } from '@jest/globals';
import { manyDue } from '../../faults/due.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { gateOfBatch } from '../../src/follow-ups/gate-of-batch.js';
import { claimDue, findDue } from '../../src/follow-ups/ledger.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { send, untouched } from '../../src/follow-ups/send.js';
import { logEntry } from '../../src/history/log-entry.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aReply, aUser, NOW } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

async function oneClaimed() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(1, NOW);
  const [followUp] = await claimDue(await findDue(1, NOW), NOW);
  return { world, followUp: followUp!, gate: gateOfBatch([followUp!], world.deps) };
}

/** They answer, and somebody logs it, while the process that sends stands still for two minutes. */
async function standsStill({ clock }: TestApp, { campaign, recipient }: FollowUpRecord) {
  const logging = { by: toSignedInUser(await aUser()), now: clock.now() };
  await logEntry({ campaign, recipient }, aReply(clock.now()), logging);
  clock.pass({ minutes: 2 });
}

test('what the gate said before the process stood still lets nothing go: it is given back, and the gate asked anew', async () => {
  const { world, followUp, gate } = await oneClaimed();
  const said = await gate(followUp);
  await standsStill(world, followUp);

  const outcome = await send(followUp, said, world.deps, () => gate(followUp));

  expect(outcome).toEqual(untouched(followUp));
  expect(sink.messages).toHaveLength(0);
  expect((await findFollowUp(followUp._id)).state).toBe('sending');
});

test('nor does what it says once more, where the process stands still over that', async () => {
  const { world, followUp, gate } = await oneClaimed();
  sink.behave({ onRecipient: () => world.clock.pass({ minutes: 1 }) });

  const outcome = await send(followUp, await gate(followUp), world.deps, async () => {
    const said = await gate(followUp);
    await standsStill(world, followUp);
    return said;
  });

  expect(outcome).toMatchObject({ state: 'scheduled' });
  expect(sink.messages).toHaveLength(0);
});
