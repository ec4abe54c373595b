import { afterEach, describe, expect, test } from '@jest/globals';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { Office } from '../../src/organisations/office.model.js';
import {
  findIncoming,
  placeMail,
  readAs,
  setAside,
  takeBackPlacement,
} from '../../src/replies/incoming-mail.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import type { ReadAs } from '../../src/replies/incoming.rules.js';
import { takeIn } from '../../src/replies/take-in.js';
import { tellOwners } from '../../src/reminders/tell-owners.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { anEntry, anOffice, anOrganisation, aRecipient, aUser } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { answering, rawMail } from '../support/raw-mail.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

/** A cadence whose first step went on Tuesday at ten in New York, and to which somebody has written the same afternoon. */
async function anAnswer(wanted: Parameters<typeof aRunningCadence>[1] = {}) {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const running = await aRunningCadence(world, wanted);
  world.clock.set('2026-11-24T15:00:00Z');
  await sendDue(world.deps);
  world.clock.set('2026-11-24T20:00:00Z');
  const [first] = await stepsOf(running.recipient);
  await takeIn([rawMail(world.clock.now(), { more: answering(first!) })], world.deps);
  return { ...world, ...running };
}

const read = async ({ deps }: TestApp, as: ReadAs) =>
  readAs((await IncomingMail.findOne().lean<IncomingMailRecord>())!, as, deps, await by());
const by = async () => ({ by: toSignedInUser(await aUser()) });

/** Sweeps every half minute for an hour. @returns how often a follow-up was looked at and had to wait */
async function sweepForAnHour({ deps, clock }: TestApp): Promise<number> {
  let deferred = 0;
  for (let i = 0; i < 120; i += 1) {
    const { deferred: waiting, ...others } = await sendDue(deps);
    expect(Object.values(others).every((count) => count === 0)).toBe(true);
    deferred += waiting;
    clock.pass({ minutes: 0.5 });
  }
  return deferred;
}

test('a step waits for mail to be read: looked at once an hour, with its approval, planned anew by nothing, told to nobody', async () => {
  const world = await anAnswer();
  const { deps, clock, recipient } = world;
  await tellOwners(deps);
  const [, before] = await stepsOf(recipient);
  clock.set(before!.dueAt);
  expect(await sweepForAnHour(world)).toBe(1);
  expect(await sweepForAnHour(world)).toBe(1);
  const [, second, third] = await stepsOf(recipient);
  expect(second).toMatchObject({
    state: 'scheduled',
    dueAt: before!.dueAt,
    attempts: 0,
    approval: before!.approval,
    stateReasons: ['Mail that may be their answer has come in. It goes on when somebody has read that.'],
  });
  expect(second!.settledAt).toBeUndefined();
  expect(third!.dueAt).toEqual(new Date('2026-11-26T15:00:00Z'));
  expect(await tellOwners(deps)).toEqual([]);
});

test.each(['acknowledgement', 'auto-reply', 'not an answer'] as const)(
  'read as %s: the cadence goes on from then, a step at a time, approved as it was',
  async (as) => {
    const world = await anAnswer();
    const { deps, clock, recipient } = world;
    for (const day of ['25', '26', '27']) {
      clock.set(`2026-11-${day}T16:00:00Z`);
      await sendDue(deps);
    }
    expect(await read(world, as)).toMatchObject({ cancelled: 0, goesOn: true });
    const steps = await stepsOf(recipient);
    expect(steps.map(({ state, stateReasons }) => [state, stateReasons])).toEqual([
      ['sent', []],
      ['scheduled', []],
      ['scheduled', []],
    ]);
    expect(steps.slice(1).map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2026-11-30T15:00:00.000Z',
      '2026-12-01T15:00:00.000Z',
    ]);
    clock.set('2026-11-30T16:00:00Z');
    expect(await sendDue(deps)).toMatchObject({ sent: 1, deferred: 0 });
    clock.set('2026-12-01T16:00:00Z');
    expect(await sendDue(deps)).toMatchObject({ sent: 1 });
  },
);

test.each(['reply', 'declined'] as const)('read as %s: what is planned is cancelled', async (as) => {
  const world = await anAnswer();
  expect(await read(world, as)).toMatchObject({ cancelled: 2, goesOn: false });
  world.clock.set('2026-12-01T16:00:00Z');
  expect(await sendDue(world.deps)).toMatchObject({ sent: 0, deferred: 0, cancelled: 0 });
});

test('words that grew old while it waited are filled in anew, and want approval again', async () => {
  const world = await anAnswer({
    bodies: ['One.', 'You have had this for {{ days_waiting }} days.', 'Still {{ holder }}.'],
  });
  world.clock.set('2026-11-27T16:00:00Z');
  await sendDue(world.deps);
  await read(world, 'auto-reply');
  expect((await stepsOf(world.recipient)).map(({ state }) => state)).toEqual([
    'sent',
    'planned',
    'scheduled',
  ]);
});

test('an acknowledgement that was read does not clear a bounce: the step is held for that', async () => {
  const world = await anAnswer();
  const { deps, clock, recipient } = world;
  await anEntry({
    recipient: recipient._id,
    kind: 'email',
    direction: 'in',
    receivedAs: 'bounce',
    recordedAt: clock.now(),
  });
  clock.pass({ hours: 1 });
  await read(world, 'acknowledgement');
  clock.set('2026-11-25T16:00:00Z');
  await sendDue(deps);
  const [, second] = await stepsOf(recipient);
  expect(second).toMatchObject({
    state: 'held',
    stateReasons: [expect.stringMatching(/^A mail to them came back/)],
  });
});

test('an approval that grew old while it waited is asked for again', async () => {
  const world = await anAnswer();
  world.clock.set('2026-12-10T16:00:00Z');
  await sendDue(world.deps);
  await read(world, 'acknowledgement');
  world.clock.set('2026-12-11T16:00:00Z');
  expect(await sendDue(world.deps)).toMatchObject({ held: 1 });
  expect((await stepsOf(world.recipient))[1]!.stateReasons[0]).toMatch(
    /^It was approved more than 14 days before it would leave/,
  );
});

test('mail set aside or found to be somebody else’s lets those go on for whom it was only suggested', async () => {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { deps, clock } = world;
  const { recipient } = await aRunningCadence(world);
  const from = (await Office.findById(recipient.office).lean())!.email;
  const other = await aRecipient();
  await takeIn([rawMail(clock.now(), { from }), rawMail(clock.now(), { from })], deps);
  clock.set('2026-11-26T16:00:00Z');
  expect(await sendDue(deps)).toMatchObject({ sent: 0, deferred: 3 });
  const [one, two] = await IncomingMail.find().lean();
  await setAside(one!._id, 'An invitation.', deps, await by());
  clock.set('2026-11-27T16:00:00Z');
  expect(await sendDue(deps)).toMatchObject({ sent: 0, deferred: 1 });
  await placeMail(two!._id, other._id, deps, await by());
  expect((await stepsOf(recipient)).map(({ dueAt }) => dueAt.toISOString().slice(0, 10))).toEqual([
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
  ]);
  clock.set('2026-11-30T16:00:00Z');
  expect(await sendDue(deps)).toMatchObject({ sent: 1, deferred: 0 });
});

test('a placement that is taken back: those it may be from wait again, the one it is not from goes on', async () => {
  sink = await startSink();
  const { deps, clock } = createTestApp({ smtpUrl: sink.url });
  const organisation = (await anOrganisation())._id;
  const office = await anOffice({ organisation });
  const one = await aRecipient({ office: office._id });
  const two = await aRecipient({ office: (await anOffice({ organisation }))._id });
  const waiting = async () =>
    (await Recipient.find({ 'unreadMail.0': { $exists: true } })).map(({ _id }) => _id);
  await takeIn([rawMail(clock.now(), { from: office.email })], deps);
  const { _id } = (await IncomingMail.findOne().lean())!;
  expect(await waiting()).toEqual([one._id, two._id]);
  await placeMail(_id, one._id, deps, await by());
  expect(await waiting()).toEqual([one._id]);
  await takeBackPlacement(await findIncoming(_id), 'It is from their colleague.', deps, await by());
  expect(await waiting()).toEqual([two._id]);
});

test('a step that the mail server had not taken is planned anew as well, and asked about from the beginning', async () => {
  const world = await anAnswer();
  const { deps, clock, recipient } = world;
  await FollowUp.updateOne({ recipient: recipient._id, step: 2 }, { $set: { attempts: 3 } });
  clock.set('2026-11-27T16:00:00Z');
  await sendDue(deps);
  await read(world, 'acknowledgement');
  expect((await stepsOf(recipient))[1]).toMatchObject({
    attempts: 0,
    dueAt: new Date('2026-11-30T15:00:00Z'),
  });
});

describe('a follow-up planned by hand', () => {
  async function whenMailComes() {
    sink = await startSink();
    const world = createTestApp({ smtpUrl: sink.url });
    const office = await anOffice();
    const recipient = await aRecipient({ office: office._id });
    const followUp = await anApprovedFollowUp(world, { recipient });
    await takeIn([rawMail(world.clock.now(), { from: office.email })], world.deps);
    const [mail] = await IncomingMail.find().lean();
    return {
      ...world,
      followUp,
      place: async () => placeMail(mail!._id, recipient._id, world.deps, await by()),
    };
  }

  test('goes within the hour after somebody has read that it is no answer', async () => {
    const world = await whenMailComes();
    const { deps, clock, followUp, place } = world;
    clock.pass({ hours: 1 });
    expect(await sendDue(deps)).toMatchObject({ sent: 0, deferred: 1 });
    await place();
    await read(world, 'acknowledgement');
    clock.pass({ hours: 1 });
    expect(await sendDue(deps)).toMatchObject({ sent: 1 });
    expect((await findFollowUp(followUp._id)).stateReasons).toEqual([]);
  });

  test('is held once it may not be so late any more; it is not cancelled by what nobody has read', async () => {
    const world = await whenMailComes();
    const { deps, clock, followUp, place } = world;
    await place();
    clock.pass({ hours: 25 });
    expect(await sendDue(deps)).toMatchObject({ deferred: 1, held: 0 });
    clock.pass({ hours: 1 });
    expect(await sendDue(deps)).toMatchObject({ deferred: 0, held: 1, cancelled: 0 });
    expect((await findFollowUp(followUp._id)).stateReasons.join(' ')).toMatch(
      /nobody has read it yet.* They answered after .* It is more than 24 hours late/,
    );
    expect(await read(world, 'reply')).toMatchObject({ cancelled: 1, goesOn: false });
  });
});
