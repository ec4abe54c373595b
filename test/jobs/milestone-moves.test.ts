import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { schedule } from '../../jobs/schedule.js';
import { Track } from '../../src/legislation/track.model.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Firing, type FiringRecord } from '../../src/triggers/firing.model.js';
import { Trigger } from '../../src/triggers/trigger.model.js';
import { pauseTrigger, removeTrigger, resumeTrigger } from '../../src/triggers/triggers.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { approve as approveStep, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCommitment, checked, NOW } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';
import { anApprovedTrigger, approve, changeMilestone } from '../support/triggers.js';

useDatabase();

let sink: Sink;
let world: TestApp;
let set: Awaited<ReturnType<typeof anApprovedTrigger>>;
beforeEach(async () => {
  sink = await startSink();
  world = createTestApp({ smtpUrl: sink.url });
  set = await anApprovedTrigger(world, { campaign: { liveSince: NOW } });
  await sweep();
});
afterEach(() => sink.close());

const sweep = () => schedule['set-in-motion']!.run(world.deps);
const rows = async () => (await Promise.all(set.recipients.map(stepsOf))).flat();
const days = async () => (await rows()).map(({ dueAt }) => dueAt.toISOString().slice(0, 10));
const firing = async () => (await Firing.findOne({ to: set.recipients[0]!._id }).lean<FiringRecord>())!;

describe('when the date slips', () => {
  test('what is ahead moves to the new day, and says why', async () => {
    await changeMilestone(set.track, { expectedOn: '2026-12-21' });
    expect(await sweep()).toBe('Set in motion: 2 moved.');
    expect(await sweep()).toBe('Nothing is set in motion.');
    expect(await days()).toEqual(['2026-12-07', '2026-12-10', '2026-12-07', '2026-12-10']);
    expect((await rows())[0]!.how).toBe(
      '“Report stage” moved from 14 December 2026 to 21 December 2026. 10 working days before 21 December 2026. “Report stage” is expected on that day. Public holidays there are not known: the office has no country.',
    );
    expect(await firing()).toMatchObject({
      day: '2026-12-07',
      on: '2026-12-21',
      moves: [{ from: '2026-11-30', to: '2026-12-07', why: expect.stringContaining('moved from'), at: NOW }],
    });
  });

  test('it moves once, also where sweeps run at once or one was broken off in the middle', async () => {
    await changeMilestone(set.track, { expectedOn: '2026-12-21' });
    const before = await firing();
    await Promise.all([sweep(), sweep()]);
    expect((await firing()).moves).toHaveLength(1);
    const moved = await rows();
    await Firing.updateOne({ _id: before._id }, { $set: { day: before.day, on: before.on, moves: [] } });
    expect(await sweep()).toBe('Set in motion: 1 moved.');
    expect(await rows()).toEqual(moved);
  });

  test('an approval stands, since the words are the same', async () => {
    await approveStep((await rows())[0]!, set.by, world);
    await changeMilestone(set.track, { expectedOn: '2026-12-21' });
    await sweep();
    expect((await rows())[0]).toMatchObject({ state: 'scheduled', dueAt: new Date('2026-12-07T15:00:00Z') });
  });

  test('into the past, it is due now', async () => {
    await changeMilestone(set.track, { expectedOn: '2026-11-30' });
    await sweep();
    const [first, second] = await rows();
    expect(first).toMatchObject({
      dueAt: NOW,
      state: 'planned',
      how: expect.stringContaining('That has passed'),
    });
    expect(second!.dueAt.getTime()).toBeGreaterThan(NOW.getTime());
  });

  test('what has begun to be sent keeps its time', async () => {
    for (const row of await stepsOf(set.recipients[0]!)) await approveStep(row, set.by, world);
    world.clock.set('2026-11-30T15:01:00Z');
    await schedule['send-due']!.run(world.deps);
    expect(sink.messages).toHaveLength(1);
    await changeMilestone(set.track, { expectedOn: '2026-12-21' });
    expect(await sweep()).toBe('Set in motion: 1 moved.');
    expect((await stepsOf(set.recipients[0]!)).map(({ state }) => state)).toEqual(['sent', 'scheduled']);
    expect(await days()).toEqual(['2026-11-30', '2026-12-03', '2026-12-07', '2026-12-10']);
  });

  test('a time that somebody gave by hand stays', async () => {
    const first = (await rows())[0]!;
    const dueAt = new Date('2026-12-02T15:00:00Z');
    await FollowUp.updateOne(
      { _id: first._id },
      { $set: { dueAt, nextAttemptAt: dueAt, timeSetByHand: true } },
    );
    await changeMilestone(set.track, { expectedOn: '2026-12-21' });
    await sweep();
    expect((await days())[0]).toBe('2026-12-02');
  });

  test('it moves where the trigger was changed, and not before that is approved', async () => {
    await Trigger.updateOne({ _id: set.trigger._id }, { $set: { days: 5 } });
    expect(await sweep()).toBe('Nothing is set in motion.');
    await approve(set.trigger, set.by, world);
    expect(await sweep()).toBe('Set in motion: 2 moved.');
    expect((await days())[0]).toBe('2026-12-07');
    expect((await firing()).moves).toMatchObject([
      { why: 'The trigger, or the calendar there, has changed.' },
    ]);
  });

  test('the step that is left when somebody cancelled the first follows its day as before', async () => {
    await FollowUp.updateOne({ _id: (await rows())[0]!._id }, { $set: { state: 'cancelled' } });
    await changeMilestone(set.track, { expectedOn: '2026-12-21' });
    await sweep();
    expect((await days())[1]).toBe('2026-12-10');
  });
});

describe('what is ahead is cancelled, and never comes back,', () => {
  const expectCancelled = async (reason: RegExp): Promise<void> => {
    expect((await rows()).map(({ state }) => state)).toEqual(Array(4).fill('cancelled'));
    expect((await rows())[0]!.stateReasons).toEqual([expect.stringMatching(reason)]);
    expect(await firing()).toMatchObject({ state: 'cancelled', said: expect.stringMatching(reason) });
  };
  const expectNoReturn = async (): Promise<void> => {
    const before = await rows();
    await sweep();
    expect(await rows()).toEqual(before);
  };

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['happened', { happenedOn: '2026-11-24' }, /has happened, 24 November 2026/],
    ['is no longer listed by its source', { 'imported.goneAt': NOW }, /no longer lists/],
    ['has no date any more', { expectedOn: null }, /nobody has said when/],
  ])('when the milestone %s', async (_how, change, reason) => {
    const imported = {
      source: set.by,
      key: 'a',
      said: { stage: 'committee', title: 'a', on: '2026-12-14' },
      seenAt: NOW,
    };
    if ('imported.goneAt' in change) await changeMilestone(set.track, { imported });
    await changeMilestone(set.track, change);
    expect(await sweep()).toBe('Set in motion: 2 cancelled.');
    await expectCancelled(reason);
    await changeMilestone(set.track, { happenedOn: null, expectedOn: '2026-12-14', imported: null });
    await expectNoReturn();
  });

  test('when the law is withdrawn', async () => {
    const end = { title: 'The end', stage: 'withdrawn', happenedOn: '2026-11-24' };
    await Track.updateOne({ _id: set.track._id }, { $push: { milestones: end } });
    await sweep();
    await expectCancelled(/the law was withdrawn/);
  });

  test('when the milestone is not there any more', async () => {
    await Track.updateOne({ _id: set.track._id }, { $set: { milestones: [] } });
    await sweep();
    await expectCancelled(/not there any more/);
  });

  test('when the trigger is paused, whatever is resumed later', async () => {
    expect(await pauseTrigger(set.trigger, NOW)).toBe(2);
    await expectCancelled(/paused the trigger/);
    await resumeTrigger(set.trigger);
    await expectNoReturn();
  });

  test('when it is removed', async () => {
    expect(await removeTrigger(set.trigger, NOW)).toBe(2);
    await expectCancelled(/removed the trigger/);
    await expectNoReturn();
  });

  test('for the one whose stance is no longer below, and only once it is confirmed', async () => {
    const commitment = await aCommitment({ recipient: set.recipients[0]!._id });
    expect(await sweep()).toBe('Nothing is set in motion.');
    await FollowUp.updateMany({}, { $set: { stateReasons: [] } });
    await aCommitment({ recipient: commitment.recipient, ...checked() });
    expect(await sweep()).toBe('Set in motion: 1 cancelled.');
    const [first, second] = await Promise.all(set.recipients.map(stepsOf));
    expect(first!.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(first![0]!.stateReasons).toEqual([
      'Their confirmed stance on “Answer the letter” is Committed, and this is for those below Committed.',
    ]);
    expect(second!.map(({ state }) => state)).toEqual(['planned', 'planned']);
    await expectNoReturn();
  });

  test('also the steps behind one that has gone, and what is being changed without approval', async () => {
    await approveStep((await rows())[0]!, set.by, world);
    world.clock.set('2026-11-30T15:01:00Z');
    await schedule['send-due']!.run(world.deps);
    await Trigger.updateOne({ _id: set.trigger._id }, { $set: { days: 9 } });
    await changeMilestone(set.track, { happenedOn: '2026-11-30' });
    expect(await sweep()).toBe('Set in motion: 2 cancelled.');
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'cancelled', 'cancelled', 'cancelled']);
  });

  test('and does not leave before that, although it was approved and is due', async () => {
    await approveStep((await rows())[0]!, set.by, world);
    await changeMilestone(set.track, { happenedOn: '2026-11-30' });
    world.clock.set('2026-11-30T15:01:00Z');
    await schedule['send-due']!.run(world.deps);
    expect(sink.messages).toEqual([]);
    expect((await rows())[0]).toMatchObject({
      state: 'scheduled',
      approval: { by: set.by },
      stateReasons: [expect.stringContaining('What set it in motion holds no longer.')],
    });
    expect(await sweep()).toBe('Set in motion: 2 cancelled.');
    await expectCancelled(/has happened/);
  });

  test('and what a sweep that ended in the middle had only marked', async () => {
    await changeMilestone(set.track, { happenedOn: '2026-11-24' });
    await Firing.updateMany({}, { $set: { state: 'cancelled', said: 'It ended here.' } });
    expect(await sweep()).toBe('Set in motion: 2 cancelled.');
    await expectCancelled(/has happened/);
  });
});

test('once the day of the milestone is over, what was to come before it waits until somebody has said whether it happened', async () => {
  for (const row of await rows()) await approveStep(row, set.by, world);
  world.clock.set('2026-11-30T15:01:00Z');
  await schedule['send-due']!.run(world.deps);
  expect(sink.messages).toHaveLength(2);
  await changeMilestone(set.track, { expectedOn: '2026-12-02' });
  world.clock.set('2026-12-03T15:01:00Z');
  await schedule['send-due']!.run(world.deps);
  expect(sink.messages).toHaveLength(2);
  const [, second] = await rows();
  expect(second).toMatchObject({ state: 'scheduled', approval: expect.anything() });
  expect(second!.stateReasons.join(' ')).toContain(
    '“Report stage” was expected, 2 December 2026, and nobody has said whether it happened.',
  );

  await changeMilestone(set.track, { expectedOn: '2026-12-04' });
  world.clock.pass({ hours: 1 });
  await schedule['send-due']!.run(world.deps);
  expect(sink.messages).toHaveLength(4);
});
