import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { run as tellOwners } from '../../jobs/tell-owners.js';
import { run as sendReminders } from '../../jobs/send-reminders.js';
import { sendDue } from '../../src/follow-ups/send-due.js';
import { Entry } from '../../src/history/entry.model.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { readInbox } from '../../src/replies/inbox.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { readAs } from '../../src/replies/incoming-mail.js';
import { openSource } from '../../src/replies/source.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aRecipient, aUser } from '../support/factories.js';
import { answerTo, hostileMail, mailOf, WORDS } from '../support/hostile-mail.js';
import { arrived, comeIn, wasWrittenTo } from '../support/incoming.js';
import { startSink, type Sink } from '../support/smtp-sink.js';

useDatabase();

const REPLY_TO = 'replies@example.org';

/** What turns the direction of what stands beside it, and control characters. */
const STEERING = /[\u202a-\u202e\u2066-\u2069]|\p{Cc}(?<![\t\r\n])/u;

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

const come = (...sources: Buffer[]) => comeIn(sources, world);
const now = async ({ _id }: { _id: RecipientRecord['_id'] }) =>
  (await Recipient.findById(_id).lean<RecipientRecord>())!;
const someone = async () => ({ by: toSignedInUser(await aUser()) });

const NO_MAIL = 'It has none of the headers of a mail.';
const TOO_LONG = 'Its headers are longer than 2 MB, or have more than 31250 lines.';
/** What nobody can take apart, and why. */
const quarantined: Record<string, string> = {
  'nothing at all': NO_MAIL,
  'one NUL': NO_MAIL,
  'no header': NO_MAIL,
  '4,000 parts': 'It has more than 3000 parts.',
  'a field of 1 MB in short lines': TOO_LONG,
  'a header of 1 MB without a colon': TOO_LONG,
  'a header of 3 MB': TOO_LONG,
};
/** What is no text by its type is a file, whatever it says. */
const files = ['attached messages 200 deep', 'attached messages 20,000 deep', 'NUL everywhere'];

test('whatever comes is stored once with its source and can be read or says why not, and every letter between is placed with its words', async () => {
  const messageId = await wasWrittenTo(await aRecipient());
  const hostile = Object.entries(hostileMail).map(([what, make]) => ({ what, source: make() }));
  const letter = (n: number) => answerTo(messageId, { body: `Letter ${n}.` });
  const mails = hostile.flatMap(({ source }, n) => [source, letter(n)]).toSpliced(0, 0, letter(-1));
  const began = performance.now();
  expect(await come(...mails)).toEqual({ stored: mails.length, known: 0 });
  const seconds = (performance.now() - began) / 1000;
  console.log(`${mails.length} messages, half of them hostile, in ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(60);

  const stored = await arrived();
  for (const [i, { _id, size }] of stored.entries()) {
    expect((await buffer(await openSource(_id))).equals(mails[i]!)).toBe(true);
    expect(size).toBe(mails[i]!.length);
  }
  for (const [i, { kind, state, words }] of stored.filter((_, at) => at % 2 === 0).entries())
    expect([kind, state, words]).toEqual(['reply', 'placed', `Letter ${i - 1}.`]);
  for (const [i, mail] of stored.filter((_, at) => at % 2 === 1).entries()) {
    const { what, source } = hostile[i]!;
    const why = mail.kind === 'unreadable' ? mail.why : undefined;
    expect([what, why]).toEqual([what, quarantined[what]]);
    if (why || !source.includes(WORDS)) continue;
    expect([what, mail.words.includes(WORDS), mail.files.length > 0]).toEqual(
      files.includes(what) ? [what, false, true] : [what, true, expect.any(Boolean)],
    );
  }
  expect(await Entry.countDocuments({ direction: 'in' })).toBe(hostile.length + 1);
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
    expect(mail!.dated).toEqual(new Date(`${date} 10:00:00 UTC`));
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
      expect(headOf(raw)).not.toMatch(/canary|^bcc\b/im);
      expect(to).toHaveLength(1);
    }
  });

  test('no sign that turns text around, no NUL and no bell gets into what owners are told', async () => {
    await aRunningCadence(world);
    world.clock.pass({ days: 1 });
    await sendDue(world.deps);
    const backwards = {
      from: `${injected('\u202egro.elpmaxe\u0007')} <noa@stranger.invalid>`,
      subject: injected('\u202eWe \u2066agree\u0000\u0007'),
    };
    const first = sink.messages[0]!;
    await come(answerTo(first.mail.messageId!, backwards), mailOf(backwards));
    await tellOwners(world.deps);
    const notices = sink.messages.filter(({ to }) => to[0] !== first.to[0]);
    expect(notices).not.toHaveLength(0);
    for (const { mail, raw } of notices) {
      expect(mail.text).toContain('“We agree”');
      expect(`${mail.subject} ${mail.text}`).not.toMatch(STEERING);
      expect(raw.includes(0)).toBe(false);
    }
  });
});
