import { afterEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { replan } from '../../src/cadences/replan.js';
import { requestStart, workOn } from '../../src/cadences/start.js';
import { stopCadence } from '../../src/cadences/stop.js';
import { cancelFollowUp } from '../../src/follow-ups/cancel.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { reserve } from '../../src/follow-ups/limits.js';
import { minuteLimit, type MinuteLimits } from '../../src/follow-ups/limits.rules.js';
import { editFollowUp } from '../../src/follow-ups/plan.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { logEntry } from '../../src/history/log-entry.js';
import { Office } from '../../src/organisations/office.model.js';
import { pauseRecipient } from '../../src/recipients/pause.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
import { approve, aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { ALWAYS, anEntry, aReply, aUser, NOW } from '../support/factories.js';
import { resume } from '../support/pauses.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

/** Tuesday noon in London; the recipients are in New York, where Thursday is a day like any other without a country. */
async function withSink(limits: Partial<MinuteLimits> = {}) {
  sink = await startSink();
  return createTestApp({ smtpUrl: sink.url, limits });
}

const daysOf = async (recipient: Parameters<typeof stepsOf>[0]) =>
  (await stepsOf(recipient)).map(({ dueAt }) => dueAt.toISOString().slice(0, 10));
const statesOf = async (recipient: Parameters<typeof stepsOf>[0]) =>
  (await stepsOf(recipient)).map(({ state }) => state);

describe('a cadence', () => {
  test('leaves step by step, one thread, and the later steps are counted from when the earlier one went', async () => {
    const world = await withSink();
    const { recipient } = await aRunningCadence(world, { gaps: [1, 2, 3] });
    expect(await daysOf(recipient)).toEqual(['2026-11-24', '2026-11-26', '2026-12-01']);

    world.clock.set('2026-11-25T09:00:00Z');
    await sendDue(world.deps);
    expect(await statesOf(recipient)).toEqual(['sent', 'scheduled', 'scheduled']);
    expect(await daysOf(recipient)).toEqual(['2026-11-24', '2026-11-27', '2026-12-02']);

    for (const day of ['2026-11-27', '2026-12-02', '2026-12-20']) {
      world.clock.set(`${day}T16:00:00Z`);
      await sendDue(world.deps);
    }
    const [first, second, third, ...more] = sink.messages.map(({ mail }) => mail);
    expect(more).toEqual([]);
    expect([first, second, third].map((mail) => mail!.subject)).toEqual([
      'Our letter, 1',
      'Re: Our letter, 1',
      'Re: Our letter, 1',
    ]);
    expect(first!.inReplyTo).toBeUndefined();
    expect(second!.inReplyTo).toBe(first!.messageId);
    expect(third!.inReplyTo).toBe(second!.messageId);
    expect(third!.references).toEqual([first!.messageId, second!.messageId]);
  });

  test('stops with an answer that is logged, and with one that reaches history in the last moment', async () => {
    const world = await withSink();
    const { recipient, campaign } = await aRunningCadence(world);
    world.clock.set('2026-11-24T16:00:00Z');
    await sendDue(world.deps);
    const by = toSignedInUser(await aUser());
    await logEntry({ campaign: campaign._id, recipient: recipient._id }, aReply(world.clock.now()), {
      by,
      now: world.clock.now(),
    });
    expect(await statesOf(recipient)).toEqual(['sent', 'cancelled', 'cancelled']);

    // a step that was planned in the very moment when the answer came
    await FollowUp.updateMany({ recipient: recipient._id, step: 2 }, { state: 'scheduled' });
    world.clock.set('2026-12-20T16:00:00Z');
    await FollowUp.updateMany({ recipient: recipient._id, step: 2 }, { nextAttemptAt: world.clock.now() });
    expect(await sendDue(world.deps)).toMatchObject({ cancelled: 1, sent: 0 });
    expect(sink.messages).toHaveLength(1);
  });

  test('does not overtake itself: while a step is held, the next one moves on and keeps its approval', async () => {
    const world = await withSink();
    const { recipient, by } = await aRunningCadence(world);
    const [first] = await stepsOf(recipient);
    await FollowUp.updateOne({ _id: first!._id }, { state: 'held', approval: null });
    world.clock.set('2026-11-25T15:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ sent: 0, deferred: 1, held: 0 });
    let [, second] = await stepsOf(recipient);
    expect(second).toMatchObject({
      state: 'scheduled',
      attempts: 0,
      stateReasons: ['Step 1 has not gone yet, and this one follows it.'],
    });
    expect(second!.approval).not.toBeNull();
    expect(await daysOf(recipient)).toEqual(['2026-11-24', '2026-11-26', '2026-11-27']);

    await approve((await stepsOf(recipient))[0]!, by, world);
    await sendDue(world.deps);
    [, second] = await stepsOf(recipient);
    expect(sink.messages).toHaveLength(1);
    expect(second!.dueAt.toISOString()).toBe('2026-11-26T15:00:00.000Z');
  });

  test.each([
    ['that the mail server did not take yet', {}, 1, 2],
    ['that is too many for its domain in this minute', { perMinuteToDomain: 1 }, 0, 1],
  ])('a step %s stays where it is and follows a minute later', async (_what, limits, attempts, asked) => {
    const world = await withSink(limits);
    const { recipient } = await aRunningCadence(world, { gaps: [1, 2] });
    const [before] = await stepsOf(recipient);
    world.clock.set('2026-11-24T15:00:00Z');
    const place = { timeZone: recipient.timeZone };
    let times = 0;
    sink.behave({ onRecipient: () => (++times < asked ? { code: 451, message: 'busy' } : undefined) });
    if (attempts === 0)
      await reserve([minuteLimit(1, world.clock.now(), 'example.org')], { place, window: ALWAYS }, NOW);

    expect(await sendDue(world.deps)).toMatchObject({ sent: 0, deferred: 1 });
    const [first] = await stepsOf(recipient);
    expect(first).toMatchObject({
      state: 'scheduled',
      attempts,
      dueAt: before!.dueAt,
      nextAttemptAt: new Date('2026-11-24T15:01:00Z'),
    });
    world.clock.pass({ minutes: 1 });
    expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  });

  test('a step whose day was not moved after the one before it went late waits all the same', async () => {
    const world = await withSink();
    const { recipient } = await aRunningCadence(world, { gaps: [1, 3] });
    world.clock.set('2026-11-24T16:00:00Z');
    await sendDue(world.deps);
    // the process ended before it could plan anew
    const due = new Date('2026-11-25T15:00:00Z');
    await FollowUp.updateOne({ recipient: recipient._id, step: 2 }, { dueAt: due, nextAttemptAt: due });
    world.clock.set('2026-11-25T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ sent: 0, deferred: 1 });
    expect(await daysOf(recipient)).toEqual(['2026-11-24', '2026-11-27']);
    expect((await stepsOf(recipient))[1]!.stateReasons).toEqual([
      'Step 1 went on 24 November 2026, and this one follows 3 working days later.',
    ]);
  });

  test('a pause moves it on; when it is resumed it goes on from today, one step at a time', async () => {
    const world = await withSink();
    const { recipient, by } = await aRunningCadence(world);
    await pauseRecipient(recipient._id, 'They asked for time.', by, world.clock.now());
    // however long nobody swept in between
    for (const instant of ['2026-11-24T16:00:00Z', '2026-11-26T16:00:00Z', '2026-12-04T16:00:00Z']) {
      world.clock.set(instant);
      expect(await sendDue(world.deps)).toMatchObject({ sent: 0, held: 0 });
    }
    expect(await statesOf(recipient)).toEqual(['scheduled', 'scheduled', 'scheduled']);
    await resume(recipient, by, world);
    await replan(recipient._id, world.deps);
    expect(await daysOf(recipient)).toEqual(['2026-12-07', '2026-12-08', '2026-12-09']);
    world.clock.set('2026-12-07T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
    expect(await sendDue(world.deps)).toMatchObject({ sent: 0 });
  });

  test('words that change with the day want approval again; words that do not keep theirs', async () => {
    const world = await withSink();
    const { recipient } = await aRunningCadence(world, {
      gaps: [1, 2, 2],
      bodies: [
        'Hello {{ holder }}.',
        'Still {{ holder }}.',
        'You have had this for {{ days_waiting }} days.',
      ],
    });
    world.clock.set('2026-11-25T09:00:00Z');
    await sendDue(world.deps);
    // Friday to Tuesday instead of Thursday to Monday: as many days, other weekdays
    expect(await statesOf(recipient)).toEqual(['sent', 'scheduled', 'scheduled']);
    world.clock.set('2026-11-30T16:00:00Z');
    await FollowUp.updateMany({ recipient: recipient._id }, { $set: { nextAttemptAt: world.clock.now() } });
    await sendDue(world.deps);
    const [, , third] = await stepsOf(recipient);
    expect(third).toMatchObject({ state: 'planned', approval: null });
    expect(third!.stateReasons).toEqual([
      'It was planned anew, and its words are not those that were approved. It wants approval again.',
    ]);
    expect(third!.text).toContain('for 2 days');
  });

  test('a step moved by hand takes the later ones with it and stays there', async () => {
    const world = await withSink();
    const { recipient, by } = await aRunningCadence(world);
    const [, second] = await stepsOf(recipient);
    const dueAt = new Date('2026-12-10T15:30:00Z');
    const { subjectTemplate: subject, bodyTemplate: body } = second!;
    await editFollowUp(second!._id, { subject, body, dueAt }, by, world.deps);
    expect(await daysOf(recipient)).toEqual(['2026-11-24', '2026-12-10', '2026-12-11']);
    world.clock.set('2026-11-24T16:00:00Z');
    await sendDue(world.deps);
    const [, moved] = await stepsOf(recipient);
    expect(moved).toMatchObject({ dueAt, subject: 'Re: Our letter, 1', state: 'planned' });
  });

  test('a time given by hand that passes during a pause is counted anew, and is not one given by hand any more', async () => {
    const world = await withSink();
    const { recipient, by } = await aRunningCadence(world);
    const [first] = await stepsOf(recipient);
    const { subjectTemplate: subject, bodyTemplate: body } = first!;
    const dueAt = new Date('2026-11-26T15:30:00Z');
    await editFollowUp(first!._id, { subject, body, dueAt }, by, world.deps);
    expect((await stepsOf(recipient))[0]).toMatchObject({ timeSetByHand: true, dueAt });
    world.clock.set('2026-11-27T16:00:00Z');
    for (const sentence of [/^The time that was given by hand, .* has passed\. /, /^1 working day after/]) {
      await replan(recipient._id, world.deps);
      const [counted] = await stepsOf(recipient);
      expect(counted).toMatchObject({ timeSetByHand: false, dueAt: new Date('2026-11-30T15:00:00Z') });
      expect(counted!.how).toMatch(sentence);
    }
  });

  test('a step that was put off to today stays there when a later one is edited in the morning', async () => {
    const world = await withSink();
    world.clock.set('2026-11-25T16:00:00Z');
    const { recipient, by } = await aRunningCadence(world);
    world.clock.set('2026-11-30T16:00:00Z');
    await replan(recipient._id, world.deps);
    world.clock.set('2026-12-01T14:00:00Z');
    const [, , third] = await stepsOf(recipient);
    const { bodyTemplate: body, dueAt } = third!;
    await editFollowUp(third!._id, { subject: 'Other words', body, dueAt }, by, world.deps);
    expect(await daysOf(recipient)).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
    expect(await statesOf(recipient)).toEqual(['scheduled', 'scheduled', 'planned']);
  });

  test('a cancelled step is left out of the thread, and those after it keep their time', async () => {
    const world = await withSink();
    const { recipient, by } = await aRunningCadence(world);
    const [first, second] = await stepsOf(recipient);
    await cancelFollowUp(second!._id, 'Not wanted.');
    await replan(recipient._id, world.deps);
    const [, , third] = await stepsOf(recipient);
    expect(third).toMatchObject({ inReplyTo: first!.messageId, state: 'planned' });
    expect(third!.dueAt.toISOString()).toBe('2026-11-26T15:00:00.000Z');

    await cancelFollowUp(first!._id, 'Not wanted either.');
    await replan(recipient._id, world.deps);
    const [, , alone] = await stepsOf(recipient);
    expect(alone).toMatchObject({ inReplyTo: null, subject: 'Our letter, 3', dueAt: third!.dueAt });
    await approve(alone!, by, world);
    world.clock.set(alone!.dueAt);
    await sendDue(world.deps);
    expect(sink.messages[0]!.mail.subject).toBe('Our letter, 3');
    expect(sink.messages[0]!.mail.inReplyTo).toBeUndefined();
  });

  test('a step that the mail server does not take yet is tried again within minutes, with its approval, and the later ones wait', async () => {
    const world = await withSink();
    const { recipient } = await aRunningCadence(world, {
      bodies: ['You have had this for {{ days_waiting }} days.', 'Still {{ holder }}.', 'And {{ holder }}.'],
    });
    let asked = 0;
    sink.behave({
      onRecipient: () => (++asked <= 2 ? { code: 451, message: 'come back later' } : undefined),
    });
    world.clock.set('2026-11-24T16:00:00Z');
    for (const attempts of [1, 2]) {
      expect(await sendDue(world.deps)).toMatchObject({ deferred: 1 });
      const [first, ...later] = await stepsOf(recipient);
      expect(first).toMatchObject({ state: 'scheduled', attempts });
      expect(first!.approval).not.toBeNull();
      expect(first!.nextAttemptAt.getTime() - world.clock.now().getTime()).toBeLessThanOrEqual(300_000);
      expect(later.map(({ dueAt }) => dueAt.toISOString().slice(0, 10))).toEqual([
        '2026-11-25',
        '2026-11-26',
      ]);
      world.clock.set(first!.nextAttemptAt);
    }
    expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
    expect(sink.messages).toHaveLength(1);
  });

  test('a new holder voids the approval; planned anew, the steps address the new one and want approval', async () => {
    const world = await withSink();
    const { recipient } = await aRunningCadence(world);
    await Office.updateOne(
      { _id: recipient.office },
      { $set: { holders: [{ name: 'Lee Invented', salutation: 'Dear Lee Invented' }] } },
    );
    world.clock.set('2026-11-24T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ held: 1, sent: 0 });
    await replan(recipient._id, world.deps, { byPerson: true });
    const steps = await stepsOf(recipient);
    expect(steps.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned']);
    expect(steps.every(({ text }) => text.includes('Dear Lee Invented'))).toBe(true);
  });

  test('what was captured before the campaign went live holds the next step, and a new start begins with step 1', async () => {
    const world = await withSink();
    const { recipient, campaign, cadence, by } = await aRunningCadence(world, { live: false });
    world.clock.set('2026-11-24T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ captured: 1 });
    await Campaign.updateOne({ _id: campaign._id }, { $set: { liveSince: world.clock.now() } });
    world.clock.set('2026-11-25T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ held: 1, sent: 0 });

    const now = world.clock.now();
    await stopCadence(recipient._id, 'Robin Example stopped the cadence.', { by, at: now });
    const despite = (await stepsOf(recipient)).map(({ _id }) => _id);
    const alone = { cadence, campaign: campaign._id, only: [recipient._id], despite };
    await workOn(await requestStart(alone, by, now), world.deps);
    const again = (await stepsOf(recipient)).filter(({ state }) => state === 'planned');
    expect(again.map(({ step, revision }) => `${step}.${revision}`)).toEqual(['1.2', '2.2', '3.2']);
    expect(new Set((await stepsOf(recipient)).map(({ messageId }) => messageId)).size).toBe(6);
  });

  test('leaves by itself where the campaign asks for no approval, also after its words changed with the day', async () => {
    const world = await withSink();
    const { recipient } = await aRunningCadence(world, {
      approved: false,
      campaign: { approval: 'none' },
      bodies: ['Day {{ days_waiting }}.', 'Again day {{ days_waiting }}.', 'And {{ days_waiting }}.'],
    });
    for (let day = 24; day <= 30; day += 1) {
      world.clock.set(`2026-11-${day}T23:30:00Z`);
      await sendDue(world.deps);
    }
    expect(await statesOf(recipient)).toEqual(['sent', 'sent', 'sent']);
    expect(sink.messages).toHaveLength(3);
  });

  test('a mail that came back holds the next step until a person has looked and planned it anew', async () => {
    const world = await withSink();
    const { recipient, by } = await aRunningCadence(world);
    world.clock.set('2026-11-24T16:00:00Z');
    await sendDue(world.deps);
    const bounce = { kind: 'email', direction: 'in', receivedAs: 'bounce' } as const;
    await anEntry({
      recipient: recipient._id,
      ...bounce,
      occurredAt: world.clock.now(),
      recordedAt: world.clock.now(),
    });
    world.clock.set('2026-11-25T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ held: 1, sent: 0 });
    expect((await stepsOf(recipient))[1]!.stateReasons[0]).toMatch(/^A mail to them came back/);

    world.clock.pass({ hours: 1 });
    await replan(recipient._id, world.deps, { byPerson: true });
    await approve((await stepsOf(recipient))[1]!, by, world);
    world.clock.set('2026-11-26T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
    world.clock.set('2026-11-27T16:00:00Z');
    expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  });

  test('what a step waited for is forgotten when it is over', async () => {
    const world = await withSink();
    const { recipient, by } = await aRunningCadence(world);
    await pauseRecipient(recipient._id, 'They asked for time.', by, world.clock.now());
    world.clock.set('2026-11-24T16:00:00Z');
    await sendDue(world.deps);
    expect((await stepsOf(recipient))[0]!.stateReasons).toHaveLength(1);
    await resume(recipient, by, world);
    await replan(recipient._id, world.deps);
    expect((await stepsOf(recipient))[0]!.stateReasons).toEqual([]);
  });

  test('what waits for a person is not approved by a machine, also where the campaign asks for no approval', async () => {
    const world = await withSink();
    const { recipient } = await aRunningCadence(world, {
      approved: false,
      campaign: { approval: 'none' },
      bodies: ['One.', 'You have had this for {{ days_waiting }} days.', 'Three, {{ days_waiting }}.'],
    });
    await FollowUp.updateOne({ recipient: recipient._id, step: 2 }, { state: 'planned', approval: null });
    world.clock.set('2026-11-25T14:00:00Z');
    await sendDue(world.deps);
    const due = { dueAt: new Date('2026-12-20T15:00:00Z') };
    await FollowUp.updateMany(
      { recipient: recipient._id, step: { $gt: 1 } },
      { $set: { ...due, text: 'Old.' } },
    );
    await replan(recipient._id, world.deps);
    expect(await statesOf(recipient)).toEqual(['sent', 'planned', 'scheduled']);
    await replan(recipient._id, world.deps, { byPerson: true });
    expect((await statesOf(recipient))[1]).toBe('planned');
    await FollowUp.updateMany({ recipient: recipient._id, step: 2 }, { $set: { text: 'Old.' } });
    await replan(recipient._id, world.deps, { byPerson: true });
    expect((await statesOf(recipient))[1]).toBe('scheduled');
  });
});
