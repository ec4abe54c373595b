import { afterEach, expect, test } from '@jest/globals';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { readGates } from '../../src/follow-ups/gate-context.js';
import { claimDue, findDue } from '../../src/follow-ups/ledger.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { send } from '../../src/follow-ups/send.js';
import { takeOver, vacateOffice } from '../../src/organisations/change-holder.js';
import { confirmHolder } from '../../src/organisations/confirm-holder.js';
import { Office, type OfficeRecord } from '../../src/organisations/office.model.js';
import { findOffice } from '../../src/organisations/organisations.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { approve, aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

/** Tuesday noon in London; the office is in New York, without a country. */
async function withSink(): Promise<TestApp> {
  sink = await startSink();
  return createTestApp({ smtpUrl: sink.url });
}

const officeOf = ({ office }: RecipientRecord): Promise<OfficeRecord> => findOffice(office);
const sam = { name: 'Sam Follower', salutation: 'Dear Sam Follower', until: null };
const changes = async (recipient: RecipientRecord, from: string, { clock }: TestApp): Promise<void> => {
  expect(await takeOver(await officeOf(recipient), { ...sam, from }, clock.now())).toHaveProperty('id');
};
async function confirm(
  recipient: RecipientRecord,
  {
    deps,
    by,
    ...own
  }: { deps: TestApp['deps']; by: FollowUpRecord['_id']; email?: string; salutation?: string },
): Promise<void> {
  const { _id, email, holders } = await officeOf(recipient);
  const { _id: holder, name: seenName, salutation } = holders.at(-1)!;
  await confirmHolder(_id, holder, { email, salutation, ...own, seenName, seenEmail: email }, by, deps);
}
const statesOf = async (recipient: RecipientRecord) => (await stepsOf(recipient)).map(({ state }) => state);
const textsSent = () => sink.messages.map(({ mail }) => mail.text!.trim().split('\n')[0]);

test('from midnight where the office is, a step waits for its new holder to be confirmed, and goes to them once it is approved', async () => {
  const world = await withSink();
  const { recipient, by } = await aRunningCadence(world);
  await changes(recipient, '2026-11-25', world);
  // the last moment of the day before in New York
  world.clock.set('2026-11-25T04:59:59Z');
  await sendDue(world.deps);
  expect(textsSent()).toEqual(['Dear Kim Invented,']);

  for (const instant of ['2026-11-25T16:00:00Z', '2026-11-25T17:30:00Z']) {
    world.clock.set(instant);
    expect(await sendDue(world.deps)).toMatchObject({ sent: 0, held: 0 });
  }
  let [, second] = await stepsOf(recipient);
  // written anew for whoever is new, and so not what was approved
  expect(second).toMatchObject({ state: 'planned', approval: null, holderName: 'Sam Follower' });

  await approve(second!, by, world);
  world.clock.set(second!.dueAt);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 0, deferred: 1 });
  [, second] = await stepsOf(recipient);
  expect(second).toMatchObject({
    state: 'scheduled',
    stateReasons: [expect.stringMatching(/^Sam Follower is new in the office\./)],
  });
  expect(second!.approval).not.toBeNull();

  await confirm(recipient, { deps: world.deps, by });
  [, second] = await stepsOf(recipient);
  expect(second!.state).toBe('scheduled');
  world.clock.set(second!.dueAt);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  expect(await sendDue(world.deps)).toMatchObject({ sent: 0 });
  expect(textsSent()).toEqual(['Dear Kim Invented,', 'Dear Sam Follower,']);
});

test('a confirmation that corrects the address or the salutation makes approvals of the other words void', async () => {
  const world = await withSink();
  const { recipient, by } = await aRunningCadence(world);
  await changes(recipient, '2026-11-24', world);
  world.clock.set('2026-11-24T16:00:00Z');
  await sendDue(world.deps);
  const [first] = await stepsOf(recipient);
  await approve(first!, by, world);
  await confirm(recipient, {
    deps: world.deps,
    by,
    email: 'new@example.org',
    salutation: 'Dear Dr Follower',
  });
  const [corrected] = await stepsOf(recipient);
  expect(corrected).toMatchObject({
    state: 'planned',
    approval: null,
    to: { name: 'Sam Follower', address: 'new@example.org' },
  });
  await approve(corrected!, by, world);
  world.clock.set(corrected!.dueAt);
  await sendDue(world.deps);
  expect(textsSent()).toEqual(['Dear Dr Follower,']);
  expect(sink.messages[0]!.to).toEqual(['new@example.org']);
});

test('where a campaign asks for no approval, the confirmation is all that a cadence waits for', async () => {
  const world = await withSink();
  const { recipient, by } = await aRunningCadence(world, { campaign: { approval: 'none' }, approved: false });
  await changes(recipient, '2026-11-24', world);
  world.clock.set('2026-11-24T16:00:00Z');
  expect(await sendDue(world.deps)).toMatchObject({ sent: 0, held: 0, deferred: 1 });
  await confirm(recipient, { deps: world.deps, by });
  world.clock.set((await stepsOf(recipient))[0]!.dueAt);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  expect(textsSent()).toEqual(['Dear Sam Follower,']);
});

test('a take-over that is confirmed before its day writes the steps for whoever holds the office on theirs', async () => {
  const world = await withSink();
  const { recipient, by } = await aRunningCadence(world, { gaps: [1, 2, 2], approved: false });
  await changes(recipient, '2026-11-26', world);
  await confirm(recipient, { deps: world.deps, by });
  const steps = await stepsOf(recipient);
  expect(steps.map(({ holderName }) => holderName)).toEqual(['Kim Invented', 'Sam Follower', 'Sam Follower']);
  for (const step of steps) await approve(step, by, world);
  for (const { dueAt } of steps) {
    world.clock.set(dueAt);
    await sendDue(world.deps);
  }
  expect(textsSent()).toEqual(['Dear Kim Invented,', 'Dear Sam Follower,', 'Dear Sam Follower,']);
});

test('to a vacant office nothing goes: what is planned keeps its words and its approval, and says what to do', async () => {
  const world = await withSink();
  const { recipient, by } = await aRunningCadence(world);
  expect(await vacateOffice(await officeOf(recipient), '2026-11-24', world.clock.now())).toBeNull();
  for (const instant of ['2026-11-24T16:00:00Z', '2026-11-24T17:30:00Z', '2026-12-08T16:00:00Z']) {
    world.clock.set(instant);
    expect(await sendDue(world.deps)).toMatchObject({ sent: 0, held: 0 });
    expect(await statesOf(recipient)).toEqual(['scheduled', 'scheduled', 'scheduled']);
  }
  const [first] = await stepsOf(recipient);
  expect(first!.stateReasons.join(' ')).toMatch(/^Nobody is named as holding the office\. It goes on when/);
  await changes(recipient, '2026-12-08', world);
  world.clock.set('2026-12-08T18:00:00Z');
  await sendDue(world.deps);
  await confirm(recipient, { deps: world.deps, by });
  for (const step of (await stepsOf(recipient)).filter(({ state }) => state === 'planned'))
    await approve(step, by, world);
  world.clock.set((await stepsOf(recipient))[0]!.dueAt);
  expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  expect(textsSent()).toEqual(['Dear Sam Follower,']);
});

test('a vacancy that was a mistake and is taken back lets the steps go as they were approved', async () => {
  const world = await withSink();
  const { recipient } = await aRunningCadence(world);
  await vacateOffice(await officeOf(recipient), '2026-11-24', world.clock.now());
  world.clock.set('2026-11-24T16:00:00Z');
  expect(await sendDue(world.deps)).toMatchObject({ sent: 0 });
  await Office.updateOne({ _id: recipient.office }, { $set: { 'holders.0.until': null } });
  world.clock.pass({ hours: 1 });
  expect(await sendDue(world.deps)).toMatchObject({ sent: 1 });
  expect(textsSent()).toEqual(['Dear Kim Invented,']);
});

test('a mail planned by hand waits for as long as it may be late, and is a person’s matter then', async () => {
  const world = await withSink();
  const followUp = await anApprovedFollowUp(world);
  const { recipient } = followUp;
  const to = { office: (await Office.findOne().lean<OfficeRecord>())!._id } as RecipientRecord;
  await changes(to, '2026-11-24', world);
  const sweepAfter = async (hours: number) => {
    world.clock.pass({ hours });
    await sendDue(world.deps);
    return (await stepsOf({ _id: recipient }))[0]!;
  };
  expect(await sweepAfter(2)).toMatchObject({ state: 'scheduled', attempts: 0 });
  const held = await sweepAfter(24);
  expect(held.state).toBe('held');
  expect(held.stateReasons.join(' ')).toMatch(/is new in the office\. Confirm.*now held by.*24 hours late/);
});

test('an office that changes hands after the claim is seen, because the gate is asked after it', async () => {
  const world = await withSink();
  const { recipient } = await aRunningCadence(world, { gaps: [1] });
  world.clock.set('2026-11-24T16:00:00Z');
  const now = world.clock.now();
  const [claimed] = await claimDue(await findDue(10, now), now);
  await changes(recipient, '2026-11-24', world);
  const [gate] = await readGates([claimed!], world.deps.post.from, now, null);
  expect(await send(claimed!, gate!, world.deps, () => Promise.resolve(gate!))).toMatchObject({
    state: 'scheduled',
    attempts: 0,
    tooEarly: true,
    stateReasons: [expect.stringMatching(/^Sam Follower is new/)],
  });
  expect(sink.messages).toEqual([]);
});

test('a step that was being looked at while its holder was confirmed is written anew all the same', async () => {
  const world = await withSink();
  const { recipient, by } = await aRunningCadence(world, { gaps: [1] });
  await changes(recipient, '2026-11-24', world);
  world.clock.set('2026-11-24T16:00:00Z');
  let confirmed = false;
  // the gate has been asked, and nothing is written down yet
  const withConnection = async <T>(work: () => Promise<T>): Promise<T> => {
    const outcome = await work();
    await confirm(recipient, { deps: world.deps, by, salutation: 'Dear Dr Follower' });
    confirmed = true;
    return outcome;
  };
  await sendDue({ ...world.deps, post: { ...world.deps.post, withConnection } });
  expect(confirmed).toBe(true);
  const [step] = await stepsOf(recipient);
  expect(step).toMatchObject({ state: 'planned', holderName: 'Sam Follower' });
  expect(step!.text).toContain('Dear Dr Follower');
});
