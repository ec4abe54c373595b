import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run } from '../../jobs/send-due.js';
import { replan } from '../../src/cadences/replan.js';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { Commitment } from '../../src/commitments/commitment.model.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { editFollowUp } from '../../src/follow-ups/plan.js';
import { Entry } from '../../src/history/entry.model.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence, aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aCommitment, aLateRecipient, aReply, aUser, NOW } from '../support/factories.js';

useDatabase();

const yesterday = new Date(NOW.getTime() - 86_400_000);

/** As a process leaves it that dies, or loses the database, once the fact is written down. */
const facts: [string, (recipient: RecipientRecord) => Promise<unknown>][] = [
  [
    'an answer that was logged',
    ({ _id, campaign }) =>
      Entry.collection.insertOne({
        _id: new Types.ObjectId(),
        recipient: _id,
        campaign,
        ...aReply(yesterday),
        recordedAt: yesterday,
      }),
  ],
  [
    'a stance that was confirmed',
    async ({ _id }) => {
      const stance = await aCommitment({ recipient: _id, stance: 'declined' });
      await Commitment.updateOne({ _id: stance._id }, { $set: { confirmedAt: yesterday } });
    },
  ],
];

test.each(facts)(
  '%s, and that nobody has counted, keeps a cadence from being started',
  async (_what, happens) => {
    const { deps } = createTestApp({ now: NOW });
    const campaign = (await aCampaign({ approval: 'none' }))._id;
    const [answered, silent] = [await aLateRecipient({ campaign }), await aLateRecipient({ campaign })];
    await happens(answered);
    expect(await findRecipient(answered._id)).toMatchObject({ engagement: 'silent' });
    const by = (await aUser())._id;

    const cadence = await aCadence(campaign, [1], by, NOW);
    await workOn(await requestStart({ cadence, campaign }, by, NOW), deps);

    expect(await stepsOf(answered)).toEqual([]);
    expect(await stepsOf(silent)).toHaveLength(1);
    expect(await findRecipient(answered._id)).not.toMatchObject({ engagement: 'silent' });
  },
);

test.each<[string, (recipient: RecipientRecord, world: TestApp) => Promise<unknown>]>([
  ['planned anew', ({ _id }, { deps }) => replan(_id, deps, { byPerson: true })],
  [
    'edited',
    async (recipient, { deps }) => {
      const [{ _id, subjectTemplate: subject, dueAt, plannedBy }] = (await stepsOf(recipient)) as [
        FollowUpRecord,
      ];
      await editFollowUp(_id, { subject, body: 'Other words.', dueAt }, plannedBy!, deps);
    },
  ],
])('a cadence that is %s after an answer that nobody has counted does not leave', async (_what, change) => {
  const world = createTestApp({ now: NOW });
  const { recipient } = await aRunningCadence(world, {
    gaps: [1],
    approved: false,
    campaign: { approval: 'none' },
  });
  const at = world.clock.now();
  await Entry.collection.insertOne({
    _id: new Types.ObjectId(),
    recipient: recipient._id,
    campaign: recipient.campaign,
    ...aReply(at),
    recordedAt: at,
  });
  world.clock.pass({ hours: 1 });
  await change(recipient, world);

  for (const instant of ['2026-11-24T16:00:00Z', '2026-11-25T15:30:00Z']) {
    world.clock.set(instant);
    await run(world.deps);
  }
  expect((await stepsOf(recipient)).map(({ state }) => state)).toEqual(['cancelled']);
});
