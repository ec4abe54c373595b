import { expect, test } from '@jest/globals';
import { compose, OUR_MARK, type Message } from '../../src/mail/message.js';
import { LONGEST_IN_MBOX } from '../../src/mail/mbox.js';
import { inspectMail } from '../../src/replies/inspect-mail.js';
import { mailBytes } from '../support/mail-fixtures.js';

const identity = { ourselves: { addresses: ['letter@example.org'] }, trustedServer: null };
const inspect = (mail: string | Buffer) => inspectMail(Buffer.from(mail), identity);

test('of a reply it says who wrote what and when, and nothing that only reports have', async () => {
  const mail = mailBytes('replies', 'top-posted').toString('utf8');
  const signed = `Authentication-Results: mx.example.org; dkim=pass; dmarc=pass\n${mail}`;
  expect(await inspect(signed)).toEqual({
    kind: 'reply',
    why: 'Nothing about it is a sign of a machine.',
    hard: null,
    status: null,
    address: null,
    cause: null,
    originalMessageId: null,
    authentication: { spf: null, dkim: 'pass', dmarc: 'pass', by: 'mx.example.org' },
    text: 'Thank you, the board meets on Friday.\n\nAnna',
    subject: 'Re: Our open letter',
    from: 'anna.sample@company.test',
    date: '2026-11-26T10:15:00.000Z',
  });
});

test.each<[string, RegExp]>([
  ['empty-return-path', /^Something speaks for a machine \(Return-Path is empty\), but not enough/],
  ['precedence-bulk', /\(.*Precedence: bulk.*\)/],
  ['postmaster-person', /\(From is Tom Poe <postmaster@company\.test>\)/],
])('of %s, a reply, it says what spoke for a machine and was not enough', async (name, why) => {
  expect(await inspect(mailBytes('replies', name))).toMatchObject({
    kind: 'reply',
    why: expect.stringMatching(why) as unknown as string,
  });
});

test('a subject such as programs write is a sign of one, too', async () => {
  const mail = 'From: anna@company.test\nSubject: Out of office\n\nNobody is in, but we agree and will sign.';
  expect(await inspect(mail)).toMatchObject({
    kind: 'reply',
    why: expect.stringContaining('(its subject)') as unknown as string,
  });
});

test('the text of HTML is its words, and a subject is decoded', async () => {
  expect((await inspect(mailBytes('replies', 'html-only'))).text).toContain('we agree with your first ask.');
  expect((await inspect(mailBytes('replies', 'japanese'))).subject).toBe('Re: 公開書簡について');
});

test('what a mail does not say is null, and a text that says nothing is empty', async () => {
  expect(await inspect('To: letter@example.org\n\n')).toMatchObject({
    kind: 'reply',
    text: '',
    subject: null,
    from: null,
    date: null,
  });
  expect(await inspect('From: nobody\nSubject:\n\n')).toMatchObject({ subject: '', from: null });
});

test.each<[string, Buffer, RegExp]>([
  ['nothing', Buffer.alloc(0), /none of the headers/],
  ['a picture', Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0', 'latin1'), /none of the headers/],
  ['a letter without headers', Buffer.from('Dear all: hello\n\nBye.'), /none of the headers/],
  ['too many parts', tooManyParts(), /more than 3000 parts/],
  ['too long a header', Buffer.from(`Subject: ${'a'.repeat(2_100_000)}\n\nHello.`), /longer than 2 MB/],
  [
    'a header of too many lines',
    Buffer.from(`Subject: ${'a\n '.repeat(31_300)}\n\nHello.`),
    /than 31250 lines/,
  ],
  ['too long a message of an mbox', Buffer.alloc(LONGEST_IN_MBOX + 1, 'a'), /longer than 64 MB/],
])('%s is unreadable, and the reason is said', async (_what, mail, why) => {
  expect(await inspect(mail)).toMatchObject({
    kind: 'unreadable',
    why: expect.stringMatching(why) as unknown as string,
    text: null,
    subject: null,
    from: null,
    date: null,
    authentication: null,
  });
});

function tooManyParts(): Buffer {
  const parts = '--b\nContent-Type: text/plain\n\nx\n'.repeat(3100);
  return Buffer.from(`Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n${parts}--b--\n`);
}

const ours = (more: Partial<Message> = {}): Promise<Buffer> =>
  compose({
    kind: 'follow-up',
    messageId: '<letter.2@example.org>',
    from: { name: 'Open Letter', address: 'letter@example.org' },
    to: { name: 'Anna Sample', address: 'anna.sample@company.test' },
    subject: 'Re: Our open letter',
    text: 'May we count on your answer?',
    date: new Date('2026-11-26T10:15:00Z'),
    ...more,
  });

test('our own mail is known by its mark, also as a follow-up in a thread and when a group changes the sender', async () => {
  const inThread = await ours({
    inReplyTo: '<letter.1@example.org>',
    references: ['<letter.1@example.org>'],
  });
  expect(await inspect(inThread)).toMatchObject({ kind: 'own', why: `Our own mail: ${OUR_MARK}: follow-up` });
  const throughGroup = inThread
    .toString()
    .replace(/^From: .*$/m, 'From: "Open Letter via Group" <group@company.test>');
  expect(await inspect(throughGroup)).toMatchObject({ kind: 'own' });
  expect(await inspect(await ours({ kind: 'notice' }))).toMatchObject({
    kind: 'own',
    why: `Our own mail: ${OUR_MARK}: notice`,
  });
});

test('mail from our address without the mark is our own unless it answers something: then a colleague wrote it', async () => {
  const mail = 'From: Open Letter <Letter@Example.org>\nTo: anna.sample@company.test\n';
  expect(await inspect(`${mail}Subject: Our open letter\n\nHello.\n`)).toMatchObject({ kind: 'own' });
  expect(await inspect(`${mail}Subject: Re: Our open letter\n\nHello.\n`)).toMatchObject({ kind: 'reply' });
});

test('the mark alone, on what somebody else wrote, does not make it ours', async () => {
  const mail = `From: anna.sample@company.test\nMessage-ID: <1@company.test>\nSubject: Yes\n${OUR_MARK}: follow-up\n\nYes.\n`;
  expect(await inspect(mail)).toMatchObject({ kind: 'reply' });
});
