import { afterEach, expect, test } from '@jest/globals';
import { run } from '../../jobs/send-due.js';
import type { FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { claimDue, findDue, settle, settleAbandoned } from '../../src/follow-ups/ledger.js';
import { cancelFollowUp } from '../../src/follow-ups/cancel.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { resolveUncertain } from '../../src/follow-ups/resolve.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { approve, aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aUser } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink;
afterEach(() => sink.close());

const body = '{{ salutation }},\n\nwe have waited for {{ days_waiting }} days.';

/** A worker has the first step of a cadence, and has not been heard of for so long that a person is to find out. */
async function anUncertainStep() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { recipient, by } = await aRunningCadence(world, { gaps: [1], bodies: [body] });
  const [step] = await stepsOf(recipient);
  return { world, by, claimed: await claimedAndLost(world, step!.dueAt) };
}

async function claimedAndLost({ clock }: TestApp, dueAt: Date): Promise<FollowUpRecord> {
  clock.set(dueAt);
  const [claimed] = await claimDue(await findDue(1, dueAt), dueAt);
  clock.pass({ days: 1 });
  await settleAbandoned(clock.now());
  return claimed!;
}

async function anUncertainOne() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url });
  const { dueAt } = await anApprovedFollowUp(world);
  return { world, claimed: await claimedAndLost(world, dueAt) };
}

const answerComes = ({ clock }: TestApp, followUp: FollowUpRecord) =>
  settle([{ followUp, outcome: { state: 'sent', sentAt: followUp.claim!.at! } }], clock.now);

test('a step that went after all is not sent once more in other words', async () => {
  const { world, by, claimed } = await anUncertainStep();
  const again = await resolveUncertain(claimed._id, 'plan again', await aUser(), world.deps);
  const second = await findFollowUp(again!);
  expect(second.text).not.toBe(claimed.text);
  await approve(second, by, world);
  await answerComes(world, claimed);

  world.clock.set(new Date(second.dueAt.getTime() + 60_000));
  expect(await run(world.deps)).toBe('Follow-ups: 1 held.');

  expect(sink.messages).toHaveLength(0);
  expect((await findFollowUp(again!)).stateReasons).toEqual([
    'What this takes the place of went to them after all. Cancel it; where more is to be said, plan another one.',
  ]);
});

test('nor what was planned by hand for such a one: that is cancelled, and the next mail has a step of its own', async () => {
  const { world, claimed } = await anUncertainOne();
  const again = await resolveUncertain(claimed._id, 'plan again', await aUser(), world.deps);
  await answerComes(world, claimed);
  await cancelFollowUp(again!, 'Ana cancelled it.');
  world.clock.pass({ days: 1 });

  const next = await anApprovedFollowUp(world, {
    recipient: await findRecipient(claimed.recipient),
    body: 'Another matter.',
  });
  expect(next).toMatchObject({ step: claimed.step + 1, revision: 1 });
  world.clock.pass({ hours: 1 });
  expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
});
