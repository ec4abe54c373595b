import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { approveFollowUp, withdrawApproval } from '../../src/follow-ups/approve.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { editFollowUp, findFollowUp } from '../../src/follow-ups/plan.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aUser } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';

useDatabase();

/** A follow-up that waits for approval, and somebody who may give it. */
async function whatWaits() {
  const world = createTestApp();
  const { _id } = await anApprovedFollowUp(world);
  await withdrawApproval(_id, 'Ana withdrew it.');
  return { world, from: world.deps.post.from, by: (await aUser())._id, _id };
}

test('an approval that meets a new time leaves at the time that is written down, or is refused', async () => {
  const { world, from, by, _id } = await whatWaits();
  for (let day = 1; day <= 40; day += 1) {
    world.clock.pass({ minutes: 1 });
    const seenHash = seenHashOf(await findFollowUp(_id), from);
    const now = world.clock.now();
    const dueAt = new Date(now.getTime() + day * 86_400_000);
    const form = { subject: 'Our letter', body: 'We look forward to an answer.', dueAt };
    const edited = editFollowUp(_id, form, by, world.deps);
    // so that over the rounds the approval falls into every part of the saving
    await pause(day / 2);
    await approveFollowUp(_id, { seenHash, by, from, now }).catch(() => {});
    await edited;
    expect(await findFollowUp(_id)).toMatchObject({ dueAt, nextAttemptAt: dueAt });
    await withdrawApproval(_id, 'Ana withdrew it.').catch(() => {});
  }
});

test('an approval that meets a step being moved by its cadence does not bring the old time back', async () => {
  const { world, from, by, _id } = await whatWaits();
  for (let day = 1; day <= 40; day += 1) {
    const seenHash = seenHashOf(await findFollowUp(_id), from);
    const now = world.clock.now();
    const dueAt = new Date(now.getTime() + day * 86_400_000);
    const approving = approveFollowUp(_id, { seenHash, by, from, now }).catch(() => {});
    // so that over the rounds the move falls into every part of the approval; no plannedAt comes with it
    await pause(day / 2);
    await FollowUp.updateOne({ _id, state: 'planned' }, { $set: { dueAt, nextAttemptAt: dueAt } });
    await approving;
    const { nextAttemptAt, ...row } = await findFollowUp(_id);
    expect(nextAttemptAt).toEqual(row.dueAt);
    await withdrawApproval(_id, 'Ana withdrew it.').catch(() => {});
  }
});
