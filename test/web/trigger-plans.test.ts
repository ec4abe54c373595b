import { afterEach, expect, test } from '@jest/globals';
import mongoose, { Types } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { schedule } from '../../jobs/schedule.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Firing } from '../../src/triggers/firing.model.js';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { NOW } from '../support/factories.js';
import { anApprovedTrigger, changeMilestone } from '../support/triggers.js';
import { signInAs } from '../support/visitor.js';

useDatabase();
afterEach(() => void mongoose.set('debug', false));

type Query = { collection: string; filter: object; sort: object | undefined };
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

/** Whatever is asked of these collections meanwhile. */
async function queriesOf(collections: readonly string[], action: () => Promise<unknown>): Promise<Query[]> {
  const queries: Query[] = [];
  mongoose.set('debug', (collection: string, method: string, ...args: unknown[]) => {
    const [filter, options] = args as [object, { sort?: object } | undefined];
    if (
      collections.includes(collection) &&
      /^(find|findOne|countDocuments|updateMany|updateOne|deleteMany)$/.test(method)
    )
      queries.push({ collection, filter, sort: method.startsWith('find') ? options?.sort : undefined });
  });
  await action();
  mongoose.set('debug', false);
  return queries;
}

const planOf = async ({ collection, filter, sort }: Query): Promise<string> =>
  JSON.stringify(
    await mongoose.connection
      .collection(collection)
      .find(filter)
      .sort((sort ?? {}) as never)
      .explain(),
  );

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
  // where no index fits, the engine walks all of a collection by its ids: the only condition is which collection
  const isScan = (plan: string) =>
    /Seq Scan|COLLSCAN|"Index Cond":"\(shard_key_value = '\d+'::bigint\)"/.test(plan) ||
    !/"Index Name"|IXSCAN|"Node Type":"Result"/.test(plan);
  const scanned = async () => {
    const plans = await Promise.all(queries.map(async (query) => ({ query, plan: await planOf(query) })));
    return plans.filter(({ plan }) => isScan(plan)).map(({ query }) => query);
  };
  // the engine plans by statistics, which it takes by itself within half a minute of so many new rows
  let wrong = await scanned();
  for (let tries = 0; tries < 60 && wrong.length > 0; tries += 1) {
    await pause(1000);
    wrong = await scanned();
  }
  expect(wrong).toEqual([]);
}, 180_000);
