import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { schedule } from '../../jobs/schedule.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Firing } from '../../src/triggers/firing.model.js';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { queriesOf, scansAmong } from '../support/plans.js';
import { anApprovedTrigger, changeMilestone } from '../support/triggers.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

const MANY = 4000;
const ids = (count: number) => Array.from({ length: count }, () => new Types.ObjectId());

/** Thousands of other campaigns: what they set in motion, and what was planned by hand. */
async function fill(): Promise<void> {
  const other = { campaign: new Types.ObjectId(), milestone: new Types.ObjectId(), effect: 'show notice' };
  const day = { day: '2026-11-30', on: '2026-12-14', how: 'So it was counted.', at: NOW };
  await Firing.collection.insertMany(
    ids(MANY).map((to, n) => ({
      ...other,
      ...day,
      campaign: to,
      trigger: to,
      to,
      moves: [],
      state: n % 2 ? 'done' : 'planned',
    })) as never,
  );
  await Trigger.collection.insertMany(
    ids(MANY).map((_id) => ({ ...other, _id, campaign: _id, milestone: _id, removedAt: NOW })) as never,
  );
  await FollowUp.collection.insertMany(
    ids(MANY).map((recipient, n) => ({
      recipient,
      ...(n % 2 && { trigger: recipient }),
      revision: 1,
      state: 'sent',
    })) as never,
  );
}

test('whatever the sweep, the pages of triggers and the partners’ page ask is answered from an index', async () => {
  const world = createTestApp();
  const { campaign, track, trigger } = await anApprovedTrigger(world);
  await fill();
  const visitor = await signInAs(world, 'admin');
  const sweep = () => schedule['set-in-motion']!.run(world.deps);
  const milestone = String(track.milestones[0]!._id);

  const asked = ['triggers', 'firings', 'followups'];
  const queries = await queriesOf(asked, async () => {
    expect(await sweep()).toBe('Set in motion: 2 planned.');
    for (const address of [
      `/campaigns/${String(campaign._id)}/triggers`,
      `/tracks/${String(track._id)}/milestones/${milestone}/triggers`,
      `/triggers/${String(trigger._id)}`,
      `/triggers/${String(trigger._id)}/firings`,
      `/shared/campaigns/${String(campaign._id)}`,
    ])
      expect((await visitor.agent.get(address)).status).toBe(200);
    await changeMilestone(track, { expectedOn: '2026-12-21' });
    expect(await sweep()).toBe('Set in motion: 2 moved.');
    await changeMilestone(track, { happenedOn: '2026-11-24' });
    expect(await sweep()).toBe('Set in motion: 2 cancelled.');
  });
  expect(new Set(queries.map(({ collection }) => collection))).toEqual(new Set(asked));
  expect(await scansAmong(queries)).toEqual([]);
}, 180_000);
