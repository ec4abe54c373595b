import { beforeEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import type { ApprovalRule } from '../../src/campaigns/campaign.rules.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { approve, aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aUser } from '../support/factories.js';
import { anApprovedTrigger } from '../support/triggers.js';
import { setInMotion } from '../../src/triggers/set-in-motion.js';

useDatabase();

let world: TestApp;
beforeEach(() => {
  world = createTestApp();
});

const changeTo = (approval: ApprovalRule) => Campaign.updateMany({}, { $set: { approval } });
const first = async (recipient: Pick<RecipientRecord, '_id'>): Promise<FollowUpRecord> =>
  (await stepsOf(recipient))[0]!;
const running = (approval: ApprovalRule, gaps = [1]) =>
  aRunningCadence(world, { gaps, live: false, approved: approval !== 'none', campaign: { approval } });

describe('an approval counts under the rule that the campaign has when the mail is due', () => {
  test.each<[ApprovalRule, string]>([
    ['one', 'Saving it approved it, and this campaign asks for a person by now. Have it read and approved.'],
    [
      'four eyes',
      'Its author approved it, and this campaign asks for somebody else. Have it approved by another person.',
    ],
  ])(
    'what nobody read is held after “none” became “%s”, and leaves once it is read',
    async (rule, reason) => {
      const { recipient } = await running('none');
      expect(await first(recipient)).toMatchObject({
        state: 'scheduled',
        approval: { at: expect.any(Date) },
      });
      await changeTo(rule);
      world.clock.set('2026-11-24T16:00:00Z');
      expect(await sendDue(world.deps)).toMatchObject({ held: 1, captured: 0 });
      const held = await first(recipient);
      expect(held.stateReasons).toEqual([reason]);

      await approve(held, (await aUser())._id, world);
      expect(await sendDue(world.deps)).toMatchObject({ held: 0, captured: 1 });
    },
  );

  test('what a person approved stands when “none” became “one person”, and what saving approved when it is “none” again', async () => {
    const { recipient } = await running('one');
    const unread = await running('none');
    await changeTo('none');
    expect((await first(recipient)).approval).toMatchObject({ read: true });
    expect((await first(unread.recipient)).approval!.read).toBeUndefined();
    await Campaign.updateOne({ _id: (await first(recipient)).campaign }, { $set: { approval: 'one' } });
    world.clock.set('2026-11-24T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ held: 0, captured: 2 });
  });

  test('an approval by its author from before it was noted who had read it counts as unread; another person’s stands', async () => {
    const [own, another] = [await running('one'), await running('one')];
    await FollowUp.updateMany({}, { $unset: { 'approval.read': 1 } });
    const { _id } = await first(another.recipient);
    await FollowUp.updateOne({ _id }, { $set: { 'approval.by': (await aUser())._id } });
    world.clock.set('2026-11-24T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ held: 1, captured: 1 });
    expect((await first(own.recipient)).state).toBe('held');
  });
});

describe('where nobody approves there is no approval to expire', () => {
  test('the steps of a cadence leave by themselves for as long as it runs', async () => {
    const { recipient } = await running('none', [5, 5, 5]);
    world.clock.set('2026-11-24T16:00:00Z');
    for (let day = 0; day < 36; day += 1) {
      await sendDue(world.deps);
      world.clock.pass({ hours: 24 });
    }
    expect((await stepsOf(recipient)).map(({ state }) => state)).toEqual([
      'captured',
      'captured',
      'captured',
    ]);
  });

  test('what a trigger set in motion is approved by a person all the same, and that approval ends', async () => {
    const { recipients, by } = await anApprovedTrigger(world, { campaign: { approval: 'none' } });
    await setInMotion(world.deps);
    const planned = await first(recipients[0]!);
    await approve(planned, by, world);
    const longAgo = new Date(planned.dueAt.getTime() - 15 * 86_400_000);
    await FollowUp.updateOne({ _id: planned._id }, { $set: { 'approval.at': longAgo } });
    world.clock.set(planned.dueAt);
    await sendDue(world.deps);
    expect((await first(recipients[0]!)).stateReasons).toEqual([
      expect.stringMatching(/^It was approved more than 14 days before it would leave/),
    ]);
  });
});
