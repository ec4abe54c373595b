import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readMessage } from '../../src/mail/read-message.js';
import { classify } from '../../src/replies/classify/classify.js';
import { incomingKinds } from '../../src/replies/incoming.rules.js';
import { inspectMail } from '../../src/replies/inspect-mail.js';
import { mailBytes, mailNames } from '../support/mail-fixtures.js';

const ourselves = { addresses: ['letter@example.org'] };
const folders = ['replies', 'auto-replies', 'complaints', 'receipts', 'challenges', 'lists'];
const all = folders.flatMap((folder) => mailNames(folder).map((name) => mailBytes(folder, name)));

const damaged = fc
  .record({
    mail: fc.constantFrom(...all),
    at: fc.nat(3000),
    cut: fc.nat(300),
    bytes: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ mail, at, cut, bytes }) => Buffer.concat([mail.subarray(0, at), bytes, mail.subarray(at + cut)]));

test.each<[string, fc.Arbitrary<Buffer>]>([
  ['a damaged mail', damaged],
  ['any bytes', fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes))],
])('%s has a kind and a reason', async (_what, mails) => {
  await fc.assert(
    fc.asyncProperty(mails, async (mail) => {
      const { kind, why } = await inspectMail(mail, { ourselves, trustedServer: null });
      expect(incomingKinds).toContain(kind);
      expect(why).not.toContain('cannot be taken apart');
    }),
    { numRuns: 400 },
  );
});

const head = (more: string) => `From: a@company.test\nTo: letter@example.org\n${more}\n\n`;
const megabyte = (piece: string) => piece.repeat(1_000_000 / piece.length);

const bodies = [
  'a',
  'a ',
  '\n',
  '>',
  '> ',
  '- ',
  ':',
  '[',
  '(',
  '。',
  'は',
  '-----\n',
  'i am ',
  'no longer ',
  'click ',
  'we have received your ',
  'your message ',
  'confirm ',
].map((piece): [string, string] => [
  `a body of ${JSON.stringify(piece)}`,
  head('Subject: x\nAuto-Submitted: auto-generated') + megabyte(piece),
]);

const fields = [
  'Subject',
  'In-Reply-To',
  'Auto-Submitted',
  'List-Post',
  'X-MS-Exchange-Inbox-Rules-Loop',
].flatMap((name) =>
  ['a', '[a] ', 're: ', '*', 'auto ', '=?utf-8?q?a?= ', '<a@b> ', '"', ' ', '(', 'a, '].map(
    (piece): [string, string] => [
      `${name} of ${JSON.stringify(piece)}`,
      head(`${name}: ${megabyte(piece)}\nMIME-Version: 1.0`),
    ],
  ),
);

test.each([...bodies, ...fields])('a megabyte is classified at once: %s', async (_what, mail) => {
  const message = await readMessage(Buffer.from(mail));
  const began = performance.now();
  classify(message, ourselves);
  expect(performance.now() - began).toBeLessThan(1500);
});
