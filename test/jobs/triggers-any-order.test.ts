import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Types } from 'mongoose';
import { schedule } from '../../jobs/schedule.js';
import { CadenceStart } from '../../src/cadences/start.model.js';
import { RuleBroken } from '../../src/errors.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { Firing } from '../../src/triggers/firing.model.js';
import { pauseTrigger, resumeTrigger } from '../../src/triggers/triggers.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { approve as approveStep } from '../support/cadences.js';
import { emptyDatabase, useDatabase } from '../support/database.js';
import { aCommitment, aUser, checked, NOW } from '../support/factories.js';
import { anApprovedTrigger, changeMilestone } from '../support/triggers.js';

useDatabase();

const RUNS = 25;
type Set = Awaited<ReturnType<typeof anApprovedTrigger>>;
type World = { app: TestApp; set: Set; reader: Types.ObjectId };
type Act = (world: World) => Promise<unknown>;

const sweep: Act = ({ app }) => schedule['set-in-motion']!.run(app.deps);
const rows = () => FollowUp.find().sort({ _id: 1 }).lean<FollowUpRecord[]>();

const acts: Record<string, Act> = {
  'a sweep': sweep,
  'three sweeps at once': (world) => Promise.all([sweep(world), sweep(world), sweep(world)]),
  'a slip': ({ set }) => changeMilestone(set.track, { expectedOn: '2026-12-18', happenedOn: null }),
  'a slip back': ({ set }) => changeMilestone(set.track, { expectedOn: '2026-12-09', happenedOn: null }),
  'it happens': ({ set }) => changeMilestone(set.track, { happenedOn: '2026-11-24' }),
  'a pause': ({ set }) => pauseTrigger(set.trigger, NOW),
  'it goes on': ({ set }) => resumeTrigger(set.trigger),
  'a stance is reached': ({ set }) => aCommitment({ recipient: set.recipients[0]!._id, ...checked() }),
  'a stance is taken back': ({ set }) =>
    aCommitment({ recipient: set.recipients[0]!._id, stance: 'withdrawn', on: '2026-11-22', ...checked() }),
  'all is approved': async ({ app, reader }) => {
    for (const row of await FollowUp.find({ state: 'planned' }).lean<FollowUpRecord[]>())
      await approveStep(row, reader, app).catch((error: unknown) => {
        if (!(error instanceof RuleBroken)) throw error;
      });
  },
  'what is due leaves': ({ app }) => schedule['send-due']!.run(app.deps),
  'three days': async ({ app }) => app.clock.pass({ days: 3 }),
  'it ends before a follow-up is written': async () => {
    const written = (await FollowUp.distinct('recipient')).map(String);
    const bare = (await Firing.find().lean()).filter(({ to }) => !written.includes(String(to)));
    await Firing.updateMany({ _id: { $in: bare.map(({ _id }) => _id) } }, { $set: { state: 'begun' } });
  },
  'it ends before that is noted': () =>
    Firing.updateMany({ state: 'planned' }, { $set: { state: 'begun' } }).exec(),
  'it ends in the middle of a start': async () => {
    const last = await CadenceStart.findOne().sort({ _id: -1 }).lean();
    if (!last) return;
    const broken = { finishedAt: null, claim: null, underWayIn: last.campaign };
    await CadenceStart.updateOne({ _id: last._id }, { $set: broken, $unset: { after: 1 } });
  },
};

const endStates = new Set<FollowUpRecord['state']>(['cancelled', 'sent', 'captured']);

async function expectSound(
  before: readonly FollowUpRecord[],
  { set, reader }: World,
): Promise<FollowUpRecord[]> {
  const after = await rows();
  const keys = after.map(({ recipient, step }) => `${String(recipient)} ${step}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(after.every(({ revision, trigger }) => revision === 1 && trigger?.equals(set.trigger._id))).toBe(
    true,
  );
  // what has come to an end never comes back
  for (const { _id, state } of before.filter((row) => endStates.has(row.state)))
    expect(after.find((row) => row._id.equals(_id))!.state).toBe(state);
  // nothing leaves, or is about to, that nobody read: whoever wrote the trigger did not
  for (const { state, approval } of after.filter((row) => row.state === 'scheduled' || row.sentAt))
    expect({ state, by: approval?.by }).toEqual({ state, by: reader });
  const firings = await Firing.find().lean();
  expect(new Set(firings.map(({ to }) => String(to))).size).toBe(firings.length);
  return after;
}

test('whatever happens in whatever order, each step is planned once, leaves with approval only, and never comes back', async () => {
  const order = fc.array(fc.constantFrom(...Object.keys(acts)), { minLength: 4, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(order, fc.constantFrom('none' as const, 'one' as const), async (names, approval) => {
      await emptyDatabase();
      const app = createTestApp();
      const set = await anApprovedTrigger(app, { campaign: { approval } });
      const world = { app, set, reader: (await aUser({ role: 'admin' }))._id };
      let known = await expectSound([], world);
      for (const name of [...names, 'a sweep']) {
        await acts[name]!(world);
        known = await expectSound(known, world);
      }
      // and a sweep that finds the world as it left it changes nothing
      app.clock.pass({ minutes: 2 });
      await sweep(world);
      const settled = await rows();
      await sweep(world);
      expect(await rows()).toEqual(settled);
    }),
    { numRuns: RUNS },
  );
}, 200_000);
