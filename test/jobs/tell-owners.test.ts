import { afterEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import { run } from '../../jobs/tell-owners.js';
import { run as sendDue } from '../../jobs/send-due.js';
import { FollowUp, type FollowUpRecord } from '../../src/follow-ups/follow-up.model.js';
import { cancelFollowUp } from '../../src/follow-ups/cancel.js';
import { findFollowUp } from '../../src/follow-ups/plan.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { Notice } from '../../src/mail/notice.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { unsubscribeToken } from '../../src/reminders/unsubscribe-token.js';
import { addSuppression } from '../../src/suppressions/suppressions.js';
import { turnRemindersOff, turnRemindersOn } from '../../src/users/reminders-off.js';
import { User } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aCampaign, aFollowUp, anEntry, aRecipient, aUser } from '../support/factories.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';
import { planWith } from '../support/plans.js';
import { aVisitor } from '../support/visitor.js';

useDatabase();

let sink: Sink | undefined;
afterEach(async () => {
  await sink?.close();
  sink = undefined;
});

/** A mail server, and a recipient of a campaign that Ana owns. */
async function aWorld() {
  sink = await startSink();
  const world = createTestApp({ smtpUrl: sink.url, baseUrl: 'https://answerable.example' });
  const ana = await aUser({ name: 'Ana Example', email: 'ana@example.org', timeZone: 'America/New_York' });
  const campaign = await aCampaign({ owner: ana._id });
  const recipient = await aRecipient({ campaign: campaign._id });
  return { ...world, sink, ana, campaign, recipient };
}

/** A follow-up that was settled now. */
const settled = (
  { clock, recipient }: TestApp & { recipient: { _id: FollowUpRecord['recipient'] } },
  own: Partial<FollowUpRecord> = {},
) => {
  const state = own.state ?? 'sent';
  return aFollowUp({
    recipient: recipient._id,
    state,
    settledAs: state,
    settledAt: clock.now(),
    toldAt: null,
    ...own,
  });
};

const told = (of: Sink) => of.messages.flatMap(({ to }) => to).sort((a, b) => a.localeCompare(b));
const subjects = (of: Sink) => of.messages.map(({ mail }) => mail.subject);
const toldAt = async ({ _id }: FollowUpRecord) => (await findFollowUp(_id)).toldAt ?? null;

test('the sweep that settles, then one mail with what came of it: who, what, when, why, and where to look', async () => {
  const world = await aWorld();
  const { deps, clock, sink, recipient, campaign } = world;
  const went = await anApprovedFollowUp(world, { recipient, subject: 'Our letter', body: 'canary body' });
  const other = await aRecipient({ campaign: campaign._id });
  const kept = await anApprovedFollowUp(world, { recipient: other, subject: 'Once more' });
  await Recipient.updateOne(
    { _id: other._id },
    { $set: { pausedAt: clock.now(), pauseReason: 'They asked.' } },
  );
  clock.pass({ hours: 1 });
  await sendDue(deps);
  sink.messages.length = 0;

  expect(await run(deps)).toBe('News: 1 sent.');
  expect(told(sink)).toEqual(['ana@example.org']);
  const { mail, raw } = sink.messages[0]!;
  expect(mail.subject).toBe('1 follow-up went out, 1 is held');
  expect(mail.text).toContain('“Our letter”, 24 November 2026, 08:00.');
  expect(mail.text).toContain(`https://answerable.example/follow-ups/${String(went._id)}`);
  expect(mail.text).toContain(`${other.organisationName}, ${other.officeTitle}: “Once more”`);
  expect(mail.text).toContain('Writing to them is paused: They asked.');
  expect(mail.text!.indexOf('Once more')).toBeLessThan(mail.text!.indexOf('Our letter'));
  expect(raw.toString()).not.toMatch(/canary/);
  expect(await toldAt(went)).toEqual(clock.now());
  expect(await toldAt(kept)).toEqual(clock.now());
  clock.pass({ hours: 2 });
  expect(await run(deps)).toBe('There is no news for anybody.');
});

test('two runs within an hour send one mail, and the next hour’s mail has the rest', async () => {
  const world = await aWorld();
  const { deps, clock, sink } = world;
  await settled(world, { subject: 'The first' });
  await run(deps);
  clock.pass({ minutes: 10 });
  await settled(world, { subject: 'The second' });
  expect(await run(deps)).toBe('There is no news for anybody.');
  expect(sink.messages).toHaveLength(1);
  clock.pass({ minutes: 50 });
  expect(await run(deps)).toBe('News: 1 sent.');
  expect(sink.messages).toHaveLength(2);
  expect(sink.messages[1]!.mail.text).toContain('The second');
  expect(sink.messages[1]!.mail.text).not.toContain('The first');
});

test('a mail at ten to is not followed by one on the hour', async () => {
  const world = await aWorld();
  const { deps, clock, sink } = world;
  clock.pass({ minutes: 50 });
  await settled(world);
  await run(deps);
  clock.pass({ minutes: 10 });
  await settled(world);
  expect(await run(deps)).toBe('There is no news for anybody.');
  clock.pass({ minutes: 50 });
  expect(await run(deps)).toBe('News: 1 sent.');
  expect(sink.messages).toHaveLength(2);
});

test('runs at once send one mail', async () => {
  const world = await aWorld();
  await settled(world);
  await Promise.all([run(world.deps), run(world.deps), run(world.deps)]);
  expect(world.sink.messages).toHaveLength(1);
});

test('a process that ended between the mail and the mark: not again in that hour, once more in the next', async () => {
  const world = await aWorld();
  const { deps, clock, sink } = world;
  const followUp = await settled(world);
  await run(deps);
  await FollowUp.updateOne({ _id: followUp._id }, { $set: { toldAt: null } });
  clock.pass({ minutes: 59 });
  await run(deps);
  expect(sink.messages).toHaveLength(1);
  clock.pass({ minutes: 1 });
  await run(deps);
  expect(sink.messages).toHaveLength(2);
  expect(await toldAt(followUp)).toEqual(clock.now());
});

test('a process that ended before the mail had gone: it comes in the next hour', async () => {
  const world = await aWorld();
  const { deps, clock, sink, ana } = world;
  await settled(world);
  const row = {
    messageId: '<a@example.org>',
    to: ana.email,
    subject: 'News',
    kind: 'news',
    state: 'sending',
  };
  const key = `news ${String(ana._id)} 2026-11-24T12`;
  await Notice.create({ ...row, key, createdAt: clock.now(), expiresAt: new Date('2027-11-24') } as never);
  await run(deps);
  expect(sink.messages).toHaveLength(0);
  clock.pass({ hours: 1 });
  await run(deps);
  expect(sink.messages).toHaveLength(1);
});

test.each([
  ['is busy', { onRecipient: () => ({ code: 451, message: 'later' }) }, '1 deferred', 10],
  ['refuses', { onMessage: () => ({ code: 554, message: 'no' }) }, '1 failed', 60],
  ['hangs up without an answer', { onMessage: () => 'drop' as const }, '1 uncertain', 60],
])(
  'while the mail server %s nothing counts as told, and it comes later',
  async (_what, hooks, said, minutes) => {
    const world = await aWorld();
    const { deps, clock, sink } = world;
    const followUp = await settled(world);
    sink.behave(hooks);
    expect(await run(deps)).toBe(`News: ${said}.`);
    expect(await toldAt(followUp)).toBeNull();
    sink.behave({ onRecipient: () => undefined, onMessage: () => undefined });
    clock.pass({ minutes });
    expect(await run(deps)).toBe('News: 1 sent.');
    expect(await toldAt(followUp)).toEqual(clock.now());
  },
);

test('what nobody could be told of for a week is counted and not listed', async () => {
  const world = await aWorld();
  const { deps, clock, sink } = world;
  const old = await settled(world, { subject: 'Long ago' });
  clock.pass({ days: 7, minutes: 1 });
  await settled(world, { subject: 'Just now' });
  await run(deps);
  const { mail } = sink.messages[0]!;
  expect(mail.subject).toBe('1 follow-up went out');
  expect(mail.text).toContain('One follow-up came to an end more than 7 days ago');
  expect(mail.text).not.toContain('Long ago');
  expect(await toldAt(old)).toEqual(clock.now());
});

test('a follow-up that was settled before this was noted is never told', async () => {
  const { deps, sink, recipient } = await aWorld();
  for (const state of ['sent', 'held', 'failed', 'uncertain', 'cancelled'] as const)
    await aFollowUp({ recipient: recipient._id, state });
  expect(await run(deps)).toBe('There is no news for anybody.');
  expect(sink.messages).toHaveLength(0);
});

test('what a person has dealt with since is no news; what is settled anew is', async () => {
  const world = await aWorld();
  const { deps, clock, sink } = world;
  const held = await settled(world, { state: 'held' });
  await cancelFollowUp(held._id, 'Ana cancelled it.');
  await settled(world, { state: 'planned', settledAs: 'failed' });
  expect(await run(deps)).toBe('There is no news for anybody.');

  const lost = await settled(world, {
    state: 'sending',
    settledAs: 'held',
    settledAt: new Date('2026-11-24T09:00:00Z'),
    toldAt: new Date('2026-11-24T09:00:00Z'),
    claim: { id: 'dead', at: clock.now() },
  });
  clock.pass({ minutes: 11 });
  await sendDue(deps);
  expect(await findFollowUp(lost._id)).toMatchObject({
    settledAs: 'uncertain',
    settledAt: clock.now(),
    toldAt: null,
  });
  await run(deps);
  expect(subjects(sink)).toEqual(['1 follow-up is uncertain']);
});

test('one that is tried again later is not settled', async () => {
  const world = await aWorld();
  const { deps, clock, sink, recipient } = world;
  const followUp = await anApprovedFollowUp(world, { recipient });
  sink.behave({ onRecipient: () => ({ code: 451, message: 'later' }) });
  clock.pass({ hours: 1 });
  expect(await sendDue(deps)).toBe('Follow-ups: 1 deferred.');
  expect((await findFollowUp(followUp._id)).settledAt).toBeUndefined();
});

test('an answer that came in between cancels it, and its owner is told', async () => {
  const world = await aWorld();
  const { deps, clock, sink, recipient } = world;
  await anApprovedFollowUp(world, { recipient });
  clock.pass({ hours: 1 });
  await anEntry({ recipient: recipient._id, direction: 'in', receivedAs: 'reply', recordedAt: clock.now() });
  await sendDue(deps);
  await run(deps);
  expect(subjects(sink)).toEqual(['1 follow-up was cancelled']);
});

test.each([
  ['in history it was sent', 'sent'],
  ['in the outbox it was captured', 'captured'],
] as const)('a row that a dead worker left and that stands %s, is told as that', async (_where, state) => {
  const world = await aWorld();
  const { deps, clock, sink } = world;
  const lost = await aFollowUp({
    recipient: world.recipient._id,
    state: 'sending',
    claim: { id: 'dead', at: clock.now() },
  });
  if (state === 'sent')
    await anEntry({ recipient: lost.recipient, direction: 'out', kind: 'email', followUp: lost._id });
  else
    await CapturedMessage.create({
      messageId: lost.messageId,
      kind: 'follow-up',
      to: 'a@example.org',
      subject: 'Our letter',
      raw: Buffer.from('a'),
      why: 'A test.',
      capturedAt: clock.now(),
    });
  clock.pass({ minutes: 11 });
  await sendDue(deps);
  await run(deps);
  expect(subjects(sink)).toEqual([`1 follow-up ${state === 'sent' ? 'went out' : 'was captured'}`]);
});

describe('who is told', () => {
  test('whoever looks after the recipient, and each only of their own', async () => {
    const world = await aWorld();
    const ben = await aUser({ email: 'ben@example.org' });
    const bens = await aRecipient({ campaign: world.campaign._id, owner: ben._id });
    await settled(world, { subject: 'For Ana' });
    await settled({ ...world, recipient: bens }, { subject: 'For Ben' });
    expect(await run(world.deps)).toBe('News: 2 sent.');
    expect(told(world.sink)).toEqual(['ana@example.org', 'ben@example.org']);
    const toBen = world.sink.messages.find(({ to }) => to.includes(ben.email))!.mail;
    expect(toBen.text).toContain('“For Ben”, 24 November 2026, 12:00.');
    expect(toBen.text).not.toContain('For Ana');
  });

  test('every administrator, each once, where the owner’s account is closed', async () => {
    const world = await aWorld();
    const { deps, clock, sink, ana } = world;
    await User.updateOne({ _id: ana._id }, { $set: { closedAt: clock.now() } });
    await aUser({ role: 'admin', email: 'cleo@example.org' });
    const dee = await aUser({ role: 'admin', email: 'dee@example.org' });
    const followUp = await settled(world);
    sink.behave({
      onRecipient: (address) => (address === dee.email ? { code: 451, message: 'later' } : undefined),
    });
    expect(await run(deps)).toBe('News: 1 sent, 1 deferred.');
    expect(await toldAt(followUp)).toBeNull();
    sink.behave({ onRecipient: () => undefined });
    clock.pass({ hours: 1 });
    expect(await run(deps)).toBe('News: 1 sent.');
    expect(told(sink)).toEqual(['cleo@example.org', 'dee@example.org']);
    expect(await toldAt(followUp)).toEqual(clock.now());
  });

  test('nobody who turned reminders off, and nobody else instead; turned on again, only of what comes then', async () => {
    const world = await aWorld();
    const { deps, clock, sink, ana } = world;
    await aUser({ role: 'admin' });
    await turnRemindersOff(String(ana._id), clock.now());
    await settled(world, { subject: 'Unwanted' });
    expect(await run(deps)).toBe('News: 1 not wanted.');
    await turnRemindersOn(String(ana._id));
    await settled(world, { subject: 'Wanted' });
    await run(deps);
    expect(told(sink)).toEqual(['ana@example.org']);
    expect(sink.messages[0]!.mail.text).not.toContain('Unwanted');
  });

  test('the mail names the way to turn such mails off, in one click', async () => {
    const world = await aWorld();
    const { deps, app, sink, ana } = world;
    await settled(world);
    await run(deps);
    const { mail } = sink.messages[0]!;
    const link = `https://answerable.example/unsubscribe/${unsubscribeToken(String(ana._id), deps.sessionSecret)}`;
    expect(mail.headers.get('list')).toMatchObject({ unsubscribe: { url: link } });
    expect(mail.text).toContain(link);
    await aVisitor({ app }).postRaw(new URL(link).pathname, 'List-Unsubscribe=One-Click');
    await settled(world);
    world.clock.pass({ hours: 1 });
    expect(await run(deps)).toBe('News: 1 not wanted.');
  });

  test('nobody whose address is not to be written to; it is not said later', async () => {
    const world = await aWorld();
    const { deps, clock, sink, ana } = world;
    const own = { organisation: '', reason: 'She asked.', source: 'A call', until: '', from: '2026-11-24' };
    await addSuppression({ kind: 'address', value: ana.email, ...own }, ana._id, clock.now());
    const followUp = await settled(world);
    expect(await run(deps)).toBe('News: 1 suppressed.');
    expect(sink.messages).toHaveLength(0);
    expect(await toldAt(followUp)).toEqual(clock.now());
  });
});

test('the index answers which are to be told, however many have been', async () => {
  const recipient = new Types.ObjectId();
  const now = Date.now();
  const rows = Array.from({ length: 5000 }, (_, revision) => {
    const settledAt = new Date(now - revision * 3_600_000);
    return { recipient, revision, state: 'sent', settledAs: 'sent', settledAt, toldAt: settledAt };
  });
  await FollowUp.collection.insertMany(rows);
  const filter = { settledAt: { $gte: new Date(now - 86_400_000), $lte: new Date(now) }, toldAt: null };
  const query = { collection: 'followups', filter, options: { sort: { settledAt: 1 } } };
  expect(await planWith(/settledAt_1_toldAt_1/, query)).toContain('settledAt_1_toldAt_1');
}, 120_000);
