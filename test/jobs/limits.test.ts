import { afterEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import type { MinuteLimits } from '../../src/follow-ups/limits.rules.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { SendingCounter } from '../../src/follow-ups/sending-counter.model.js';
import { DEFAULT_WINDOW } from '../../src/sending-window.js';
import { run } from '../../jobs/send-due.js';
import { manyDue } from '../../faults/due.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, anOffice, anOrganisation, aRecipient } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { signInAs } from '../support/visitor.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink?.close());

/** It is 10:00 in New York, where the recipients are. */
async function withSink(limits: Partial<MinuteLimits> = {}): Promise<TestApp> {
  sink = await startSink();
  return createTestApp({ smtpUrl: sink.url, now: '2026-11-24T15:00:00Z', limits });
}

type Wanted = { count: number; mostPerDay: number; emails?: (n: number) => string; live?: boolean };

/** Approved follow-ups of one campaign to so many offices of one organisation, all due. */
async function dueToOne(world: TestApp, { count, mostPerDay, emails, live }: Wanted) {
  const campaign = await aCampaign({ mostPerDay, window: DEFAULT_WINDOW });
  const organisation = await anOrganisation({ name: 'Example Ltd' });
  const followUps = [];
  for (let n = 0; n < count; n += 1)
    followUps.push(await dueTo(world, campaign._id, organisation._id, { email: emails?.(n), live }));
  world.clock.pass({ hours: 1 });
  return followUps;
}

async function dueTo(
  world: TestApp,
  campaign: FollowUpRecord['campaign'],
  organisation: FollowUpRecord['campaign'],
  { email, live }: { email?: string; live?: boolean } = {},
) {
  const office = await anOffice({ organisation, ...(email && { email }) });
  const recipient = await aRecipient({ campaign, office: office._id });
  return anApprovedFollowUp(world, { recipient, live });
}

const elsewhere = (n: number): string => `office@platform${n}.example.org`;
const counts = async () =>
  (await SendingCounter.find().lean()).map(
    ({ _id, count }) => `${_id.replaceAll(/[\da-f]{24}/g, '…')}: ${count}`,
  );

describe('the daily limit of a campaign', () => {
  test('lets three go to one organisation; the fourth goes on the next day, when the window opens, as approved', async () => {
    const world = await withSink();
    const followUps = await dueToOne(world, { count: 4, mostPerDay: 3, emails: elsewhere });

    expect(await run(world.deps)).toBe('Follow-ups: 3 sent, 1 deferred.');
    const { _id, approval } = (await FollowUp.findOne({ state: 'scheduled' }).lean<FollowUpRecord>())!;
    expect(await findFollowUp(_id)).toMatchObject({
      nextAttemptAt: new Date('2026-11-25T14:00:00Z'),
      attempts: 0,
      stateReasons: [
        'Today’s messages to Example Ltd, of all campaigns together, have reached this campaign’s limit of 3. It goes by itself on 25 November 2026.',
      ],
    });
    expect(approval).toEqual(followUps.find((one) => one._id.equals(_id))!.approval);

    world.clock.set('2026-11-25T13:59:00Z');
    expect(await run(world.deps)).toBe('No follow-up is due.');
    world.clock.set('2026-11-25T14:00:00Z');
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
    expect(sink.messages).toHaveLength(4);
    expect((await findFollowUp(_id)).stateReasons).toEqual([]);
  });

  test('holds as well for a mail domain, whichever organisations have their addresses there', async () => {
    const world = await withSink();
    const campaign = await aCampaign({ mostPerDay: 2 });
    for (let n = 0; n < 3; n += 1)
      await dueTo(world, campaign._id, (await anOrganisation())._id, { email: `office${n}@Example.ORG` });
    world.clock.pass({ hours: 1 });

    expect(await run(world.deps)).toBe('Follow-ups: 2 sent, 1 deferred.');
    const kept = await FollowUp.findOne({ state: 'scheduled' }).lean();
    expect(kept!.stateReasons[0]).toMatch(/^Today’s messages to addresses at example\.org, .* limit of 2\./);
    // the one that was kept back has taken no place at its organisation
    expect((await counts()).filter((line) => line.includes('organisation')).toSorted()).toEqual([
      expect.stringMatching(/: 0$/),
      expect.stringMatching(/: 1$/),
      expect.stringMatching(/: 1$/),
    ]);
  });

  test('is about who receives: what other campaigns sent to them today counts, up to the limit of each', async () => {
    const world = await withSink();
    const organisation = (await anOrganisation({ name: 'Example Ltd' }))._id;
    const due = async (mostPerDay: number, email: string) => {
      const campaign = await aCampaign({ mostPerDay, window: DEFAULT_WINDOW });
      return dueTo(world, campaign._id, organisation, { email });
    };
    await due(2, 'one@example.org');
    await due(2, 'two@elsewhere.example.org');
    world.clock.pass({ hours: 1 });
    expect(await run(world.deps)).toBe('Follow-ups: 2 sent.');

    const [third, fourth] = [await due(2, elsewhere(3)), await due(3, elsewhere(4))];
    world.clock.pass({ hours: 1 });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent, 1 deferred.');
    expect((await findFollowUp(fourth._id)).state).toBe('sent');
    expect(await findFollowUp(third._id)).toMatchObject({
      state: 'scheduled',
      stateReasons: [
        'Today’s messages to Example Ltd, of all campaigns together, have reached this campaign’s limit of 2. It goes by itself on 25 November 2026.',
      ],
    });
  });

  test('counts a mail domain over all campaigns as well', async () => {
    const world = await withSink();
    for (const email of ['one@example.org', 'two@EXAMPLE.org']) {
      const campaign = await aCampaign({ mostPerDay: 1 });
      await dueTo(world, campaign._id, (await anOrganisation())._id, { email });
    }
    world.clock.pass({ hours: 1 });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent, 1 deferred.');
  });

  test.each([1, 2, 3])('is never exceeded by sweeps at the same time (round %i)', async () => {
    const world = await withSink();
    await dueToOne(world, { count: 12, mostPerDay: 3, emails: elsewhere });
    const others = [1, 2].map(() => createTestApp({ smtpUrl: sink.url, clock: world.clock }));

    await Promise.all([world, ...others].map(({ deps }) => run(deps)));
    expect(sink.messages).toHaveLength(3);
    expect(await FollowUp.countDocuments({ state: 'sent' })).toBe(3);
    expect(await FollowUp.countDocuments({ state: 'scheduled' })).toBe(9);
    expect(await counts()).toContain('day 2026-11-24 to organisation …: 3');
  });

  test.each([
    ['for good', 550, 'failed'],
    ['for now', 451, 'deferred'],
  ])('does not count what the server refused %s', async (_how, code, end) => {
    const world = await withSink();
    await dueToOne(world, { count: 1, mostPerDay: 1 });
    sink.behave({ onRecipient: () => ({ code, message: 'no' }) });
    expect(await run(world.deps)).toBe(`Follow-ups: 1 ${end}.`);
    expect((await counts()).toSorted()).toEqual([
      'day 2026-11-24 to domain example.org: 0',
      'day 2026-11-24 to organisation …: 0',
    ]);
  });

  test('counts a message that may have gone', async () => {
    const world = await withSink();
    await dueToOne(world, { count: 1, mostPerDay: 1 });
    sink.behave({ onMessage: () => 'drop' });
    expect(await run(world.deps)).toBe('Follow-ups: 1 uncertain.');
    expect(await counts()).toContain('day 2026-11-24 to organisation …: 1');
  });

  test('counts nothing that is captured', async () => {
    const world = await withSink({ perMinute: 2, perMinuteToDomain: 1 });
    await dueToOne(world, { count: 2, mostPerDay: 1, live: false });
    expect(await run(world.deps)).toBe('Follow-ups: 2 captured.');
    expect(await counts()).toEqual(['minute 2026-11-24T16:00: 0']);
  });

  test('follows the campaign when it is raised', async () => {
    const world = await withSink();
    const [followUp] = await dueToOne(world, { count: 2, mostPerDay: 1 });
    await run(world.deps);
    await Campaign.updateOne({ _id: followUp!.campaign }, { $set: { mostPerDay: 2 } });
    await FollowUp.updateOne({ state: 'scheduled' }, { $set: { nextAttemptAt: world.clock.now() } });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
  });
});

describe('the limits of a minute', () => {
  test('of 50 that are due 20 leave in this minute and 20 in the next, and the others are not even claimed', async () => {
    const world = await withSink({ perMinute: 20 });
    await manyDue(50, world.clock.now());

    expect(await run(world.deps)).toBe('Follow-ups: 20 sent.');
    expect(await run(world.deps)).toBe('No follow-up is due.');
    expect(await FollowUp.countDocuments({ state: 'scheduled', attempts: 0 })).toBe(30);
    world.clock.pass({ minutes: 1 });
    expect(await run(world.deps)).toBe('Follow-ups: 20 sent.');
    world.clock.pass({ minutes: 1 });
    expect(await run(world.deps)).toBe('Follow-ups: 10 sent.');
    expect(sink.messages).toHaveLength(50);
  });

  test('sweeps at the same time share them', async () => {
    const world = await withSink({ perMinute: 30 });
    const other = createTestApp({ smtpUrl: sink.url, clock: world.clock, limits: { perMinute: 30 } });
    await manyDue(100, world.clock.now());

    await Promise.all([run(world.deps), run(other.deps)]);
    expect(sink.messages.length).toBeLessThanOrEqual(30);
    // places that both had reserved for the same rows are used by the next sweep
    await run(world.deps);
    await run(other.deps);
    expect(sink.messages).toHaveLength(30);
  });

  test('what did not leave after all gives its place to what can', async () => {
    const world = await withSink({ perMinute: 20 });
    await manyDue(40, world.clock.now());
    const later = await FollowUp.find({}, { _id: 1 }).limit(20).lean();
    const nextAttemptAt = new Date(world.clock.now().getTime() + 30_000);
    await FollowUp.updateMany({ _id: { $in: later.map(({ _id }) => _id) } }, { $set: { nextAttemptAt } });
    await FollowUp.updateMany({ nextAttemptAt: world.clock.now() }, { $set: { text: 'Other words' } });

    expect(await run(world.deps)).toBe('Follow-ups: 20 held.');
    world.clock.pass({ minutes: 0.5 });
    expect(await run(world.deps)).toBe('Follow-ups: 20 sent.');
  });

  test('what is too many for one domain is spread over the minutes after this one', async () => {
    const world = await withSink({ perMinuteToDomain: 2 });
    await manyDue(7, world.clock.now());

    expect(await run(world.deps)).toBe('Follow-ups: 2 sent, 5 deferred.');
    const waiting = await FollowUp.find({ state: 'scheduled' }).sort({ nextAttemptAt: 1 }).lean();
    expect(waiting.map(({ nextAttemptAt }) => nextAttemptAt.toISOString().slice(11, 16))).toEqual([
      '15:01',
      '15:01',
      '15:02',
      '15:02',
      '15:03',
    ]);
    expect(waiting[0]).toMatchObject({
      attempts: 0,
      stateReasons: [
        '2 messages have gone to addresses at example.org in one minute, and that is as many as may. It follows later.',
      ],
    });
    for (const sent of [2, 2, 1]) {
      world.clock.pass({ minutes: 1 });
      expect(await run(world.deps)).toBe(`Follow-ups: ${sent} sent.`);
    }
  });

  test('one domain does not keep back another', async () => {
    const world = await withSink({ perMinuteToDomain: 1 });
    await dueToOne(world, { count: 3, mostPerDay: 0, emails: elsewhere });
    expect(await run(world.deps)).toBe('Follow-ups: 3 sent.');
  });
});

test('the page of a follow-up says what it waits for while the day is full, and afterwards when it goes', async () => {
  const world = await withSink();
  const [, second] = await dueToOne(world, { count: 2, mostPerDay: 1, emails: elsewhere });
  const at = `/follow-ups/${String(second!._id)}`;
  const staff = await signInAs(world, 'staff');
  expect((await staff.get(at)).main).toContain('Nothing keeps it from leaving');
  await FollowUp.updateOne(
    { _id: second!._id },
    { $set: { dueAt: new Date('2026-11-24T19:00:00Z'), nextAttemptAt: new Date('2026-11-24T19:00:00Z') } },
  );
  await run(world.deps);

  const full =
    'Today’s messages to Example Ltd, of all campaigns together, have reached this campaign’s limit of 1. It goes by itself on 25 November 2026.';
  let { main } = await staff.get(at);
  expect(main).toContain('What it waits for');
  expect(main).toContain(
    `${full} To let it go today, raise the limit on the campaign’s page before it is due.`,
  );

  world.clock.set('2026-11-24T19:00:00Z');
  expect(await run(world.deps)).toBe('Follow-ups: 1 deferred.');
  ({ main } = await staff.get(at));
  expect(main).toContain(full);
  expect(main).toContain('Next at 25 November 2026, 14:00 (25 November 2026, 09:00 in America/New York');
  expect(main).toContain('Nothing keeps it from leaving');
});

test('without limits nothing is counted', async () => {
  const world = await withSink();
  await manyDue(5, world.clock.now());
  expect(await run(world.deps)).toBe('Follow-ups: 5 sent.');
  expect(await SendingCounter.countDocuments()).toBe(0);
});
