import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { run } from '../../jobs/send-due.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { CapturedMessage } from '../../src/mail/captured-message.model.js';
import { sendNotice } from '../../src/mail/notices.js';
import { createTestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aDkimKey, verifyDkim } from '../support/dkim.js';
import { anApprovedFollowUp } from '../support/follow-ups.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

const { privateKey, publicKey } = aDkimKey();
const dkim = { domain: 'example.org', selector: 'letter2026', privateKey };

let sink: Sink;
beforeEach(async () => {
  sink = await startSink();
});
afterEach(() => sink.close());

/** Texts that a signer may get wrong: spaces in a row and at the end, empty lines, a line that begins with a dot. */
const body = 'Grüße   an alle, \n\n.eine Zeile mit Punkt\n\n…\n\n\n';

test('a follow-up arrives with a signature that holds, of the bytes that arrived', async () => {
  const world = createTestApp({ smtpUrl: sink.url, dkim });
  const followUp = await anApprovedFollowUp(world, { subject: 'Unser Brief, größer als sonst', body });
  world.clock.pass({ hours: 1 });
  expect(await run(world.deps)).toBe('Follow-ups: 1 sent.');

  const [{ raw, mail }] = sink.messages as [(typeof sink.messages)[0]];
  expect(mail.messageId).toBe(followUp.messageId);
  const { tags, ...verified } = verifyDkim(raw, publicKey);
  expect(verified).toEqual({ ok: true, why: '' });
  expect(tags).toMatchObject({ d: 'example.org', s: 'letter2026' });
  expect(tags['h']!.split(':')).toEqual(
    expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'content-type']),
  );
});

test('a changed body, a changed header and another key do not hold', async () => {
  const world = createTestApp({ smtpUrl: sink.url, dkim });
  await anApprovedFollowUp(world, { body: 'We look forward to an answer.' });
  world.clock.pass({ hours: 1 });
  await run(world.deps);

  const { raw } = sink.messages[0]!;
  const changed = (from: string, to: string) =>
    Buffer.from(raw.toString('latin1').replace(from, to), 'latin1');
  expect(verifyDkim(changed('forward to an answer', 'forward to no answer'), publicKey)).toMatchObject({
    ok: false,
    why: 'the body was changed',
  });
  const header = { ok: false, why: 'a header was changed, or the key is another one' };
  expect(verifyDkim(changed('Subject: Our', 'Subject: Your'), publicKey)).toMatchObject(header);
  expect(verifyDkim(raw, aDkimKey().publicKey)).toMatchObject(header);
});

test('a notice to one of our own is signed as well', async () => {
  const { deps } = createTestApp({ smtpUrl: sink.url, dkim });
  const to = { name: 'Robin Example', address: 'robin@example.org' };
  expect(
    await sendNotice(deps, { key: 'one', kind: 'reminder', to, subject: 'What is late', text: 'Two items.' }),
  ).toMatchObject({ state: 'sent' });
  expect(verifyDkim(sink.messages[0]!.raw, publicKey)).toMatchObject({ ok: true });
});

test('what is captured is not signed, and nothing is without the settings', async () => {
  const signs = createTestApp({ smtpUrl: sink.url, dkim });
  await anApprovedFollowUp(signs, { live: false });
  signs.clock.pass({ hours: 1 });
  expect(await run(signs.deps)).toBe('Follow-ups: 1 captured.');
  const { raw } = (await CapturedMessage.findOne())!;
  expect(verifyDkim(Buffer.from(raw), publicKey).why).toBe('there is no signature');

  const plain = createTestApp({ smtpUrl: sink.url });
  await anApprovedFollowUp(plain);
  plain.clock.pass({ hours: 1 });
  await run(plain.deps);
  expect(verifyDkim(sink.messages[0]!.raw, publicKey).why).toBe('there is no signature');
});

test('a connection lost after a signed message was handed over leaves it uncertain, one lost before does not', async () => {
  const world = createTestApp({ smtpUrl: sink.url, dkim });
  const followUp = await anApprovedFollowUp(world);
  sink.behave({ onRecipient: () => 'drop', onMessage: () => 'drop' });
  world.clock.pass({ hours: 1 });
  expect(await run(world.deps)).toBe('Follow-ups: 1 deferred.');
  sink.behave({ onRecipient: () => {} });
  world.clock.pass({ minutes: 2 });
  expect(await run(world.deps)).toBe('Follow-ups: 1 uncertain.');
  expect(await FollowUp.findById(followUp._id).lean()).toMatchObject({ state: 'uncertain', attempts: 2 });
  expect(verifyDkim(sink.unanswered[0]!.raw, publicKey)).toMatchObject({ ok: true });
});

test('a message that cannot be signed does not leave without a signature', async () => {
  const unusable = { ...dkim, privateKey: 'no key' };
  const world = createTestApp({ smtpUrl: sink.url, dkim: unusable });
  const followUp = await anApprovedFollowUp(world);
  world.clock.pass({ hours: 1 });
  expect(await run(world.deps)).toBe('Follow-ups: 1 deferred.');
  expect(sink.messages).toHaveLength(0);
  expect((await FollowUp.findById(followUp._id).lean())!.response).toContain('could not be signed');
});
