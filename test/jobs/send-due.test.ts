import { afterEach, describe, expect, test } from '@jest/globals';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { recordSent } from '../../src/follow-ups/record-sent.js';
import { Entry } from '../../src/history/entry.model.js';
import { logEntry } from '../../src/history/log-entry.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { Office } from '../../src/organisations/office.model.js';
import { editHolder, editOffice, findOffice } from '../../src/organisations/organisations.js';
import { findRecipient } from '../../src/recipients/recipients.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { run } from '../../jobs/send-due.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { pauseRecipient } from '../../src/recipients/pause.js';
import { DEFAULT_WINDOW } from '../../src/sending-window.js';
import { aCampaign, anOffice, aRecipient, aReply, aUser } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink | undefined;
afterEach(async () => {
  await sink?.close();
  sink = undefined;
});

async function withSink() {
  sink = await startSink();
  return { ...createTestApp({ smtpUrl: sink.url }), sink };
}

async function aDueFollowUp(world: TestApp, wanted: Parameters<typeof anApprovedFollowUp>[1] = {}) {
  const followUp = await anApprovedFollowUp(world, wanted);
  world.clock.pass({ hours: 1 });
  return followUp;
}

const claimedByTheDead = ({ _id }: FollowUpRecord, { clock }: TestApp) =>
  FollowUp.updateOne(
    { _id },
    { $set: { state: 'sending', claim: { id: 'a dead worker', at: clock.now() } } },
  );

describe('a follow-up that is approved and due', () => {
  test('is sent once however often the job runs, and stands on the timeline', async () => {
    const world = await withSink();
    const followUp = await aDueFollowUp(world, { subject: 'Our letter to {{ organisation }}' });

    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
    expect(await run(world.deps)).toBe('No follow-up is due.');

    expect(world.sink.messages).toHaveLength(1);
    const [{ mail, from, to }] = world.sink.messages as [(typeof world.sink.messages)[0]];
    expect(mail.messageId).toBe(followUp.messageId);
    expect([from, to]).toEqual(['campaign@example.org', [followUp.to.address]]);
    expect(mail.subject).toBe(followUp.subject);
    expect(mail.text?.trim()).toBe(followUp.text.trim());
    const entries = await Entry.find({ followUp: followUp._id }).lean();
    expect(entries).toMatchObject([{ kind: 'email', direction: 'out', messageId: followUp.messageId }]);
    expect((await findRecipient(followUp.recipient)).delivery).toBe('sent');
  });

  test('is left alone until it is due', async () => {
    const world = await withSink();
    const followUp = await anApprovedFollowUp(world);
    world.clock.pass({ minutes: 59 });

    expect(await run(world.deps)).toBe('No follow-up is due.');
    expect((await findFollowUp(followUp._id)).state).toBe('scheduled');
  });

  test('is given back when much time has passed since the gate was asked, and asked about anew', async () => {
    const world = await withSink();
    const followUp = await aDueFollowUp(world);
    const slow = Object.defineProperty({ ...world.deps }, 'limits', {
      get: () => {
        world.clock.pass({ minutes: 1 });
        return world.deps.limits;
      },
    });
    expect(await run(slow)).toBe('Follow-ups: 1 deferred.');
    expect(await findFollowUp(followUp._id)).toMatchObject({ state: 'scheduled', attempts: 0 });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
  });

  test('goes to the outbox and nowhere else while the campaign is not live', async () => {
    const world = await withSink();
    const followUp = await aDueFollowUp(world, { live: false });

    expect(await run(world.deps)).toBe('Follow-ups: 1 captured.');
    expect(world.sink.messages).toHaveLength(0);
    expect(await CapturedMessage.countDocuments({ followUp: followUp._id })).toBe(1);
    expect(await Entry.countDocuments({ recipient: followUp.recipient })).toBe(0);
    expect((await findRecipient(followUp.recipient)).delivery).toBe('not sent');
  });

  test('goes to the outbox when no mail server is configured', async () => {
    const world = createTestApp();
    await aDueFollowUp(world);

    expect(await run(world.deps)).toBe('Follow-ups: 1 captured.');
  });
});

describe('the gate, asked again in the moment of sending', () => {
  test('a reply logged in between cancels it with the reason', async () => {
    const world = await withSink();
    const followUp = await aDueFollowUp(world);
    const by = toSignedInUser(await aUser());
    const where = { campaign: followUp.campaign, recipient: followUp.recipient };
    const { cancelled } = await logEntry(where, aReply(world.clock.now()), { by, now: world.clock.now() });

    expect(cancelled).toBe(1);
    expect(await run(world.deps)).toBe('No follow-up is due.');
    expect(world.sink.messages).toHaveLength(0);
    expect(await findFollowUp(followUp._id)).toMatchObject({
      state: 'cancelled',
      stateReasons: ['They answered: email logged in the history.'],
    });
  });

  test('an answer that was written down without its effects still keeps it from leaving', async () => {
    const world = await withSink();
    const followUp = await aDueFollowUp(world);
    await Entry.create({
      campaign: followUp.campaign,
      recipient: followUp.recipient,
      kind: 'call',
      direction: 'in',
      receivedAs: 'acknowledgement',
      occurredAt: world.clock.now(),
      precision: 'time',
      recordedAt: world.clock.now(),
    });

    expect(await run(world.deps)).toBe('Follow-ups: 1 cancelled.');
    expect(world.sink.messages).toHaveLength(0);
  });

  test.each([
    [
      'another name of the holder',
      async (office: Awaited<ReturnType<typeof findOffice>>, now: Date) =>
        editHolder(
          office,
          office.holders[0]!._id,
          { name: 'Sam Newcomer', salutation: 'Dear Sam', from: '', until: '' },
          now,
        ),
      /now held by Sam Newcomer/,
    ],
    [
      'a new address',
      async (office: Awaited<ReturnType<typeof findOffice>>, now: Date) =>
        editOffice(
          office._id,
          {
            title: office.title,
            email: 'new@example.org',
            postalAddress: '',
            phone: '',
            timeZone: office.timeZone,
            country: office.country,
            notes: '',
          },
          now,
        ),
      /address of the office has changed/,
    ],
  ])('%s holds it for a person', async (_what, change, reason) => {
    const world = await withSink();
    const followUp = await aDueFollowUp(world);
    await change(await findOffice((await findRecipient(followUp.recipient)).office), world.clock.now());

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect(world.sink.messages).toHaveLength(0);
    const held = await findFollowUp(followUp._id);
    expect(held.stateReasons.join(' ')).toMatch(reason);
    expect(held.approval).toBeNull();
  });

  test('after an outage of more than a day it is held instead of sent late', async () => {
    const world = await withSink();
    const followUp = await anApprovedFollowUp(world);
    world.clock.pass({ hours: 26 });

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect((await findFollowUp(followUp._id)).stateReasons.join(' ')).toMatch(/more than 24 hours late/);
  });

  test('nothing is sent to a recipient who is paused', async () => {
    const world = await withSink();
    const followUp = await aDueFollowUp(world);
    await pauseRecipient(followUp.recipient, 'They asked for time.', (await aUser())._id, world.clock.now());

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect(world.sink.messages).toHaveLength(0);
    expect((await findFollowUp(followUp._id)).stateReasons).toEqual([
      'Writing to them is paused: They asked for time. Resume it on the recipient’s page when that is over.',
    ]);
  });

  test('the same text leaves once, also when two of it are due together', async () => {
    const world = await withSink();
    const recipient = await aRecipient();
    await anApprovedFollowUp(world, { recipient });
    await anApprovedFollowUp(world, { recipient });
    await anApprovedFollowUp(world, { recipient, body: 'Other words.' });
    world.clock.pass({ hours: 1 });

    // nobody is sent two on one day
    expect(await run(world.deps)).toBe('Follow-ups: 1 held, 2 deferred.');
    world.clock.pass({ minutes: 1 });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
    world.clock.pass({ hours: 24 });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
    expect(world.sink.messages.map(({ mail }) => mail.text?.trim()).toSorted()).toEqual([
      'Other words.',
      'We look forward to an answer.',
    ]);
  });

  test('while it is not known whether an earlier one went, the next one is held', async () => {
    const world = await withSink();
    const recipient = await aRecipient();
    const first = await anApprovedFollowUp(world, { recipient });
    await FollowUp.updateOne({ _id: first._id }, { $set: { state: 'uncertain' } });
    await anApprovedFollowUp(world, { recipient, body: 'Other words.' });
    world.clock.pass({ hours: 1 });

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect(world.sink.messages).toHaveLength(0);
  });

  test('what would arrive outside the hours of the campaign is held, whatever the clock of this machine says', async () => {
    const world = await withSink();
    const campaign = await aCampaign({ window: DEFAULT_WINDOW });
    const office = await anOffice({ timeZone: 'Asia/Kathmandu' });
    const recipient = await aRecipient({ campaign: campaign._id, office: office._id });
    // 18:45 there
    const dueAt = new Date('2026-11-24T13:00:00Z');
    await anApprovedFollowUp(world, { recipient, dueAt });
    world.clock.pass({ hours: 1 });

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect(world.sink.messages).toHaveLength(0);
  });

  test('an approval that is too old is void', async () => {
    const world = await withSink();
    const dueAt = new Date(world.clock.now().getTime() + 14 * 86_400_000);
    const followUp = await anApprovedFollowUp(world, { dueAt });
    world.clock.pass({ hours: 15 * 24 });

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect((await findFollowUp(followUp._id)).stateReasons.join(' ')).toMatch(
      /more than 14 days before it would leave/,
    );
  });

  test('words that were changed behind the approval are not sent', async () => {
    const world = await withSink();
    const followUp = await anApprovedFollowUp(world);
    await FollowUp.updateOne({ _id: followUp._id }, { $set: { text: 'Other words' } });
    world.clock.pass({ hours: 1 });

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect(world.sink.messages).toHaveLength(0);
  });
});

describe('the mail server', () => {
  test('a temporary refusal is tried again with growing pauses, and given up in the end with the server’s words', async () => {
    const world = await withSink();
    world.sink.behave({ onRecipient: () => ({ code: 451, message: 'greylisted, come back later' }) });
    const followUp = await aDueFollowUp(world);

    expect(await run(world.deps)).toBe('Follow-ups: 1 deferred.');
    expect(await run(world.deps)).toBe('No follow-up is due.');
    expect(await findFollowUp(followUp._id)).toMatchObject({
      state: 'scheduled',
      attempts: 1,
      response: expect.stringContaining('greylisted'),
    });
    for (const minutes of [1, 5, 15, 60, 120, 240, 480]) {
      world.clock.pass({ minutes });
      await run(world.deps);
    }
    expect(await findFollowUp(followUp._id)).toMatchObject({
      state: 'failed',
      attempts: 8,
      stateReasons: ['It was tried 8 times and never got through.'],
    });
  });

  test('a temporary refusal that passes lets the message through, once', async () => {
    const world = await withSink();
    let asked = 0;
    world.sink.behave({ onRecipient: () => (++asked === 1 ? { code: 450, message: 'busy' } : undefined) });
    await aDueFollowUp(world);

    await run(world.deps);
    world.clock.pass({ minutes: 1 });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
    expect(world.sink.messages).toHaveLength(1);
  });

  test('a refusal for good fails at once with the server’s words', async () => {
    const world = await withSink();
    world.sink.behave({ onRecipient: () => ({ code: 550, message: 'no such mailbox here' }) });
    const followUp = await aDueFollowUp(world);

    expect(await run(world.deps)).toBe('Follow-ups: 1 failed.');
    expect(await findFollowUp(followUp._id)).toMatchObject({
      state: 'failed',
      response: expect.stringContaining('no such mailbox here'),
    });
  });

  test('an address that does not exist gets no second mail until the office has another one', async () => {
    const world = await withSink();
    world.sink.behave({ onRecipient: () => ({ code: 550, message: '5.1.1 User unknown' }) });
    const first = await aDueFollowUp(world);
    await run(world.deps);
    world.sink.behave({ onRecipient: undefined });
    const recipient = await findRecipient(first.recipient);
    const second = await aDueFollowUp(world, { recipient, body: 'Other words.' });

    expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
    expect(await findFollowUp(second._id)).toMatchObject({
      stateReasons: [
        'The last mail to this address was refused: the address does not exist. Correct the office’s address first.',
      ],
    });

    await Office.updateOne({ _id: recipient.office }, { $set: { email: 'found@example.org' } });
    await aDueFollowUp(world, { recipient, body: 'Other words.' });
    expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
    expect(world.sink.messages.map(({ to }) => to)).toEqual([['found@example.org']]);
  });

  test('a refusal after the message was read fails it too', async () => {
    const world = await withSink();
    world.sink.behave({ onMessage: () => ({ code: 554, message: 'looks like spam' }) });
    const followUp = await aDueFollowUp(world);

    expect(await run(world.deps)).toBe('Follow-ups: 1 failed.');
    expect((await findFollowUp(followUp._id)).response).toContain('looks like spam');
  });

  test('nobody listening leaves the row in place, to be tried again', async () => {
    const world = await withSink();
    await world.sink.close();
    const followUp = await aDueFollowUp(world);

    expect(await run(world.deps)).toBe('Follow-ups: 1 deferred.');
    expect((await findFollowUp(followUp._id)).response).toMatch(/could not be reached/);
  });

  test('a connection lost after the message was handed over is uncertain, and never sent again by itself', async () => {
    const world = await withSink();
    world.sink.behave({ onMessage: () => 'drop' });
    const followUp = await aDueFollowUp(world);

    expect(await run(world.deps)).toBe('Follow-ups: 1 uncertain.');
    world.sink.behave({ onMessage: () => undefined });
    world.clock.pass({ hours: 12 });
    expect(await run(world.deps)).toBe('No follow-up is due.');
    expect((await findFollowUp(followUp._id)).state).toBe('uncertain');
    expect(world.sink.messages).toHaveLength(0);
    expect(world.sink.unanswered).toHaveLength(1);
  });
});

test('a claim whose worker died becomes uncertain after ten minutes, and a person decides', async () => {
  const world = await withSink();
  const followUp = await aDueFollowUp(world);
  await claimedByTheDead(followUp, world);

  expect(await run(world.deps)).toBe('No follow-up is due.');
  world.clock.pass({ minutes: 11 });
  expect(await run(world.deps)).toBe('Follow-ups: 1 uncertain.');
  expect(world.sink.messages).toHaveLength(0);
});

test('what a dying worker had written into history counts as sent, not as uncertain', async () => {
  const world = await withSink();
  const followUp = await aDueFollowUp(world);
  await claimedByTheDead(followUp, world);
  await recordSent([{ ...followUp, sentAt: world.clock.now() }], world.clock.now());
  world.clock.pass({ minutes: 11 });

  expect(await run(world.deps)).toBe('No follow-up is due.');
  expect(await findFollowUp(followUp._id)).toMatchObject({ state: 'sent' });
  expect((await findRecipient(followUp.recipient)).delivery).toBe('sent');
  expect(world.sink.messages).toHaveLength(0);
});

test('history is told once, however often', async () => {
  const world = await withSink();
  const followUp = await anApprovedFollowUp(world);
  const sent = { ...followUp, sentAt: world.clock.now() };

  await recordSent([sent], world.clock.now());
  await recordSent([sent], world.clock.now());
  expect(await Entry.countDocuments({ followUp: followUp._id })).toBe(1);
});

test('switching the campaign back to capturing keeps what is due in the house', async () => {
  const world = await withSink();
  const followUp = await anApprovedFollowUp(world);
  await Campaign.updateOne({ _id: followUp.campaign }, { $unset: { liveSince: 1 } });
  world.clock.pass({ hours: 1 });

  expect(await run(world.deps)).toBe('Follow-ups: 1 captured.');
  expect(world.sink.messages).toHaveLength(0);
});
