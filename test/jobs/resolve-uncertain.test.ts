import { expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { recordSent } from '../../src/follow-ups/record-sent.js';
import { resolveUncertain } from '../../src/follow-ups/resolve.js';
import { Entry } from '../../src/history/entry.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';

useDatabase();

async function anUncertainOne() {
  const world = createTestApp();
  const followUp = await anApprovedFollowUp(world);
  const claim = { id: 'a dead worker', at: world.clock.now() };
  await FollowUp.updateOne({ _id: followUp._id }, { $set: { state: 'uncertain', claim } });
  return { followUp, now: world.clock.now() };
}

test('what history holds as sent cannot be settled as not sent, and so is not written a second time', async () => {
  const { followUp, now } = await anUncertainOne();
  await recordSent([{ ...followUp, sentAt: now }], now);

  await expect(resolveUncertain(followUp._id, 'did not go', 'Kim', now)).rejects.toThrow('timeline as sent');
  await resolveUncertain(followUp._id, 'went', 'Kim', now);

  expect((await findFollowUp(followUp._id)).state).toBe('sent');
  expect(await Entry.countDocuments({ followUp: followUp._id })).toBe(1);
});

test('what was settled by one person is not settled the other way by another', async () => {
  const { followUp, now } = await anUncertainOne();
  await resolveUncertain(followUp._id, 'did not go', 'Kim', now);

  await expect(resolveUncertain(followUp._id, 'went', 'Sam', now)).rejects.toThrow('not uncertain any more');
  expect(await Entry.countDocuments({ followUp: followUp._id })).toBe(0);
});
