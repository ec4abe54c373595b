import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Snooze } from '../../src/attention/snooze.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aUser, NOW } from '../support/factories.js';
import { isScan, queriesOf, scansAmong, type Query } from '../support/plans.js';
import { signInAs } from '../support/visitor.js';

useDatabase();

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
    status: 'sent, silent',
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
  const asked = ['recipients', 'followups', 'snoozes'];
  const queries = await queriesOf(asked, async () => {
    for (const address of ['/', '/?whose=everybody', '/today/late', '/snoozes', calendar])
      expect((await visitor.agent.get(address)).status).toBe(200);
  });
  expect(new Set(queries.map(({ collection }) => collection))).toEqual(new Set(asked));
  const isLate = ({ filter }: Query) => JSON.stringify(filter).includes('"veryLateFrom"');
  expect(queries.some(isLate)).toBe(true);
  const isWrong = (plan: string, query: Query) =>
    isScan(plan) || (isLate(query) && !plan.includes('"campaign_1_lateFrom_1"'));
  expect(await scansAmong(queries, isWrong)).toEqual([]);
}, 120_000);
