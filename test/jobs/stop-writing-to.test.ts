import { beforeEach, expect, test } from '@jest/globals';
import { recordSent } from '../../src/follow-ups/record-sent.js';
import type { RawMessage } from '../../src/mail/raw-message.js';
import { takeIn } from '../../src/replies/take-in.js';
import { Suppression } from '../../src/suppressions/suppression.model.js';
import { liftSuppression } from '../../src/suppressions/suppressions.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, aRecipient, aUser } from '../support/factories.js';
import { wasWrittenTo } from '../support/incoming.js';
import { rawMail } from '../support/raw-mail.js';

useDatabase();

let world: TestApp;
let messageId: string;
beforeEach(async () => {
  world = createTestApp();
  messageId = await wasWrittenTo(await aRecipient());
});

const report = (type: string, lines: readonly string[]): RawMessage =>
  rawMail(world.clock.now(), {
    from: 'Mail Delivery System <MAILER-DAEMON@mx.example.net>',
    subject: 'About your message',
    type: `multipart/report; report-type=${type}; boundary=r`,
    text: [`--r\nContent-Type: message/${type}\n`, ...lines, '', '--r--'].join('\n'),
    more: [`References: ${messageId}`],
  });
const bounce = (address: string, status: string): RawMessage =>
  report('delivery-status', [
    'Reporting-MTA: dns; mx.example.net\n',
    `Final-Recipient: rfc822; ${address}\nAction: failed\nStatus: ${status}`,
  ]);
const [hard, soft] = ['5.1.1', '4.2.2'].map((status) => (address: string) => bounce(address, status));
const complaint = (address: string): RawMessage =>
  report('feedback-report', [
    `Feedback-Type: abuse\nUser-Agent: Example/1.0\nVersion: 1\nOriginal-Rcpt-To: ${address}`,
  ]);
const times = (count: number, make: () => RawMessage): RawMessage[] => Array.from({ length: count }, make);
const comeIn = (...mails: RawMessage[]) => takeIn(mails, world.deps);
const suppressed = async () => {
  const found = await Suppression.find({ lifted: null }).sort({ value: 1 }).lean();
  return found.map(({ value, reason }) => `${value}: ${reason}`);
};

test('of many that come in at once, each address is judged by its own, and written down once', async () => {
  await comeIn(
    ...times(3, () => hard!('gone@platform.invalid')),
    hard!('once@platform.invalid'),
    ...times(5, () => soft!('full@platform.invalid')),
    ...times(4, () => soft!('busy@platform.invalid')),
    hard!('busy@platform.invalid'),
    complaint('angry@platform.invalid'),
    ...times(2, () => hard!('angry@platform.invalid')),
  );
  expect(await suppressed()).toEqual([
    'angry@platform.invalid: They reported a message of ours as spam.',
    'full@platform.invalid: 5 mails to it came back within five weeks. The last one said: The mailbox is full.',
    'gone@platform.invalid: 3 mails to it came back for good within five weeks. The last one said: There is no such mailbox.',
  ]);
  await comeIn(
    hard!('once@platform.invalid'),
    hard!('gone@platform.invalid'),
    complaint('angry@platform.invalid'),
  );
  expect((await suppressed()).map((one) => one.split(':')[0])).toEqual([
    'angry@platform.invalid',
    'full@platform.invalid',
    'gone@platform.invalid',
    'once@platform.invalid',
  ]);
});

test.each([
  ['leaves the address out', []],
  ['puts another address in its place', ['Original-Rcpt-To: 0f3c6a@platform.invalid']],
])('a complaint that %s stops what goes to where our mail went', async (_how, address) => {
  const sentAt = world.clock.now();
  const followUp = await aFollowUp({ state: 'sent', sentAt });
  await recordSent([{ ...followUp, sentAt }], sentAt);
  messageId = followUp.messageId;
  const fields = ['Feedback-Type: abuse', 'User-Agent: Example/1.0', 'Version: 1', ...address];
  await comeIn(report('feedback-report', [fields.join('\n')]));
  expect(await suppressed()).toContain(`${followUp.to.address}: They reported a message of ours as spam.`);
});

test('what came back more than five weeks ago does not count, nor what did before somebody lifted it', async () => {
  await comeIn(hard!('kim@platform.invalid'));
  world.clock.pass({ days: 36 });
  await comeIn(hard!('kim@platform.invalid'));
  expect(await suppressed()).toEqual([]);
  world.clock.pass({ days: 1 });
  await comeIn(hard!('kim@platform.invalid'));
  expect(await suppressed()).toHaveLength(1);
  world.clock.pass({ days: 1 });
  const { _id } = (await Suppression.findOne().lean())!;
  await liftSuppression(_id, 'It works again.', (await aUser())._id, world.clock.now());
  world.clock.pass({ days: 1 });
  await comeIn(hard!('kim@platform.invalid'));
  expect(await suppressed()).toEqual([]);
  await comeIn(hard!('kim@platform.invalid'));
  expect(await suppressed()).toEqual([
    'kim@platform.invalid: 2 mails to it came back for good within five weeks. The last one said: There is no such mailbox.',
  ]);
});
