import { expect, test } from '@jest/globals';
import { readMessage } from '../../src/mail/read-message.js';
import { classify } from '../../src/replies/classify/classify.js';
import type { IncomingKind } from '../../src/replies/incoming.rules.js';
import { mailBytes, mailNamed, mailNames } from '../support/mail-fixtures.js';

const ourselves = { addresses: ['letter@example.org'] };

/** The folders of test/fixtures/mail, and what is in each. */
const folders: [string, IncomingKind][] = [
  ['replies', 'reply'],
  ['auto-replies', 'auto-reply'],
  ['complaints', 'complaint'],
  ['receipts', 'read-receipt'],
  ['challenges', 'challenge'],
  ['lists', 'list'],
];
const mails = folders.flatMap(([folder, kind]) =>
  mailNames(folder).map((name) => [folder, name, kind] as const),
);

test.each(mails)('%s/%s is recognised as %s', async (folder, name, kind) => {
  const { why, ...verdict } = classify(await mailNamed(folder, name), ourselves);
  expect({ ...verdict, why }).toMatchObject({ kind });
  expect(why.length).toBeGreaterThan(10);
});

const complaints = mailNames('complaints').map((name) => ['complaints', name] as const);
const receipts = ['displayed', 'deleted', 'german'].map((name) => ['receipts', name] as const);
test.each([...complaints, ...receipts])(
  '%s/%s says whose it is and which message it is about',
  async (folder, name) => {
    expect(classify(await mailNamed(folder, name), ourselves)).toMatchObject({
      address: 'anna.sample@company.test',
      originalMessageId: '<letter.1@example.org>',
    });
  },
);

/** What a program says, as a mail program quotes or passes it on below the words of a person. */
const machineWords = [
  'auto-replies/exchange-english',
  'auto-replies/government-acknowledgement',
  'challenges/own-make-english',
  'challenges/tmda',
  'auto-replies/german',
  'lists/phplist',
].map((path) =>
  mailBytes(path.split('/')[0]!, path.split('/')[1]!)
    .toString('utf8')
    .replace(/^[^]*?\n\n/, ''),
);
const quoted: Record<string, (words: string) => string> = {
  'with marks': (words) =>
    `On Wed, 25 Nov 2026 at 18:00, Tom Poe <tom.poe@company.test> wrote:\n${words.replaceAll(/^/gm, '> ')}`,
  'as Outlook does': (words) =>
    `-----Original Message-----\nFrom: Tom Poe <tom.poe@company.test>\nSent: Wednesday, 25 November 2026 18:00\nTo: Open Letter <letter@example.org>\nSubject: Our open letter\n\n${words}`,
  'passed on': (words) =>
    `---------- Forwarded message ---------\nFrom: Tom Poe <tom.poe@company.test>\nDate: Wed, 25 Nov 2026 at 18:00\nSubject: Our open letter\nTo: <letter@example.org>\n\n${words}`,
};
const people = [
  'one-word',
  'one-letter',
  'top-posted',
  'zendesk-agent',
  'rt-correspondence',
  'unknown-help-desk',
  'precedence-bulk',
  'exchange-suppress-all',
  'empty-return-path',
  'postmaster-person',
  'crm-list-unsubscribe',
  'no-reply-sender',
  'company-wide-group',
];

test.each(Object.keys(quoted))(
  'what a program said, quoted %s below the words of a person, changes nothing',
  async (how) => {
    for (const name of people) {
      for (const words of machineWords) {
        const mail = `${mailBytes('replies', name).toString('utf8')}\n\n${quoted[how]!(words)}\n`;
        expect({ name, ...classify(await readMessage(Buffer.from(mail)), ourselves) }).toMatchObject({
          name,
          kind: 'reply',
        });
      }
    }
  },
);
