import { afterEach, expect, test } from '@jest/globals';
import mongoose, { Types } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { Snooze } from '../../src/attention/snooze.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, NOW } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';

useDatabase();
afterEach(() => void mongoose.set('debug', false));

type Query = { collection: string; filter: object; sort: object | undefined };

const DAY = 86_400_000;
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY);

/** Thousands that nobody has to see to, and a few that somebody has. */
async function fill(campaign: Types.ObjectId) {
  const offices = Array.from({ length: 4000 }, (_, n) => ({
    _id: new Types.ObjectId(),
    campaign,
    office: new Types.ObjectId(),
    organisationName: `Example ${n}`,
    officeTitle: 'Chair',
    timeZone: 'UTC',
    delivery: 'sent',
    engagement: 'silent',
    answerDueOn: '2027-01-01',
    lastDayFrom: inDays(n < 5 ? -0.5 : 30 + n),
    lateFrom: inDays(n < 5 ? 0.5 : 31 + n),
    veryLateFrom: inDays(n === 6 ? -1 : 60 + n),
    promisedFor: '2026-11-01',
    promisePassedFrom: inDays(n === 7 ? -1 : 31 + n),
    acknowledgementMissingFrom: inDays(n === 8 ? -1 : 31 + n),
  }));
  const rows = offices.map(({ _id }, n) => ({
    campaign,
    recipient: _id,
    revision: 1,
    state: n < 5 ? 'held' : n < 10 ? 'planned' : n < 15 ? 'scheduled' : 'sent',
    subject: 'Our letter',
    stateReasons: [],
    dueAt: inDays(1),
    nextAttemptAt: inDays(1),
  }));
  await Recipient.collection.insertMany(offices);
  await FollowUp.collection.insertMany(rows);
  return offices;
}

/** Whatever is asked of these collections meanwhile. */
async function queriesOf(collections: readonly string[], action: () => Promise<unknown>): Promise<Query[]> {
  const queries: Query[] = [];
  mongoose.set('debug', (collection: string, method: string, ...args: unknown[]) => {
    const [filter, options] = args as [object, { sort?: object } | undefined];
    if (collections.includes(collection) && ['find', 'countDocuments'].includes(method))
      queries.push({ collection, filter, sort: options?.sort });
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

test('whatever the first page, the snoozes and the calendar ask is answered from an index', async () => {
  const app = createTestApp();
  const me = await aUser();
  const colleague = await aUser();
  const campaign = await aCampaign({ owner: me._id });
  await aCampaign();
  const [first, second] = await fill(campaign._id);
  await Recipient.updateOne({ _id: first!._id }, { $set: { owner: colleague._id } });
  const put = { user: me._id, kind: 'due-today' as const, record: second!._id, facts: '2027-01-01' };
  await Snooze.create({ ...put, until: '2026-11-26', createdAt: NOW });
  const visitor = await signInAs(app, me);
  const { $ } = await visitor.postForm('/account/calendar');
  const calendar = new URL($('main code').text()).pathname;

  // no mail has come in: of an empty collection the engine reads the whole
  const asked = ['recipients', 'followups', 'snoozes', 'calendarfeeds'];
  const queries = await queriesOf(asked, async () => {
    for (const address of ['/', '/?whose=everybody', '/today/late', '/snoozes', calendar])
      expect((await visitor.agent.get(address)).status).toBe(200);
  });
  expect(new Set(queries.map(({ collection }) => collection))).toEqual(
    new Set(asked.filter((name) => name !== 'calendarfeeds')),
  );
  const plansNow = () => Promise.all(queries.map(async (query) => ({ query, plan: await planOf(query) })));
  // what asks for nothing is answered without looking
  const isScan = ({ plan }: { plan: string }) =>
    /Seq Scan|COLLSCAN/.test(plan) || !/"Index Name"|IXSCAN|"Node Type":"Result"/.test(plan);
  // the engine plans by statistics, which it takes by itself within half a minute of so many new rows
  let plans = await plansNow();
  for (let tries = 0; tries < 60 && !isRight(plans); tries += 1) {
    await pause(1000);
    plans = await plansNow();
  }
  const late = lateOf(plans);
  expect(late.length).toBeGreaterThan(0);
  for (const { plan } of late) expect(plan).toContain('"campaign_1_lateFrom_1"');
  expect(plans.filter(isScan).map(({ query }) => query)).toEqual([]);

  function lateOf(all: typeof plans) {
    return all.filter(({ query }) => JSON.stringify(query.filter).includes('"veryLateFrom"'));
  }
  function isRight(all: typeof plans): boolean {
    return !all.some(isScan) && lateOf(all).every(({ plan }) => plan.includes('"campaign_1_lateFrom_1"'));
  }
}, 120_000);
