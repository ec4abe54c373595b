import { expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { planAgain } from '../../src/follow-ups/plan-again.js';
import { recordSent } from '../../src/follow-ups/record-sent.js';
import { resolveUncertain } from '../../src/follow-ups/resolve.js';
import { Entry } from '../../src/history/entry.model.js';
import { logEntry } from '../../src/history/log-entry.js';
import { checkRecipientCopies } from '../../src/recipients/check-copies.js';
import { DEFAULT_WINDOW } from '../../src/sending-window.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { anEntry, aUser } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';

useDatabase();

async function anUncertainOne() {
  const world = createTestApp();
  const followUp = await anApprovedFollowUp(world);
  const claim = { id: 'a dead worker', at: world.clock.now() };
  await FollowUp.updateOne({ _id: followUp._id }, { $set: { state: 'uncertain', claim } });
  const [kim, sam] = [await aUser({ name: 'Kim' }), await aUser({ name: 'Sam' })];
  world.clock.pass({ hours: 2 });
  return { ...world, followUp, kim, sam };
}

const rowsOf = ({ recipient }: FollowUpRecord) =>
  FollowUp.find({ recipient }).sort({ revision: 1 }).lean<FollowUpRecord[]>();
const notesOf = ({ recipient }: FollowUpRecord) => Entry.find({ recipient, kind: 'note' }).lean();

test('what history holds as sent cannot be settled as not sent, and so is not written a second time', async () => {
  const { followUp, kim, deps } = await anUncertainOne();
  await recordSent([{ ...followUp, sentAt: deps.now() }], deps.now());

  for (const resolution of ['plan again', 'not wanted'] as const)
    await expect(resolveUncertain(followUp._id, resolution, kim, deps)).rejects.toThrow('history as sent');
  await resolveUncertain(followUp._id, 'went', kim, deps);

  expect((await findFollowUp(followUp._id)).state).toBe('sent');
  expect(await Entry.countDocuments({ followUp: followUp._id })).toBe(1);
  expect(await notesOf(followUp)).toMatchObject([
    {
      text: `Kim found that the mail “Our letter” went. Message-ID: ${followUp.messageId}`,
      recordedBy: kim._id,
    },
  ]);
});

test('what was settled by one person is not settled the other way by another', async () => {
  const { followUp, kim, sam, deps } = await anUncertainOne();
  await resolveUncertain(followUp._id, 'not wanted', kim, deps);

  await expect(resolveUncertain(followUp._id, 'went', sam, deps)).rejects.toThrow('not uncertain any more');
  expect(await Entry.countDocuments({ followUp: followUp._id })).toBe(0);
  expect(await findFollowUp(followUp._id)).toMatchObject({
    state: 'cancelled',
    stateReasons: ['Kim found that it did not go, and that it is not wanted any more.'],
  });
});

test('what did not go is planned again: the same step and words, a new Message-ID, the next moment in the hours', async () => {
  const { followUp, kim, deps, clock } = await anUncertainOne();
  await Campaign.updateOne(
    { _id: followUp.campaign },
    { $set: { window: DEFAULT_WINDOW, approval: 'none' } },
  );
  const attachment = { file: new Types.ObjectId(), name: 'letter.pdf', type: 'application/pdf', size: 9 };
  await FollowUp.updateOne({ _id: followUp._id }, { $set: { attachments: [attachment] } });
  clock.set('2026-11-27T23:00:00Z'); // Friday, 18:00 in New York

  const next = await resolveUncertain(followUp._id, 'plan again', kim, deps);

  const [first, second] = await rowsOf(followUp);
  expect(first).toMatchObject({ state: 'cancelled', stateReasons: ['Kim found that it did not go.'] });
  const { campaign, recipient, cadence, step, to, holderName, subject, text, html } = followUp;
  expect(second).toMatchObject({ campaign, recipient, cadence, step, to, holderName, subject, text, html });
  expect(second).toMatchObject({
    _id: next,
    revision: followUp.revision + 1,
    attachments: [attachment],
    state: 'planned',
    approval: null,
    dueAt: new Date('2026-11-30T14:00:00Z'),
    nextAttemptAt: new Date('2026-11-30T14:00:00Z'),
    attempts: 0,
    claim: null,
    plannedBy: followUp.plannedBy,
    plannedAt: clock.now(),
  });
  expect(second!.messageId).not.toBe(followUp.messageId);
  expect(await notesOf(followUp)).toMatchObject([
    { text: `Kim found that the mail “Our letter” did not go. Message-ID: ${followUp.messageId}` },
  ]);
  expect((await checkRecipientCopies(clock.now())).differed).toBe(0);
});

test('two people who press at once leave one new follow-up and one note', async () => {
  const { followUp, kim, sam, deps } = await anUncertainOne();

  const pressed = await Promise.allSettled(
    [kim, sam, kim, sam].map((by) => resolveUncertain(followUp._id, 'plan again', by, deps)),
  );

  expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await rowsOf(followUp)).map(({ state }) => state)).toEqual(['cancelled', 'planned']);
  expect(await notesOf(followUp)).toHaveLength(1);
});

test('of two who say opposite things at once, the first one’s word holds in every record', async () => {
  const { followUp, kim, sam, deps } = await anUncertainOne();

  await Promise.allSettled([
    resolveUncertain(followUp._id, 'went', kim, deps),
    resolveUncertain(followUp._id, 'plan again', sam, deps),
  ]);

  const [note, ...others] = await notesOf(followUp);
  expect(others).toEqual([]);
  const went = note!.resolution === 'went';
  const states = (await rowsOf(followUp)).map(({ state }) => state);
  expect(states).toEqual(went ? ['sent'] : ['cancelled', 'planned']);
  expect(await Entry.countDocuments({ followUp: followUp._id })).toBe(went ? 1 : 0);
});

test('what ended after the note is finished as the note says, whatever is pressed next', async () => {
  const { followUp, kim, sam, deps } = await anUncertainOne();
  await resolveUncertain(followUp._id, 'plan again', kim, deps);
  // as it stood when the process was killed before the row was written
  await FollowUp.updateOne({ _id: followUp._id }, { $set: { state: 'uncertain' } });

  await expect(resolveUncertain(followUp._id, 'went', sam, deps)).rejects.toThrow('somebody settled it');

  expect((await rowsOf(followUp)).map(({ state }) => state)).toEqual(['cancelled', 'planned']);
  expect(await Entry.countDocuments({ recipient: followUp.recipient })).toBe(1);
});

test('nothing is planned again where they answered since the words were planned', async () => {
  const { followUp, kim, deps, clock } = await anUncertainOne();
  const where = { campaign: followUp.campaign, recipient: followUp.recipient };
  const reply = { kind: 'call', direction: 'in', receivedAs: 'acknowledgement', precision: 'time' } as const;
  const by = toSignedInUser(kim);
  await logEntry(where, { ...reply, occurredAt: clock.now() }, { by, now: clock.now() });
  clock.pass({ hours: 1 });

  expect(await resolveUncertain(followUp._id, 'plan again', kim, deps)).toBeNull();

  expect((await rowsOf(followUp)).map(({ state }) => state)).toEqual(['cancelled']);
  expect(await notesOf(followUp)).toHaveLength(1);
});

test('an answer that was known when the words were planned does not keep them from being planned again', async () => {
  const { followUp, kim, deps } = await anUncertainOne();
  const recordedAt = new Date(followUp.plannedAt.getTime() - 60_000);
  const reply = { kind: 'email', direction: 'in', receivedAs: 'reply' } as const;
  await anEntry({ recipient: followUp.recipient, ...reply, recordedAt });

  expect(await resolveUncertain(followUp._id, 'plan again', kim, deps)).not.toBeNull();
});

test('an answer that is logged while it is planned again leaves nothing that could leave', async () => {
  const { followUp, kim, deps, clock } = await anUncertainOne();
  const where = { campaign: followUp.campaign, recipient: followUp.recipient };
  const reply = { kind: 'email', direction: 'in', receivedAs: 'reply', precision: 'time' } as const;
  const logged = { by: toSignedInUser(kim), now: clock.now() };
  clock.pass({ minutes: 1 });

  await Promise.all([
    planAgain(followUp, kim._id, deps),
    logEntry(where, { ...reply, occurredAt: clock.now() }, logged),
  ]);

  expect(await FollowUp.countDocuments({ recipient: followUp.recipient, state: 'planned' })).toBe(0);
});

test('a step of a cadence that is planned again keeps its place, and the next one answers it', async () => {
  const world = createTestApp();
  const { deps, clock } = world;
  const { recipient } = await aRunningCadence(world);
  const [first] = await stepsOf(recipient);
  const claim = { id: 'a dead worker', at: first!.dueAt };
  await FollowUp.updateOne({ _id: first!._id }, { $set: { state: 'uncertain', claim } });
  clock.set('2026-11-25T16:00:00Z');

  const next = await resolveUncertain(first!._id, 'plan again', await aUser(), deps);

  const again = await findFollowUp(next!);
  expect(again).toMatchObject({
    cadence: first!.cadence,
    step: 1,
    revision: 2,
    gap: first!.gap,
    state: 'planned',
  });
  expect(again.text).toBe(first!.text);
  expect(again.dueAt.getTime()).toBeGreaterThan(clock.now().getTime());
  const second = (await stepsOf(recipient)).find(({ step }) => step === 2)!;
  expect(second).toMatchObject({ inReplyTo: again.messageId, references: [again.messageId] });
  expect(second.dueAt.getTime()).toBeGreaterThan(again.dueAt.getTime());
});

test('a cadence goes on from when an uncertain step went', async () => {
  const world = createTestApp();
  const { deps, clock } = world;
  const { recipient } = await aRunningCadence(world);
  const [first, second] = await stepsOf(recipient);
  clock.set('2026-11-30T16:00:00Z');
  const claim = { id: 'a dead worker', at: clock.now() };
  await FollowUp.updateOne({ _id: first!._id }, { $set: { state: 'uncertain', claim } });

  await resolveUncertain(first!._id, 'went', await aUser(), deps);

  const moved = (await stepsOf(recipient)).find(({ step }) => step === 2)!;
  expect(moved.dueAt.getTime()).toBeGreaterThan(second!.dueAt.getTime());
  expect(moved.how).toContain('after step 1 on 30 November 2026');
});
