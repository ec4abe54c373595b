import { afterEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import mongoose from 'mongoose';
import { buffer } from 'node:stream/consumers';
import { run } from '../../jobs/send-due.js';
import { Campaign } from '../../src/campaigns/campaign.model.js';
import { approveFollowUp } from '../../src/follow-ups/approve.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { seenHashOf } from '../../src/follow-ups/follow-up.rules.js';
import { editFollowUp, findFollowUp, planFollowUp } from '../../src/follow-ups/plan.js';
import { openAttachment, storeAttachments } from '../../src/history/attachments.js';
import { Entry } from '../../src/history/entry.model.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { approve, aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aRecipient, aUser } from '../support/factories.js';
import { signInAs } from '../support/visitor.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

let sink: Sink | undefined;
afterEach(async () => {
  await sink?.close();
  sink = undefined;
});

const MISSING = 'The attachment Größe.pdf is missing. Edit the follow-up and attach it again.';
/** Every byte there is, in a file that is larger than one chunk of the database. */
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), ...Array<Buffer>(2000).fill(everyByte)]);
const text = Buffer.from('One line \r\nand another\nwith Grüße\r\n.\r\nFrom here on\n\n');
const files = [
  { originalname: 'Größe.pdf', buffer: pdf },
  { originalname: '/etc/hostname', buffer: text },
];
const chunks = () => mongoose.connection.collection('attachments.chunks');

async function withSink() {
  sink = await startSink();
  return { ...createTestApp({ smtpUrl: sink.url }), sink };
}

/** Planned with these files, approved, and due. */
async function aDueFollowUp({ deps, clock }: TestApp, { live = true, attached = files } = {}) {
  const recipient = await aRecipient();
  if (live) await Campaign.updateOne({ _id: recipient.campaign }, { $set: { liveSince: clock.now() } });
  const by = (await aUser())._id;
  const words = { subject: 'Our letter', body: 'We look forward to an answer.' };
  const added = await storeAttachments(attached);
  const dueAt = new Date(clock.now().getTime() + 3_600_000);
  const id = await planFollowUp(recipient, { ...words, dueAt, added }, by, deps);
  const { from } = deps.post;
  await approveFollowUp(id, {
    seenHash: seenHashOf(await findFollowUp(id), from),
    by,
    from,
    now: clock.now(),
  });
  clock.pass({ hours: 1 });
  return findFollowUp(id);
}

test('what is attached arrives byte for byte, and stays readable from the timeline', async () => {
  const world = await withSink();
  const followUp = await aDueFollowUp(world);

  expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');
  expect(await run(world.deps)).toBe('No follow-up is due.');

  const [{ mail }] = world.sink.messages as [(typeof world.sink.messages)[0]];
  expect(mail.text?.trim()).toBe('We look forward to an answer.');
  expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
    ['Größe.pdf', 'application/pdf'],
    ['hostname', 'text/plain'],
  ]);
  expect(mail.attachments.map(({ content }, i) => content.equals(files[i]!.buffer))).toEqual([true, true]);
  const entry = (await Entry.findOne({ followUp: followUp._id }).lean())!;
  expect(entry.attachments).toEqual(followUp.attachments);
  const { stream } = await openAttachment(entry.attachments, followUp.attachments![0]!.file);
  expect((await buffer(stream)).equals(pdf)).toBe(true);
});

test.each<[string, () => Promise<unknown>]>([
  ['is gone', () => mongoose.connection.collection('attachments.files').deleteOne({ filename: 'Größe.pdf' })],
  ['has lost a part', () => chunks().deleteOne({ n: 1 })],
  [
    'holds other bytes than were approved',
    async () => {
      const chunk = (await chunks().findOne({ n: 1 }))!;
      const data = Buffer.from((chunk['data'] as { buffer: Buffer }).buffer);
      data[0]! ^= 1;
      await chunks().updateOne({ _id: chunk._id }, { $set: { data } });
    },
  ],
])('where a file %s, nothing leaves and a person is told which one', async (_what, lose) => {
  const world = await withSink();
  const followUp = await aDueFollowUp(world);
  await lose();

  expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
  expect(await run(world.deps)).toBe('No follow-up is due.');
  expect(world.sink.messages).toHaveLength(0);
  expect(await findFollowUp(followUp._id)).toMatchObject({
    state: 'held',
    stateReasons: [MISSING],
    approval: null,
  });
  expect(await Entry.countDocuments({ followUp: followUp._id })).toBe(0);
});

test('a row that names another file than was approved is held', async () => {
  const world = await withSink();
  const { _id } = await aDueFollowUp(world);
  const [other] = await storeAttachments([
    { originalname: 'Größe.pdf', buffer: Buffer.from('Other words.') },
  ]);
  await FollowUp.collection.updateOne({ _id }, { $set: { attachments: [other] as never } });

  expect(await run(world.deps)).toBe('Follow-ups: 1 held.');
  expect((await findFollowUp(_id)).stateReasons).toEqual([expect.stringMatching(/not what was approved/)]);
});

test('while the campaign is not live it is captured with what is attached, and the outbox names it', async () => {
  const world = await withSink();
  await aDueFollowUp(world, { live: false });
  const staff = await signInAs(world, 'staff');

  expect(await run(world.deps)).toBe('Follow-ups: 1 captured.');
  expect(world.sink.messages).toHaveLength(0);
  const captured = (await CapturedMessage.findOne())!;
  const { attachments } = await simpleParser(Buffer.from(captured.raw));
  expect(attachments.map(({ content }, i) => content.equals(files[i]!.buffer))).toEqual([true, true]);
  const page = await staff.get(`/outbox/${String(captured._id)}`);
  expect(page.main).toContain(`Größe.pdf (application/pdf, ${pdf.length.toLocaleString('en-GB')} bytes)`);
  expect(page.main).toContain('Show how the source begins');
  expect(page.$('pre.source').last().text().length).toBeLessThanOrEqual(100_000);
});

test('the most that one mail may have attached fits into the outbox', async () => {
  const world = createTestApp();
  await aDueFollowUp(world, {
    attached: [{ originalname: 'most.txt', buffer: Buffer.alloc(10 * 1024 * 1024, 'a') }],
  });

  expect(await run(world.deps)).toBe('Follow-ups: 1 captured.');
  expect((await CapturedMessage.findOne())!.raw.length).toBeGreaterThan(13 * 1024 * 1024);
}, 60_000);

test('a step of a cadence that is planned anew keeps what is attached, and its approval stands', async () => {
  const world = await withSink();
  const { recipient, by } = await aRunningCadence(world);
  const [, , third] = await stepsOf(recipient);
  const { subjectTemplate: subject, bodyTemplate: body, dueAt } = third!;
  const added = await storeAttachments(files);
  await editFollowUp(third!._id, { subject, body, dueAt, added }, by, world.deps);
  await approve(await findFollowUp(third!._id), by, world);

  world.clock.set('2026-11-25T09:00:00Z');
  await run(world.deps);
  const moved = await findFollowUp(third!._id);
  expect(moved.dueAt.getTime()).toBeGreaterThan(dueAt.getTime());
  expect(moved).toMatchObject({
    state: 'scheduled',
    attachments: [{ name: 'Größe.pdf' }, { name: 'hostname' }],
  });
  for (const day of ['2026-11-26', '2026-11-27', '2026-12-01']) {
    world.clock.set(`${day}T16:00:00Z`);
    await run(world.deps);
  }
  expect(world.sink.messages.map(({ mail }) => mail.attachments.length)).toEqual([0, 0, 2]);
});
