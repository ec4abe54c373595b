import { beforeEach, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { replan } from '../../src/cadences/replan.js';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import type { FollowUpState } from '../../src/follow-ups/follow-up.rules.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, anEntry, aRecipient, aUser, NOW } from '../support/factories.js';

useDatabase();

const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
const GAPS = [2, 3, 4, 5];

let world: TestApp;
let recipient: RecipientRecord;
let cadence: Types.ObjectId;
let by: Types.ObjectId;
beforeEach(async () => {
  world = createTestApp();
  by = (await aUser({ role: 'admin' }))._id;
  const campaign = (await aCampaign())._id;
  recipient = await aRecipient({ campaign });
  await anEntry({ recipient: recipient._id, kind: 'letter', occurredAt: inDays(-20) });
  cadence = await aCadence(campaign, GAPS, by, NOW);
});

/** A step of an earlier start, which went two weeks ago or later, or was to leave later still. */
const was = (step: number, state: FollowUpState, own: Partial<FollowUpRecord> = {}) =>
  aFollowUp({
    recipient: recipient._id,
    cadence,
    step,
    revision: 1,
    gap: GAPS[step - 1],
    state,
    ...(state === 'sent' ? { sentAt: inDays(step - 15), dueAt: inDays(step - 15) } : { dueAt: inDays(step) }),
    ...own,
  });

/** @param trigger with the day that it gives the first step */
async function start(trigger?: { day: string }): Promise<void> {
  const given = trigger && {
    trigger: new Types.ObjectId(),
    firstDueOn: [{ recipient: recipient._id, day: trigger.day, how: 'As the trigger says.' }] as never,
  };
  const wanted = { cadence, campaign: recipient.campaign, ...given };
  await workOn(await requestStart(wanted, by, world.clock.now()), world.deps);
}

async function planned(): Promise<[number, string, number][]> {
  const rows = await FollowUp.find({ recipient: recipient._id, state: 'planned' }).sort({ step: 1 }).lean();
  return rows.map(({ step, dueAt, references }) => [
    step,
    dueAt.toISOString().slice(0, 10),
    references?.length ?? 0,
  ]);
}

/** What a trigger of an earlier start had left on each of its rows. */
const ofAnother = { trigger: new Types.ObjectId(), given: { day: '2026-11-12', how: 'As it said then.' } };

test.each<[string, () => Promise<unknown>, { day: string } | undefined, [number, string, number][]]>([
  [
    'a cancelled step that a later one was sent after',
    async () => [await was(1, 'sent'), await was(2, 'cancelled'), await was(3, 'sent')],
    undefined,
    [[4, '2026-11-25', 2]],
  ],
  [
    'a step that went after all, and the one in its place that was cancelled for it',
    async () => [
      await was(1, 'sent'),
      await was(2, 'sent'),
      await was(2, 'cancelled', { revision: 2, dueAt: inDays(3) }),
    ],
    undefined,
    [
      [3, '2026-11-25', 2],
      [4, '2026-12-02', 3],
    ],
  ],
  [
    'a cancelled step, and one that was sent, of a trigger before this one, whose day is not that of this one',
    async () => [await was(1, 'cancelled', ofAnother), await was(2, 'sent', ofAnother)],
    { day: '2026-12-10' },
    [
      [3, '2026-12-10', 1],
      [4, '2026-12-17', 2],
    ],
  ],
])(
  'a start and what is counted anew later give the same days after %s',
  async (_what, before, trigger, days) => {
    await before();
    await start(trigger);
    expect(await planned()).toEqual(days);
    await replan(recipient._id, world.deps);
    expect(await planned()).toEqual(days);
  },
);
