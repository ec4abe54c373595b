import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { schedule } from '../../jobs/schedule.js';
import { CadenceStart, type CadenceStartRecord } from '../../src/cadences/start.model.js';
import { findCadence, readSteps } from '../../src/cadences/cadences.js';
import { seenStepsOf } from '../../src/cadences/preview-start.js';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import type { Deps } from '../../src/deps.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { Template, type TemplateRecord } from '../../src/follow-ups/template.model.js';
import { editTemplate } from '../../src/follow-ups/templates.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aCadence } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anEntry, aRecipient, aUser, NOW } from '../support/factories.js';

useDatabase();

/** More than two rounds of recipients, and a last one that is not full. */
const [RECIPIENTS, STEPS] = [60, 3];

let world: TestApp;
let by: Types.ObjectId;
let campaign: Types.ObjectId;
let start: Types.ObjectId;
beforeEach(async () => {
  world = createTestApp();
  by = (await aUser())._id;
  campaign = (await aCampaign())._id;
  await manySilent(RECIPIENTS);
  const cadence = await aCadence(campaign, [1, 2, 3], by, NOW);
  start = await requestStart({ cadence, campaign }, by, world.clock.now());
});

/** So many recipients who got the letter on the day before, each with an office of its own. */
async function manySilent(count: number): Promise<void> {
  const first = await aRecipient({ campaign });
  await anEntry({ recipient: first._id, kind: 'letter' });
  const recipient = (await Recipient.findById(first._id).lean())!;
  const office = (await Office.findById(first.office).lean())!;
  const copies = Array.from({ length: count - 1 }, () => new Types.ObjectId());
  await Office.collection.insertMany(copies.map((_id) => ({ ...office, _id })) as never);
  await Recipient.collection.insertMany(
    copies.map((of) => ({ ...recipient, _id: new Types.ObjectId(), office: of })) as never,
  );
}

const goOn = () => schedule['go-on-starting']!.run(world.deps);
const read = async () => (await CadenceStart.findById(start).lean<CadenceStartRecord>())!;
const rows = () => FollowUp.find().sort({ recipient: 1, step: 1 }).lean<FollowUpRecord[]>();
/** A worker that is asked to end: it finishes the round it is in and begins no other. */
const stopping = (): Deps => ({ ...world.deps, stopping: AbortSignal.abort() });

/** Every step of everybody is there once, and each names the steps before it. */
async function expectEveryStepOnce(): Promise<void> {
  const all = await rows();
  expect(all).toHaveLength(RECIPIENTS * STEPS);
  expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(all.length);
  for (let i = 0; i < all.length; i += STEPS) {
    const thread = all.slice(i, i + STEPS);
    expect(new Set(thread.map(({ recipient }) => String(recipient))).size).toBe(1);
    expect(thread.map(({ step, revision }) => `${step}.${revision}`)).toEqual(['1.1', '2.1', '3.1']);
    const ids = thread.map(({ messageId }) => messageId);
    expect(thread.map(({ references }) => references ?? [])).toEqual([[], ids.slice(0, 1), ids.slice(0, 2)]);
    expect(thread.map(({ inReplyTo }) => inReplyTo ?? null)).toEqual([null, ids[0], ids[1]]);
  }
}

const expectFinished = async (): Promise<void> =>
  expect(await read()).toMatchObject({
    looked: RECIPIENTS,
    started: RECIPIENTS,
    leftCount: 0,
    of: RECIPIENTS,
    finishedAt: world.clock.now(),
  });

test('what a process had not begun is done by the job, once however often it runs', async () => {
  expect(await goOn()).toBe('Starts of cadences: 1 finished.');
  expect(await goOn()).toBe('No start of a cadence was left unfinished.');
  await expectFinished();
  await expectEveryStepOnce();
});

test('what was stopped after its first round goes on from there, a minute later', async () => {
  expect(await workOn(start, stopping())).toBe(false);
  expect(await read()).toMatchObject({ looked: 25, started: 25, finishedAt: null });
  expect(await goOn()).toBe('No start of a cadence was left unfinished.');
  world.clock.pass({ minutes: 2 });
  const before = await rows();
  expect(await goOn()).toBe('Starts of cadences: 1 finished.');
  await expectFinished();
  await expectEveryStepOnce();
  const after = await rows();
  expect(before.every((row) => after.some((one) => one._id.equals(row._id)))).toBe(true);
});

test('what was changed in between waits for a person, also where the campaign asks for no approval', async () => {
  const { cadence } = await read();
  await Campaign.updateOne({ _id: campaign }, { $set: { approval: 'none' } });
  const seen = seenStepsOf(await readSteps(await findCadence(cadence)));
  await CadenceStart.updateOne({ _id: start }, { $set: { seen } });
  await workOn(start, stopping());
  const template = (await Template.findOne({ name: 'Step 2' }).lean<TemplateRecord>())!;
  const other = { name: 'Step 2', subject: 'Our letter', body: 'In other words.', version: 1 };
  await editTemplate(template, other, { by, now: NOW });
  world.clock.pass({ minutes: 2 });
  await goOn();
  await expectEveryStepOnce();
  const all = await rows();
  const isNew = ({ state }: FollowUpRecord) => state === 'planned';
  expect(all.filter(isNew)).toHaveLength((RECIPIENTS - 25) * STEPS);
  expect(all.filter((row) => !isNew(row)).every(({ state }) => state === 'scheduled')).toBe(true);
  expect(all.filter(({ bodyTemplate }) => bodyTemplate === 'In other words.').every(isNew)).toBe(true);
});

test('what died between the rows and the note of how far it was, is completed in the same threads', async () => {
  await workOn(start, stopping());
  const { at, after } = await read();
  world.clock.pass({ minutes: 2 });
  await workOn(start, stopping());
  const second = await Recipient.find({ campaign, _id: { $gt: after } })
    .sort({ _id: 1 })
    .limit(25)
    .lean();
  const [first, ...others] = second.map(({ _id }) => _id);
  const wholly = await FollowUp.find({ recipient: first }).sort({ step: 1 }).lean();
  expect(wholly.map(({ plannedAt }) => plannedAt)).toEqual([at, at, at]);
  // it ended while the rows of its second round went in
  await FollowUp.deleteMany({ recipient: { $in: others.slice(0, 20) }, step: { $ne: 1 } });
  await FollowUp.deleteMany({ recipient: { $in: others.slice(20) } });
  await CadenceStart.updateOne({ _id: start }, { $set: { after, looked: 25, started: 25 } });

  world.clock.pass({ minutes: 2 });
  await goOn();
  await expectFinished();
  await expectEveryStepOnce();
  expect(await FollowUp.find({ recipient: first }).sort({ step: 1 }).lean()).toEqual(wholly);
});

describe('two workers', () => {
  test('at once do it once', async () => {
    const done = await Promise.all([1, 2, 3].map(() => workOn(start, world.deps)));
    expect(done.toSorted()).toEqual([false, false, true]);
    await expectFinished();
    await expectEveryStepOnce();
  });

  test('of whom one was taken for dead and was not, leave every step once', async () => {
    // the other one takes over when the first has planned a round
    const first = workOn(start, world.deps);
    while ((await read()).looked === 0) await setImmediate();
    world.clock.pass({ minutes: 2 });
    const [byFirst, bySecond] = await Promise.all([first, workOn(start, world.deps)]);
    expect([byFirst, bySecond].filter(Boolean)).toHaveLength(1);
    await expectEveryStepOnce();
    expect(await read()).toMatchObject({ looked: RECIPIENTS, finishedAt: expect.any(Date) });
  });
});

test('a step that somebody edited meanwhile stays as they left it, and is no reason against the rest', async () => {
  await workOn(start, stopping());
  const { after } = await read();
  const [edited] = await FollowUp.find({ recipient: after, step: 2 }).lean();
  await FollowUp.updateOne(
    { _id: edited!._id },
    { $set: { bodyTemplate: 'Other words.', plannedAt: new Date('2026-11-24T12:01:00Z') } },
  );
  await CadenceStart.updateOne({ _id: start }, { $unset: { after: 1 }, $set: { looked: 0, started: 0 } });
  world.clock.pass({ minutes: 2 });
  await goOn();
  await expectFinished();
  await expectEveryStepOnce();
  expect(await FollowUp.findById(edited!._id).lean()).toMatchObject({ bodyTemplate: 'Other words.' });
});

test('whoever answered before their turn came is left out, with the reason', async () => {
  await workOn(start, stopping());
  const last = (await Recipient.findOne({ campaign }).sort({ _id: -1 }).lean())!;
  await anEntry({ recipient: last._id, kind: 'call', direction: 'in', receivedAs: 'reply' });
  world.clock.pass({ minutes: 2 });
  await goOn();
  const done = await read();
  expect(done).toMatchObject({ looked: RECIPIENTS, started: RECIPIENTS - 1, leftCount: 1 });
  expect(done.left).toMatchObject([{ recipient: last._id, reasons: [expect.stringContaining('answered')] }]);
  expect(await FollowUp.countDocuments({ recipient: last._id })).toBe(0);
});

test('while one is under way no other is begun in its campaign; after that one may be', async () => {
  const { cadence } = await read();
  const again = () => requestStart({ cadence, campaign }, by, world.clock.now());
  await expect(again()).rejects.toThrow('just being started');
  await workOn(start, world.deps);
  const answers = await Promise.allSettled([again(), again(), again()]);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await CadenceStart.countDocuments({ finishedAt: null })).toBe(1);
});
