import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../../jobs/send-due.js';
import { setStance } from '../../src/commitments/set-stance.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { findFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import { appendEntry } from '../../src/history/append-entry.js';
import { Entry } from '../../src/history/entry.model.js';
import { replyAddress } from '../../src/mail/reply-address.js';
import { evenRemoved } from '../../src/removal.model.js';
import { Office } from '../../src/organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { putRecipientBack, removeRecipient } from '../../src/recipients/remove.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, anEntry, aRecipient, aUser, NOW, type TestUser } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { anIncoming } from '../support/incoming.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

const WHY = 'It is the wrong office.';
const REASON = 'They were removed from the campaign: It is the wrong office.';
const REPLY_TO = 'replies@example.org';

let sink: Sink;
let world: TestApp;
let ana: TestUser;
let recipient: RecipientRecord;
beforeEach(async () => {
  sink = await startSink();
  world = createTestApp({ smtpUrl: sink.url, replyTo: REPLY_TO, now: NOW });
  ana = await aUser();
  recipient = await aRecipient();
});
afterEach(async () => {
  world.deps.post.close();
  await sink.close();
});

const remove = () => removeRecipient(recipient._id, { by: ana._id, now: world.clock.now(), why: WHY });
const stored = async (): Promise<RecipientRecord> =>
  (await Recipient.findById(recipient._id, null, evenRemoved).lean<RecipientRecord>())!;
/** What a removal writes at the moment in which it is done, whatever else happens then. */
const mark = () =>
  Recipient.updateOne({ _id: recipient._id }, { $set: { removed: { by: ana._id, at: NOW, why: WHY } } });

describe('what is due for a recipient that is removed', () => {
  test('is not handed over, although a worker had claimed it, and is cancelled with the reason', async () => {
    const { _id } = await anApprovedFollowUp(world, { recipient, dueAt: NOW });
    sink.behave({
      onRecipient: async () => {
        world.clock.pass({ minutes: 2 });
        await mark();
      },
    });
    await run(world.deps);
    world.clock.pass({ minutes: 2 });
    await run(world.deps);
    expect(sink.messages).toHaveLength(0);
    expect(await findFollowUp(_id)).toMatchObject({ state: 'cancelled', stateReasons: [REASON] });
  });

  test('is not captured either', async () => {
    const { _id } = await anApprovedFollowUp(world, { recipient, dueAt: NOW, live: false });
    await mark();
    await run(world.deps);
    expect(await findFollowUp(_id)).toMatchObject({ state: 'cancelled', stateReasons: [REASON] });
  });

  test('does not leave when they are put back, although it was written in the moment of the removal', async () => {
    const { _id } = await anApprovedFollowUp(world, { recipient });
    await mark();
    await putRecipientBack(recipient._id, { by: ana._id, now: world.clock.now() });
    world.clock.pass({ hours: 1 });
    await run(world.deps);
    expect(sink.messages).toHaveLength(0);
    expect(await findFollowUp(_id)).toMatchObject({ state: 'cancelled', stateReasons: [REASON] });
  });

  test('leaves, and keeps the recipient from being removed, where it is just being sent', async () => {
    const { _id } = await anApprovedFollowUp(world, { recipient, dueAt: NOW });
    const asked: unknown[] = [];
    sink.behave({
      onRecipient: async () => {
        asked.push(await remove().catch((error: unknown) => (error as Error).message));
      },
    });
    await run(world.deps);
    expect(asked).toEqual([expect.stringMatching(/^Something happened with them\./)]);
    expect(sink.messages).toHaveLength(1);
    expect(await findFollowUp(_id)).toMatchObject({ state: 'sent' });
    expect((await stored()).removed).toBeUndefined();
  });

  test('is cancelled where it was planned at the moment of the removal', async () => {
    await remove();
    const words = { subject: 'Our letter', body: 'We have not heard from you.', dueAt: NOW };
    const id = await planFollowUp(recipient, words, ana._id, world.deps);
    expect(await findFollowUp(id)).toMatchObject({ state: 'cancelled', stateReasons: [REASON] });
  });
});

describe('a recipient with whom something happens at the moment of its removal', () => {
  test('is there again: with an entry, or with what they said to an ask', async () => {
    const { campaign, _id } = recipient;
    await mark();
    const call = { kind: 'call', direction: 'out', occurredAt: NOW, precision: 'time' } as const;
    await appendEntry({ recipient: _id, campaign, ...call, recordedAt: NOW });
    expect((await stored()).removed).toBeNull();
    await mark();
    const [ask] = (await Campaign.findById(campaign).lean())!.asks;
    const form = {
      stance: 'declined',
      on: '2026-11-20',
      quote: '',
      source: '',
      note: '',
      entry: '',
    } as const;
    await setStance({ recipient, ask: ask! }, form, { by: ana, now: NOW });
    expect((await stored()).removed).toBeNull();
  });

  test('is never removed with a history, however the two meet', async () => {
    for (let round = 0; round < 12; round += 1) {
      recipient = await aRecipient();
      const logging = pause(round / 2).then(() => anEntry({ recipient: recipient._id }).catch(() => {}));
      await remove().catch(() => {});
      await logging;
      const entries = await Entry.countDocuments({ recipient: recipient._id });
      expect([entries, Boolean((await stored()).removed)]).toEqual([entries, entries === 0]);
    }
  });
});

describe('mail that comes in for a recipient that is removed', () => {
  const officeEmail = async () => (await Office.findById(recipient.office).lean())!.email;

  test('is placed nowhere and suggests nobody, until the recipient is put back', async () => {
    const from = `Kim Invented <${await officeEmail()}>`;
    await remove();
    expect(await anIncoming({ from }, world)).toMatchObject({ state: 'waiting', suggestions: [] });
    expect((await stored()).unreadMail).toBeUndefined();
    await putRecipientBack(recipient._id, { by: ana._id, now: world.clock.now() });
    const [suggestion] = (await anIncoming({ from }, world)).suggestions;
    expect(suggestion!.recipient).toEqual(recipient._id);
  });

  test('waits for a person, with the reason, also where it answers what was captured for them', async () => {
    const { _id } = await aFollowUp({ recipient: recipient._id, state: 'captured', sentAt: NOW });
    await remove();
    const ids = { followUp: String(_id), recipient: String(recipient._id) };
    const to = replyAddress(REPLY_TO, ids, world.deps.sessionSecret);
    const mail = await anIncoming({ to, from: `Kim Invented <${await officeEmail()}>` }, world);
    expect(mail).toMatchObject({ state: 'waiting', recipient: null, suggestions: [] });
    expect(mail.refused.join(' ')).toContain('It answers a message to a recipient that was removed');
    expect(await Entry.countDocuments()).toBe(0);
  });
});
