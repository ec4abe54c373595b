import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Types } from 'mongoose';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { FollowUp } from '../../src/follow-ups/follow-up.model.js';
import { Entry } from '../../src/history/entry.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { Office } from '../../src/organisations/office.model.js';
import { untilRead } from '../../src/recipients/unread.js';
import { finishUnhandled } from '../../src/replies/act-on.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { placeMail, readAs, setAside, takeBackPlacement } from '../../src/replies/incoming-mail.js';
import { openSource } from '../../src/replies/source.js';
import { takeIn } from '../../src/replies/take-in.js';
import type { SignedInUser } from '../../src/users/user.model.js';
import { buffer } from 'node:stream/consumers';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aUser, anOffice, aRecipient } from '../support/factories.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

const REPLY_TO = 'replies@example.org';

let sink: Sink;
let world: TestApp;
beforeEach(async () => {
  sink = await startSink();
  world = createTestApp({ smtpUrl: sink.url, replyTo: REPLY_TO });
});
afterEach(async () => {
  world.deps.post.close();
  await sink.close();
});

/** The first step of a cadence has gone to a real mail server, and comes back from there as it left. */
async function aSentStep() {
  const running = await aRunningCadence(world);
  world.clock.pass({ days: 1 });
  await sendDue(world.deps);
  expect(sink.messages).toHaveLength(1);
  return { ...running, sent: sink.messages[0]! };
}

type Answer = {
  to?: string;
  from?: string;
  inReplyTo?: string;
  messageId?: string;
  text?: string;
  headers?: string[];
};

const answer = ({ to = REPLY_TO, from = 'Kim <kim@platform.example>', ...own }: Answer = {}): Buffer =>
  Buffer.from(
    [
      `From: ${from}`,
      `To: ${to}`,
      'Subject: Re: Our letter, 1',
      `Date: ${world.clock.now().toUTCString()}`,
      `Message-ID: ${own.messageId ?? `<${String(new Types.ObjectId())}@platform.example>`}`,
      ...(own.inReplyTo ? [`In-Reply-To: ${own.inReplyTo}`] : []),
      ...(own.headers ?? []),
      '',
      own.text ?? 'Thank you for your letter. We will publish the assessment in March.',
      '',
    ].join('\r\n'),
  );

const comes = (source: Buffer) =>
  takeIn([{ source, size: source.length, receivedAt: world.clock.now(), origin: 'a test' }], world.deps);
const arrived = async (): Promise<IncomingMailRecord[]> => IncomingMail.find().sort({ _id: 1 }).lean();
const only = async (): Promise<IncomingMailRecord> => {
  const [mail, ...others] = await arrived();
  expect(others).toEqual([]);
  return mail!;
};
const now = async ({ _id }: { _id: Types.ObjectId }) =>
  (await Recipient.findById(_id).lean<RecipientRecord>())!;
const replyToOf = ({ mail }: { mail: { replyTo?: { value: { address?: string }[] } } }) =>
  mail.replyTo!.value[0]!.address!;
const someone = async () => {
  const { _id, name, role, timeZone } = await aUser();
  return { by: { _id, name, role, timeZone } as SignedInUser };
};

describe('the whole loop', () => {
  test('an answer to our signed address is placed, waits to be read, and nothing more is sent', async () => {
    const { recipient, sent } = await aSentStep();
    await comes(answer({ to: replyToOf(sent) }));
    const mail = await only();
    expect(mail).toMatchObject({ kind: 'reply', state: 'placed', recipient: recipient._id });
    expect(mail.placedBecause).toContain('the address that only this message of ours carried');
    const [entry] = await Entry.find({ incoming: mail._id }).lean();
    expect(entry).toMatchObject({ kind: 'email', direction: 'in', receivedAs: 'reply', who: 'Kim' });
    expect((await now(recipient)).engagement).toBe('replied');
    expect((await now(recipient)).unreadMail).toEqual([mail._id]);

    world.clock.pass({ days: 3 });
    await sendDue(world.deps);
    expect(sink.messages).toHaveLength(1);
    const [, second] = await stepsOf(recipient);
    expect(second).toMatchObject({ state: 'scheduled' });
    expect(second!.stateReasons.join()).toContain('when somebody has read that');
  });

  test('an answer by In-Reply-To alone is placed as well', async () => {
    const { recipient, sent } = await aSentStep();
    await comes(answer({ inReplyTo: sent.mail.messageId! }));
    expect(await only()).toMatchObject({ state: 'placed', recipient: recipient._id });
  });

  test('read as a reply, it cancels what is planned', async () => {
    const { recipient, sent } = await aSentStep();
    await comes(answer({ to: replyToOf(sent) }));
    expect(await readAs(await only(), 'reply', world.deps, await someone())).toMatchObject({
      cancelled: 2,
      goesOn: false,
    });
    expect((await now(recipient)).unreadMail).toEqual([]);
  });

  test('read as an acknowledgement, it lets the cadence go on', async () => {
    const { recipient, sent } = await aSentStep();
    await comes(answer({ to: replyToOf(sent) }));
    await readAs(await only(), 'acknowledgement', world.deps, await someone());
    expect((await now(recipient)).engagement).toBe('acknowledged');
    world.clock.pass({ days: 1, hours: 4 });
    await sendDue(world.deps);
    expect(sink.messages).toHaveLength(2);
  });

  test('a later mail in the same thread that names only theirs is placed too', async () => {
    const { recipient, sent } = await aSentStep();
    await comes(answer({ to: replyToOf(sent), messageId: '<first@platform.example>' }));
    await comes(answer({ inReplyTo: '<first@platform.example>', text: 'One thing more.' }));
    expect((await arrived()).map(({ recipient: of }) => of)).toEqual([recipient._id, recipient._id]);
  });
});

describe('it is stored once', () => {
  test('however often and by whatever way it comes', async () => {
    const { sent } = await aSentStep();
    const raw = answer({ to: replyToOf(sent) });
    const other = Buffer.concat([Buffer.from('Received: from another way\r\n'), raw]);
    expect(await comes(raw)).toEqual({ stored: 1, known: 0 });
    expect(await comes(raw)).toEqual({ stored: 0, known: 1 });
    expect(await comes(other)).toEqual({ stored: 0, known: 1 });
    expect(await Entry.countDocuments({ direction: 'in' })).toBe(1);
  });

  test('by two processes at the same moment', async () => {
    const { recipient, sent } = await aSentStep();
    const raw = answer({ to: replyToOf(sent) });
    const done = await Promise.all([comes(raw), comes(raw), comes(raw)]);
    expect(done.reduce((sum, { stored }) => sum + stored, 0)).toBe(1);
    const mail = await only();
    expect((await now(recipient)).unreadMail).toEqual([mail._id]);
    expect(await buffer(await openSource(mail._id))).toEqual(raw);
  });

  test('a process that died after storing it is made good by the next', async () => {
    const { recipient, sent } = await aSentStep();
    await comes(answer({ to: replyToOf(sent) }));
    const mail = await only();
    await IncomingMail.updateOne({ _id: mail._id }, { $set: { handledAt: null } });
    expect(await finishUnhandled(world.deps)).toBe(1);
    expect(await finishUnhandled(world.deps)).toBe(0);
    expect(await Entry.countDocuments({ incoming: mail._id })).toBe(1);
    expect((await now(recipient)).unreadMail).toEqual([mail._id]);
  });
});

test('mail that was set aside by a process that died keeps nobody waiting', async () => {
  const { recipient } = await aSentStep();
  const { to } = (await stepsOf(recipient))[1]!;
  await comes(answer({ from: `Kim Invented <${to.address}>` }));
  const { _id } = await only();
  await IncomingMail.updateOne({ _id }, { $set: { state: 'set aside', handledAt: null } });
  expect((await now(recipient)).unreadMail).toEqual([_id]);
  expect(await finishUnhandled(world.deps)).toBe(1);
  expect((await now(recipient)).unreadMail).toEqual([]);
});

describe('what is not certain waits in the inbox', () => {
  test('a known sender is suggested, with the reasons, and nothing is sent to them meanwhile', async () => {
    const { recipient } = await aSentStep();
    const { to } = (await stepsOf(recipient))[1]!;
    await comes(answer({ from: `Kim Invented <${to.address}>` }));
    const mail = await only();
    expect(mail).toMatchObject({ state: 'waiting', recipient: null });
    expect(mail.suggestions[0]).toMatchObject({ recipient: recipient._id });
    world.clock.pass({ days: 3 });
    await sendDue(world.deps);
    expect(sink.messages).toHaveLength(1);

    await setAside(mail._id, 'A newsletter', world.deps, await someone());
    // on the next working day, as after a pause
    world.clock.set('2026-11-30T16:00:00Z');
    await sendDue(world.deps);
    expect(sink.messages).toHaveLength(2);
  });

  test('an office that many campaigns have written to is written to for none of them until it is read', async () => {
    const office = (await anOffice())._id;
    const recipients = [];
    for (let n = 0; n < 8; n += 1) recipients.push(await aRecipient({ office }));
    await comes(answer({ from: `Kim Invented <${(await Office.findById(office).lean())!.email}>` }));
    const { _id } = await only();
    for (const recipient of recipients) expect((await now(recipient)).unreadMail).toEqual([_id]);
  });

  test('of one that is taken back by a process that dies over it, those it may be from wait all the same', async () => {
    const office = (await anOffice())._id;
    const [wrong, right] = [await aRecipient({ office }), await aRecipient({ office })];
    await comes(answer({ from: `Kim Invented <${(await Office.findById(office).lean())!.email}>` }));
    await placeMail((await only())._id, wrong._id, world.deps, await someone());
    expect((await now(right)).unreadMail).toEqual([]);

    const updateMany = Recipient.collection.updateMany.bind(Recipient.collection);
    const dies = jest.spyOn(Recipient.collection, 'updateMany').mockImplementation((...asked) => {
      if (JSON.stringify(asked).includes('unreadMail')) throw new Error('It died.');
      return updateMany(...asked);
    });
    const taken = takeBackPlacement(await only(), 'It is the other letter.', world.deps, await someone());
    await expect(taken).rejects.toThrow('It died.');
    dies.mockRestore();
    await finishUnhandled(world.deps);
    expect((await now(right)).unreadMail).toEqual([(await only())._id]);
  });

  test('those whom a process that died has left waiting for mail that is placed elsewhere wait until it is read there', async () => {
    const office = (await anOffice())._id;
    const [theirs, left] = [await aRecipient({ office }), await aRecipient({ office })];
    await comes(answer({ from: `Kim Invented <${(await Office.findById(office).lean())!.email}>` }));
    await placeMail((await only())._id, theirs._id, world.deps, await someone());
    await untilRead([{ mail: (await only())._id, recipients: [left._id] }]);
    await readAs(await only(), 'acknowledgement', world.deps, await someone());
    expect((await now(left)).unreadMail).toEqual([]);
  });

  test('whoever has read it where it stood before it was taken back lets nothing go to those it may be from', async () => {
    const office = (await anOffice())._id;
    const [wrong, right] = [await aRecipient({ office }), await aRecipient({ office })];
    await comes(answer({ from: `Kim Invented <${(await Office.findById(office).lean())!.email}>` }));
    await placeMail((await only())._id, wrong._id, world.deps, await someone());
    const asRead = await only();
    await takeBackPlacement(asRead, 'It is the other letter.', world.deps, await someone());

    await expect(readAs(asRead, 'acknowledgement', world.deps, await someone())).rejects.toThrow('meanwhile');

    expect((await now(right)).unreadMail).toEqual([asRead._id]);
    expect(await only()).toMatchObject({ state: 'waiting', readAt: null });
  });

  test('a forged tag is refused and shown, also beside a Message-ID that is right', async () => {
    const { recipient, sent } = await aSentStep();
    const forged = replyToOf(sent).replace(/.@/, (end) => (end === '0@' ? '1@' : '0@'));
    await comes(answer({ to: forged, inReplyTo: sent.mail.messageId! }));
    const mail = await only();
    expect(mail.state).toBe('waiting');
    expect(mail.refused.join()).toContain('the signature in it is not right');
    expect((await now(recipient)).unreadMail).toEqual([mail._id]);
    expect(await Entry.countDocuments({ direction: 'in' })).toBe(0);
  });

  test('a person places it, takes it back by a correction, and places it elsewhere', async () => {
    const { recipient } = await aSentStep();
    const other = await aRecipient({ office: (await anOffice())._id });
    await comes(answer());
    const by = await someone();
    await placeMail((await only())._id, recipient._id, world.deps, by);
    expect((await now(recipient)).engagement).toBe('replied');
    await takeBackPlacement(await only(), 'It is about another campaign', world.deps, by);
    expect(await now(recipient)).toMatchObject({ delivery: 'sent', engagement: 'silent' });
    expect((await now(recipient)).unreadMail).toEqual([]);
    await placeMail((await only())._id, other._id, world.deps, by);
    expect((await now(other)).engagement).toBe('replied');
    expect((await now(recipient)).unreadMail).toEqual([]);
    await expect(placeMail((await only())._id, recipient._id, world.deps, by)).rejects.toThrow('meanwhile');
  });
});

test('our own mail that comes back is set aside and answered by nobody', async () => {
  const { sent } = await aSentStep();
  await comes(sent.raw);
  expect(await only()).toMatchObject({ kind: 'own', state: 'set aside' });
  expect(await FollowUp.countDocuments()).toBe(3);
  expect(sink.messages).toHaveLength(1);
});

test('a message that cannot be read is kept with the reason, and the others are taken in', async () => {
  const parts = Buffer.from(
    `From: a@example.net\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(4000)}--b--\r\n`,
  );
  const raws = [answer(), parts, answer()].map((source) => ({
    source,
    size: source.length,
    receivedAt: world.clock.now(),
    origin: 'a test',
  }));
  expect(await takeIn(raws, world.deps)).toEqual({ stored: 3, known: 0 });
  const [, poisonous] = await arrived();
  expect(poisonous).toMatchObject({ kind: 'unreadable', state: 'waiting' });
  expect(poisonous!.why).toContain('parts');
});
