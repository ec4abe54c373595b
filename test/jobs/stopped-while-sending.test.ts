import { afterEach, expect, test } from '@jest/globals';
import { stopCadence } from '../../src/cadences/stop.js';
import { approveFollowUp, withdrawApproval } from '../../src/follow-ups/approve.js';
import { cancelFollowUp } from '../../src/follow-ups/cancel.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { contentHashOf, seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { claimDue, findDue, settle } from '../../src/follow-ups/ledger.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { resolveUncertain } from '../../src/follow-ups/resolve.js';
import { Entry } from '../../src/history/entry.model.js';
import { manyDue } from '../../faults/due.js';
import { run } from '../../jobs/send-due.js';
import { createTestApp } from '../support/app.js';
import { askedToComeAgain, askForPatience } from '../support/asked-again.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aUser, NOW } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink?.close());

/** One approved mail that is due, in a campaign that is live. */
async function oneDue() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, now: NOW });
  await manyDue(1, NOW);
  return { world, _id: (await FollowUp.findOne().lean())!._id };
}

const cancel = (_id: FollowUpRecord['_id']) => cancelFollowUp(_id, 'Ana cancelled it.');
const withdraw = (_id: FollowUpRecord['_id']) => withdrawApproval(_id, 'Ana withdrew the approval.');

test.each([
  ['cancelled', cancel, 'cancelled', 'Ana cancelled it.'],
  ['no longer approved', withdraw, 'held', 'Ana withdrew the approval.'],
] as const)(
  'what is %s while the mail server asks for patience is not tried again',
  async (_what, stop, state, reason) => {
    const { world, _id } = await oneDue();
    await askedToComeAgain(world, sink, async () => expect(await stop(_id)).toEqual({ leaving: true }));

    expect(sink.messages).toHaveLength(0);
    expect(await findFollowUp(_id)).toMatchObject({ state, stateReasons: [reason], approval: null });
  },
);

test.each([
  ['cancelled', cancel, 'cancelled', 'Ana cancelled it.'],
  ['no longer approved', withdraw, 'held', 'Ana withdrew the approval.'],
] as const)('what is %s after it was claimed is not handed over', async (_what, stop, state, reason) => {
  const { world, _id } = await oneDue();
  sink.behave({
    onRecipient: async () => {
      world.clock.pass({ minutes: 2 });
      await stop(_id);
    },
  });

  await run(world.deps);
  world.clock.pass({ minutes: 2 });
  await run(world.deps);

  expect(sink.messages).toHaveLength(0);
  expect(await findFollowUp(_id)).toMatchObject({ state, stateReasons: [reason] });
});

test.each([
  ['cancelled and then no longer approved', cancel, withdraw],
  ['no longer approved and then cancelled', withdraw, cancel],
] as const)('what is %s while it is being sent is cancelled', async (_what, first, second) => {
  const { world, _id } = await oneDue();
  askForPatience(sink, async () => {
    await first(_id);
    await second(_id).catch(() => {});
  });

  await run(world.deps);

  expect(await findFollowUp(_id)).toMatchObject({ state: 'cancelled', stateReasons: ['Ana cancelled it.'] });
});

test('a step without approval whose cadence is stopped while it is being sent does not wait for another approval', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { recipient, by } = await aRunningCadence(world, { gaps: [1] });
  const [step] = await stepsOf(recipient);
  world.clock.set(step!.dueAt);
  askForPatience(sink, async () => {
    await withdraw(step!._id);
    await stopCadence(recipient._id, 'Ana stopped the cadence.', { by, at: world.clock.now() });
  });

  await run(world.deps);

  expect(await findFollowUp(step!._id)).toMatchObject({
    state: 'cancelled',
    stateReasons: ['Ana stopped the cadence.'],
  });
});

test('what the mail server takes although somebody cancelled it meanwhile stands as sent', async () => {
  const { world, _id } = await oneDue();
  sink.behave({ onMessage: async () => void (await cancel(_id)) });

  await run(world.deps);

  expect(sink.messages).toHaveLength(1);
  expect(await findFollowUp(_id)).toMatchObject({ state: 'sent' });
});

test('what is held because its approval was withdrawn can be approved again, and leaves', async () => {
  const { world, _id } = await oneDue();
  askForPatience(sink, () => withdraw(_id));
  await run(world.deps);
  sink.behave({ onMessage: () => undefined });

  const { from } = world.deps.post;
  const seenHash = seenHashOf(await findFollowUp(_id), from);
  await approveFollowUp(_id, { seenHash, by: (await aUser())._id, from, now: world.clock.now() });
  await run(world.deps);

  expect(sink.messages).toHaveLength(1);
  expect(await findFollowUp(_id)).toMatchObject({ state: 'sent' });
});

test('what may have gone is not cancelled: first somebody says whether it went', async () => {
  const { _id } = await oneDue();
  await FollowUp.updateOne({ _id }, { $set: { state: 'uncertain' } });

  await expect(cancel(_id)).rejects.toThrow('say first whether it went');

  expect(await findFollowUp(_id)).toMatchObject({ state: 'uncertain' });
});

test('a mail that was found not to have gone, and whose answer comes late, stands as sent and is not sent anew', async () => {
  const { world, _id } = await oneDue();
  const { deps, clock } = world;
  const [claimed] = await claimDue(await findDue(1, clock.now()), clock.now());
  clock.pass({ minutes: 15 });
  await run(deps);
  const kim = await aUser({ name: 'Kim' });
  const next = await resolveUncertain(_id, 'plan again', kim, deps);
  const again = await findFollowUp(next!);
  const approval = { by: kim._id, at: clock.now(), contentHash: contentHashOf(again, deps.post.from) };
  await FollowUp.updateOne(
    { _id: next },
    { $set: { state: 'scheduled', approval, dueAt: clock.now(), nextAttemptAt: clock.now() } },
  );

  await settle(
    [{ followUp: claimed!, outcome: { state: 'sent', sentAt: clock.now(), response: '250 OK' } }],
    clock.now,
  );
  await run(deps);

  expect(sink.messages).toHaveLength(0);
  expect(await findFollowUp(_id)).toMatchObject({ state: 'sent', response: '250 OK' });
  expect(await Entry.countDocuments({ followUp: _id })).toBe(1);
  expect(await findFollowUp(next!)).toMatchObject({ state: 'held' });
});
