import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { run as tellOwners } from '../../jobs/tell-owners.js';
import { run as sendReminders } from '../../jobs/send-reminders.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { Entry } from '../../src/history/entry.model.js';
import { replyAddress } from '../../src/mail/reply-address.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { readInbox } from '../../src/replies/inbox.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { placeMail, readAs, takeBackPlacement } from '../../src/replies/incoming-mail.js';
import { openSource } from '../../src/replies/source.js';
import { takeIn } from '../../src/replies/take-in.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, aRecipient, aUser } from '../support/factories.js';
import { wasWrittenTo } from '../support/incoming.js';
import { hostileMail, mailOf } from '../support/hostile-mail.js';
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

const rawOf = (source: Buffer) => ({
  source,
  size: source.length,
  receivedAt: world.clock.now(),
  origin: 'A test',
});
const come = (...sources: Buffer[]) => takeIn(sources.map(rawOf), world.deps);
const answerTo = (messageId: string, more: Parameters<typeof mailOf>[0] = {}): Buffer =>
  mailOf({ ...more, more: [`In-Reply-To: ${messageId}`, ...(more.more ?? [])] });
const arrived = (): Promise<IncomingMailRecord[]> =>
  IncomingMail.find().sort({ _id: 1 }).lean<IncomingMailRecord[]>();
const now = async ({ _id }: { _id: RecipientRecord['_id'] }) =>
  (await Recipient.findById(_id).lean<RecipientRecord>())!;
const someone = async () => ({ by: toSignedInUser(await aUser()) });

test('whatever comes is stored once with its source, and every letter between finds its place', async () => {
  const messageId = await wasWrittenTo(await aRecipient());
  const hostile = Object.values(hostileMail).map((make) => make());
  const mails = hostile.flatMap((source) => [source, answerTo(messageId)]);
  const began = performance.now();
  expect(await come(...mails)).toEqual({ stored: mails.length, known: 0 });
  console.log(
    `${mails.length} messages, half of them hostile, in ${Math.round(performance.now() - began)} ms`,
  );
  expect(performance.now() - began).toBeLessThan(60_000);
  const stored = await arrived();
  for (const [i, { _id, size, kind, state }] of stored.entries()) {
    expect((await buffer(await openSource(_id))).equals(mails[i]!)).toBe(true);
    expect(size).toBe(mails[i]!.length);
    if (i % 2 === 1) expect([i, kind, state]).toEqual([i, 'reply', 'placed']);
  }
  expect(await Entry.countDocuments({ direction: 'in' })).toBe(hostile.length);
  expect(await come(...mails)).toEqual({ stored: 0, known: mails.length });
}, 120_000);

test('ten thousand copies of one message, by as many ways, are stored once', async () => {
  const messageId = await wasWrittenTo(await aRecipient());
  const one = answerTo(messageId, { messageId: '<one@stranger.invalid>' });
  const began = performance.now();
  const counts: number[] = [];
  for (let group = 0; group < 100; group += 1) {
    const copies = Array.from({ length: 100 }, (_, i) =>
      Buffer.concat([Buffer.from(`Received: from way${group}.example.net by mx${i}.example.org\r\n`), one]),
    );
    counts.push((await come(...copies)).stored);
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(`ten thousand copies in ${seconds.toFixed(1)} s`);
  expect(counts).toEqual([1, ...Array<number>(99).fill(0)]);
  expect(await IncomingMail.countDocuments()).toBe(1);
  expect(await Entry.countDocuments({ direction: 'in' })).toBe(1);
  expect(seconds).toBeLessThan(60);
}, 120_000);

describe('a message that is not dated as it should be', () => {
  const dates = [
    '1 Jan 1970',
    '1 Jan 1995',
    '31 Dec 2099',
    '1 Jan 9999',
    '24 Oct 2026',
    '20 Nov 2026',
    '25 Nov 2026',
  ];

  test.each(dates)('%s: stands where it came, and tells what became of them', async (date) => {
    const { recipient } = await aRunningCadence(world);
    world.clock.pass({ days: 1 });
    await sendDue(world.deps);
    world.clock.pass({ hours: 1 });
    const bounce = [
      'Action: failed',
      'Status: 5.1.1',
      `Final-Recipient: rfc822; ${sink.messages[0]!.to[0]!}`,
    ];
    await come(
      answerTo(sink.messages[0]!.mail.messageId!, {
        date: `Mon, ${date} 10:00:00 +0000`,
        from: 'MAILER-DAEMON@mx.example.net',
        type: 'multipart/report; report-type=delivery-status; boundary=b',
        body: `--b\r\nContent-Type: message/delivery-status\r\n\r\n${bounce.join('\r\n')}\r\n--b--\r\n`,
      }),
    );
    const [mail] = await arrived();
    const [sent, ...rest] = (await stepsOf(recipient)).map(({ sentAt }) => sentAt);
    expect(mail!.kind).toBe('bounce');
    expect(mail!.happenedAt >= sent! && mail!.happenedAt <= world.clock.now()).toBe(true);
    expect(rest).toEqual([undefined, undefined]);
    expect((await now(recipient)).delivery).toBe('bounced');
    const timeline = await Entry.find({ recipient: recipient._id }).sort({ occurredAt: -1, _id: -1 }).lean();
    expect(timeline[0]!.incoming).toEqual(mail!._id);
  });

  test('stands in the inbox where it came', async () => {
    for (const date of ['1 Jan 1970', '31 Dec 2099', '24 Nov 2026']) {
      world.clock.pass({ minutes: 1 });
      await come(mailOf({ date: `Mon, ${date} 10:00:00 +0000`, subject: date }));
    }
    const { rows } = await readInbox('waiting', 1);
    expect(rows.map(({ subject }) => subject)).toEqual(['24 Nov 2026', '31 Dec 2099', '1 Jan 1970']);
  });
});

describe('an address of ours', () => {
  async function twoWereWrittenTo() {
    const [mine, other] = [await aFollowUp({ state: 'sent' }), await aFollowUp({ state: 'sent' })];
    const tagOf = (followUp: typeof mine, { recipient } = followUp) =>
      replyAddress(
        REPLY_TO,
        { followUp: String(followUp._id), recipient: String(recipient) },
        world.deps.sessionSecret,
      );
    return { mine, other, tagOf };
  }

  test('that is signed for another recipient is refused, and both wait for a person', async () => {
    const { mine, other, tagOf } = await twoWereWrittenTo();
    await come(mailOf({ to: tagOf(mine, other) }));
    const [mail] = await arrived();
    expect(mail).toMatchObject({ kind: 'reply', state: 'waiting', recipient: null });
    expect(mail!.refused.join()).toContain('the signature in it is not right');
    expect((await now({ _id: mine.recipient })).unreadMail).toEqual([mail!._id]);
    expect(await Entry.countDocuments({ direction: 'in' })).toBe(0);
  });

  test('with the end of another is refused, and so are two that are right but of two recipients', async () => {
    const { mine, other, tagOf } = await twoWereWrittenTo();
    const spliced = tagOf(mine).replace(/.{20}@/, /.{20}@/.exec(tagOf(other))![0]);
    await come(mailOf({ to: spliced }), mailOf({ to: `${tagOf(mine)}, ${tagOf(other)}` }));
    const [forged, both] = await arrived();
    expect(forged!.refused.join()).toContain('the signature in it is not right');
    expect(both!.refused).toEqual(['It points to more than one recipient at once.']);
    expect([forged!.state, both!.state]).toEqual(['waiting', 'waiting']);
  });

  test('is found among ten thousand others where it is one of the first two hundred, and is missed by nobody else', async () => {
    const { mine, tagOf } = await twoWereWrittenTo();
    const others = Array.from({ length: 10_000 }, (_, i) => `kim${i}@example.net`);
    await come(
      mailOf({ to: [...others.slice(0, 150), tagOf(mine), ...others].join(',\r\n ') }),
      mailOf({ to: others.join(',\r\n '), more: [`Delivered-To: ${tagOf(mine)}`] }),
    );
    expect((await arrived()).map(({ recipient }) => recipient)).toEqual([mine.recipient, mine.recipient]);
  });
});

describe('a Message-ID', () => {
  test('that is one of ours takes no answer to ours away from whom it is for', async () => {
    const [kim, evil] = [await aRecipient(), await aRecipient()];
    const [toKim, toEvil] = [await wasWrittenTo(kim), await wasWrittenTo(evil)];
    await come(answerTo(toEvil, { messageId: toKim }));
    await come(answerTo(toKim));
    expect((await arrived()).map(({ recipient }) => recipient)).toEqual([evil._id, kim._id]);
    expect((await now(kim)).engagement).toBe('replied');
  });

  test('that two others have given to theirs says nothing of whose the next one is', async () => {
    const [kim, evil] = [await aRecipient(), await aRecipient()];
    const messageId = '<theirs@platform.example>';
    await come(
      answerTo(await wasWrittenTo(kim), { messageId }),
      answerTo(await wasWrittenTo(evil), { messageId, body: 'Other words.' }),
    );
    await come(answerTo(messageId));
    const next = (await arrived()).at(-1)!;
    expect(next).toMatchObject({
      state: 'waiting',
      refused: ['It points to more than one recipient at once.'],
    });
    expect((await now(kim)).unreadMail).toContainEqual(next._id);
  });

  test('of a mail that was placed wrongly leads to where it is now', async () => {
    const [kim, wrong] = [await aRecipient(), await aRecipient()];
    const messageId = '<theirs@platform.example>';
    await come(mailOf({ messageId }));
    const by = await someone();
    await placeMail((await arrived())[0]!._id, wrong._id, world.deps, by);
    await takeBackPlacement((await arrived())[0]!, 'It is Kim’s.', world.deps, by);
    await placeMail((await arrived())[0]!._id, kim._id, world.deps, by);
    await come(answerTo(messageId));
    expect((await arrived()).at(-1)).toMatchObject({ state: 'placed', recipient: kim._id });
  });

  test('of 100 kB is none, and of ten thousand that a mail answers the first count', async () => {
    const ours = await wasWrittenTo(await aRecipient());
    const others = Array.from({ length: 10_000 }, (_, i) => `<${i}${'a'.repeat(40)}@example.net>`);
    await come(
      answerTo([ours, ...others].join('\r\n '), { messageId: `<${'a'.repeat(100_000)}@x>` }),
      mailOf({ more: [`In-Reply-To: ${others.join('\r\n ')}`, `References: ${others.join('\r\n ')}`] }),
    );
    const [placed, waiting] = await arrived();
    expect([placed!.state, placed!.messageId, waiting!.state]).toEqual(['placed', '', 'waiting']);
    expect(waiting!.answers.length).toBeLessThanOrEqual(100);
  });
});

describe('of an incoming mail', () => {
  const injected = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  const evil = 'canary\r\nBcc: canary@example.net\r\n\r\ncanary';
  const headOf = (raw: Buffer): string => raw.toString('latin1').split('\r\n\r\n')[0]!;

  test('nothing gets into a header of ours: not of what follows in the thread, not of what owners and readers are told', async () => {
    const { recipient } = await aRunningCadence(world);
    world.clock.pass({ days: 1 });
    await sendDue(world.deps);
    const first = sink.messages[0]!;
    const hostile = {
      from: `${injected(evil)} <canary@example.net>`,
      subject: injected(`Re: ${evil}`),
      messageId: '<canary@example.net>',
      more: [
        'References: <canary1@example.net>',
        `Reply-To: ${injected(evil)} <canary@example.net>`,
        'X-Canary: canary',
        'Disposition-Notification-To: canary@example.net',
        `List-Unsubscribe: <mailto:canary@example.net>`,
      ],
      body: `${evil}\r\n`,
    };
    await come(
      answerTo(first.mail.messageId!, hostile),
      mailOf({ ...hostile, date: 'Tue, 24 Nov 2026 09:00:00 +0000' }),
    );
    const [mail] = await arrived();
    expect(mail).toMatchObject({ state: 'placed', recipient: recipient._id });
    await readAs(mail!, 'acknowledgement', world.deps, await someone());
    world.clock.pass({ days: 1, hours: 4 });
    await sendDue(world.deps);
    await tellOwners(world.deps);
    await sendReminders(world.deps);

    const [second] = sink.messages.filter(({ to }) => to[0] === first.to[0]).slice(1);
    expect(second!.mail.inReplyTo).toBe(first.mail.messageId);
    expect([second!.mail.references].flat()).toEqual([first.mail.messageId]);
    const notices = sink.messages.filter(({ to }) => to[0] !== first.to[0]);
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.map(({ mail: notice }) => notice.text).join()).toContain('canary');
    for (const { raw, to } of sink.messages) {
      expect(headOf(raw)).not.toMatch(/canary|bcc/i);
      expect(to).toHaveLength(1);
    }
  });
});
