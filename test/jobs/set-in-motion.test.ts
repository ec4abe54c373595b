import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { schedule } from '../../jobs/schedule.js';
import { Cadence } from '../../src/cadences/cadence.model.js';
import { CadenceStart } from '../../src/cadences/start.model.js';
import { requestStart } from '../../src/cadences/start.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { editFollowUp } from '../../src/follow-ups/plan.js';
import { Firing, type FiringRecord } from '../../src/triggers/firing.model.js';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCommitment, anEntry, aReply, aUser, checked, NOW } from '../support/factories.js';
import {
  anApprovedTrigger,
  approve,
  aSilentRecipient,
  aTrigger,
  changeMilestone,
} from '../support/triggers.js';

useDatabase();

let world: TestApp;
beforeEach(() => {
  world = createTestApp();
});

/** Of all ids there are, the one that is looked at first. */
const FIRST = new Types.ObjectId('000000000000000000000001');

const sweep = () => schedule['set-in-motion']!.run(world.deps);
const firings = () => Firing.find().sort({ to: 1 }).lean<FiringRecord[]>();
const daysOf = (rows: { dueAt: Date }[]) => rows.map(({ dueAt }) => dueAt.toISOString().slice(0, 10));

describe('an approved trigger', () => {
  test('plans its cadence for everybody below the stance, the first step on its day, however often it is looked at', async () => {
    const { campaign, recipients, trigger } = await anApprovedTrigger(world);
    const committed = await aSilentRecipient(campaign._id);
    await aCommitment({ recipient: committed._id, ...checked() });
    expect(await sweep()).toBe('Set in motion: 2 planned.');
    const before = await FollowUp.find().sort({ _id: 1 }).lean();
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect(await FollowUp.find().sort({ _id: 1 }).lean()).toEqual(before);
    for (const recipient of recipients) {
      const rows = await stepsOf(recipient);
      // ten working days before 14 December, and the second step three after the first
      expect(daysOf(rows)).toEqual(['2026-11-30', '2026-12-03']);
      expect(rows[0]).toMatchObject({
        trigger: trigger._id,
        how: '10 working days before 14 December 2026. “Report stage” is expected on that day. Public holidays there are not known: the office has no country.',
      });
    }
    expect(await stepsOf(committed)).toEqual([]);
    expect(await firings()).toMatchObject(
      recipients.map(({ _id }) => ({ to: _id, state: 'planned', day: '2026-11-30' })),
    );
  });

  test('plans once also where sweeps run at once', async () => {
    const { recipients } = await anApprovedTrigger(world, { recipients: 5 });
    await Promise.all([sweep(), sweep(), sweep()]);
    await sweep();
    expect(await FollowUp.countDocuments()).toBe(2 * recipients.length);
    expect((await firings()).map(({ state }) => state)).toEqual(Array(5).fill('planned'));
  });

  test('counts by each recipient’s own calendar', async () => {
    const { campaign } = await anApprovedTrigger(world, { recipients: 0 });
    const [there, here] = [
      // Thanksgiving is on 26 November
      await aSilentRecipient(campaign._id, { country: 'US', timeZone: 'America/New_York' }),
      await aSilentRecipient(campaign._id, { country: 'GB', timeZone: 'Europe/London' }),
    ];
    await Trigger.updateMany({}, { $set: { days: 12 } });
    await approveAll();
    await sweep();
    expect(daysOf([(await stepsOf(there))[0]!, (await stepsOf(here))[0]!])).toEqual([
      '2026-11-25',
      '2026-11-26',
    ]);
  });

  test('waits until two weeks before its day', async () => {
    const { track } = await anApprovedTrigger(world);
    await changeMilestone(track, { expectedOn: '2026-12-23' });
    expect(await sweep()).toBe('Nothing is set in motion.');
    world.clock.set('2026-11-25T12:00:00Z');
    expect(await sweep()).toBe('Set in motion: 2 planned.');
  });

  test('begins nothing when its day was more than two weeks ago, or the date it comes before is over', async () => {
    const { track, trigger } = await anApprovedTrigger(world);
    await changeMilestone(track, { expectedOn: '2026-11-20' });
    expect(await sweep()).toBe('Nothing is set in motion.');
    await Trigger.updateOne({ _id: trigger._id }, { $set: { basis: 'happened', side: 'after', days: 1 } });
    await changeMilestone(track, { happenedOn: '2026-11-02' });
    await approveAll();
    expect(await sweep()).toBe('Nothing is set in motion.');
    await changeMilestone(track, { happenedOn: '2026-11-20' });
    expect(await sweep()).toBe('Set in motion: 2 planned.');
  });

  test('leaves out whoever answered, and whom it cannot write to', async () => {
    const { recipients, campaign } = await anApprovedTrigger(world);
    await anEntry({ recipient: recipients[0]!._id, ...aReply(NOW) });
    await aSilentRecipient(campaign._id, { email: '' });
    expect(await sweep()).toBe('Set in motion: 1 planned.');
    expect(await FollowUp.distinct('recipient')).toEqual([recipients[1]!._id]);
  });

  test('looks only at what a second person has checked', async () => {
    const { recipients, campaign } = await anApprovedTrigger(world);
    await aCommitment({ recipient: recipients[0]!._id });
    await aCommitment({
      recipient: recipients[1]!._id,
      stance: 'withdrawn',
      ask: campaign.asks[0]!._id,
      ...checked(),
    });
    expect(await sweep()).toBe('Set in motion: 2 planned.');
  });
});

async function approveAll(): Promise<void> {
  const by = (await aUser({ role: 'admin' }))._id;
  for (const trigger of await Trigger.find().lean()) await approve(trigger, by, world);
}

describe('what is planned', () => {
  test('waits for a person where the campaign asks for no approval, and also after it was edited', async () => {
    const { recipients, by } = await anApprovedTrigger(world, { campaign: { approval: 'none' } });
    await sweep();
    const [first, ...others] = await stepsOf(recipients[0]!);
    expect([first, ...others].map((row) => row!.state)).toEqual(['planned', 'planned']);
    const form = { subject: 'Our letter', body: 'Other words.', dueAt: first!.dueAt, remove: [] } as never;
    await editFollowUp(first!._id, form, by, world.deps);
    expect(await stepsOf(recipients[0]!)).toMatchObject([
      { state: 'planned', approval: null },
      { state: 'planned' },
    ]);
  });

  test('is the author’s, and under four eyes somebody else approved the trigger', async () => {
    const { trigger, recipients, by } = await anApprovedTrigger(world, {
      campaign: { approval: 'four eyes' },
    });
    await expect(approve(trigger, by, world)).rejects.toThrow('somebody else approves');
    await sweep();
    expect(await FollowUp.countDocuments()).toBe(0);
    await approve(trigger, (await aUser({ role: 'admin' }))._id, world);
    expect(await sweep()).toBe('Set in motion: 2 planned.');
    expect((await stepsOf(recipients[0]!))[0]).toMatchObject({ plannedBy: by, approval: null });
  });
});

describe('nothing is set in motion', () => {
  test('by a trigger that nobody has approved', async () => {
    const { campaign, track, cadence, by } = await anApprovedTrigger(world);
    await Trigger.deleteMany();
    await aTrigger({
      campaign: campaign._id,
      track: track._id,
      cadence,
      ask: campaign.asks[0]!._id,
      below: 'partial',
      author: by,
    });
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect(await Firing.countDocuments()).toBe(0);
  });

  test('by one that was changed since, or whose cadence was', async () => {
    const { trigger, cadence } = await anApprovedTrigger(world);
    await Trigger.updateOne({ _id: trigger._id }, { $set: { days: 11 } });
    expect(await sweep()).toBe('Nothing is set in motion.');
    await Trigger.updateOne({ _id: trigger._id }, { $set: { days: 10 } });
    await Cadence.updateOne({ _id: cadence }, { $set: { 'steps.1.gap': 9 } });
    expect(await sweep()).toBe('Nothing is set in motion.');
    await approveAll();
    expect(await sweep()).toBe('Set in motion: 2 planned.');
  });

  test('by one that is paused or removed', async () => {
    const { trigger } = await anApprovedTrigger(world);
    await Trigger.updateOne({ _id: trigger._id }, { $set: { pausedAt: NOW } });
    expect(await sweep()).toBe('Nothing is set in motion.');
    await Trigger.updateOne({ _id: trigger._id }, { $set: { pausedAt: null, removedAt: NOW } });
    expect(await sweep()).toBe('Nothing is set in motion.');
  });
});

describe('what was broken off is finished by the next sweep', () => {
  test('after the firings were written, before any follow-up was', async () => {
    const { recipients, trigger } = await anApprovedTrigger(world);
    await sweep();
    await Promise.all([FollowUp.deleteMany(), CadenceStart.deleteMany()]);
    await Firing.updateMany({}, { $set: { state: 'begun' } });
    expect(await sweep()).toBe('Set in motion: 2 planned.');
    expect((await stepsOf(recipients[0]!)).map(({ step }) => step)).toEqual([1, 2]);
    expect(await Firing.countDocuments({ trigger: trigger._id, state: 'planned' })).toBe(2);
  });

  test('in the middle of the follow-ups, in the same threads', async () => {
    const { recipients } = await anApprovedTrigger(world);
    await sweep();
    const whole = await Promise.all(recipients.map(stepsOf));
    await FollowUp.deleteOne({ _id: whole[0]![1]!._id });
    await FollowUp.deleteMany({ recipient: recipients[1]!._id });
    await Firing.updateMany({}, { $set: { state: 'begun' } });
    const start = (await CadenceStart.findOne().lean())!;
    const broken = { finishedAt: null, underWayIn: start.campaign, looked: 0, started: 0 };
    await CadenceStart.updateOne({ _id: start._id }, { $set: broken, $unset: { after: 1 } });
    expect(await sweep()).toBe('Nothing is set in motion.');
    world.clock.pass({ minutes: 2 });
    expect(await sweep()).toBe('Set in motion: 2 planned.');
    const ids = (rows: typeof whole) => rows.flat().map(({ messageId, dueAt }) => [messageId, dueAt]);
    expect(ids(await Promise.all(recipients.map(stepsOf)))).toEqual(ids(whole));
  });

  test('while another cadence of the campaign is being started, it waits for that', async () => {
    const { campaign, cadence, by } = await anApprovedTrigger(world);
    const id = await requestStart({ cadence, campaign: campaign._id, only: [] }, by, NOW);
    await CadenceStart.updateOne({ _id: id }, { $set: { claim: { id: 'another process', at: NOW } } });
    expect(await sweep()).toBe('Nothing is set in motion.');
    world.clock.pass({ minutes: 2 });
    expect(await sweep()).toBe('Set in motion: 2 planned.');
  });

  test('a trigger that cannot be read keeps no other back', async () => {
    const { campaign, track } = await anApprovedTrigger(world);
    await aTrigger({ campaign: campaign._id, track: track._id, cadence: campaign._id, _id: FIRST });
    expect(await sweep()).toBe('Set in motion: 2 planned, 1 failed.');
  });
});

test('nobody is written to twice about one milestone, also where what was planned is gone', async () => {
  const { recipients, track } = await anApprovedTrigger(world);
  await sweep();
  await FollowUp.updateMany({}, { $set: { state: 'cancelled' } });
  await changeMilestone(track, { expectedOn: '2026-12-15' });
  expect(await sweep()).toBe('Nothing is set in motion.');
  expect(await FollowUp.countDocuments({ recipient: { $in: recipients.map(({ _id }) => _id) } })).toBe(4);
  expect(await FollowUp.countDocuments({ state: { $ne: 'cancelled' } })).toBe(0);
});
