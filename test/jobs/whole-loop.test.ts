import { expect, test } from '@jest/globals';
import { schedule } from '../../jobs/schedule.js';
import { Recipient, type RecipientRecord } from '../../src/recipients/recipient.model.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { readAs } from '../../src/replies/incoming-mail.js';
import { toSignedInUser } from '../../src/users/user.model.js';
import { useMailBothWays } from '../support/both-ways.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';
import { aUser } from '../support/factories.js';

useDatabase();
const { server, folder, sink, world } = useMailBothWays();

/** Our step goes out by SMTP; what comes back lies in the mailbox, and the job fetches it by IMAP. */
async function weWriteAndTheyAnswer(answer: (to: string, messageId: string) => string) {
  const { recipient } = await aRunningCadence(world());
  world().clock.set('2026-11-24T15:00:00Z');
  await schedule['send-due']!.run(world().deps);
  const { replyTo, messageId } = sink().messages[0]!.mail;
  await server().deliver(answer(replyTo!.value[0]!.address!, messageId!), folder());
  expect(await schedule['fetch-mail']!.run(world().deps)).toBe('Mail: 1 fetched, 1 new, 0 not handed over.');
  expect(await schedule['fetch-mail']!.run(world().deps)).toBe('Mail: 0 fetched, 0 new, 0 not handed over.');
  return { recipient, mail: (await IncomingMail.findOne().lean<IncomingMailRecord>())! };
}

const aLetter = (head: readonly string[], text: string): string =>
  `${['Subject: Re: Our letter, 1', 'Date: Tue, 24 Nov 2026 17:00:00 +0000', ...head].join('\r\n')}\r\n\r\n${text}\r\n`;

const statesOf = async (recipient: RecipientRecord) => (await stepsOf(recipient)).map(({ state }) => state);

test('our mail goes out, an answer comes back, is matched, and the cadence stops', async () => {
  const { recipient, mail } = await weWriteAndTheyAnswer((to) =>
    aLetter(['From: Kim Invented <kim@private.example>', `To: ${to}`], 'We will publish it in March.'),
  );
  expect(mail).toMatchObject({ kind: 'reply', state: 'placed', recipient: recipient._id });
  world().clock.set('2026-11-26T18:00:00Z');
  await schedule['send-due']!.run(world().deps);
  expect(sink().messages).toHaveLength(1);
  await readAs(mail, 'reply', world().deps, { by: toSignedInUser(await aUser()) });
  expect(await statesOf(recipient)).toEqual(['sent', 'cancelled', 'cancelled']);
});

test('an automatic answer comes back, and the cadence goes on', async () => {
  const { recipient, mail } = await weWriteAndTheyAnswer((to, messageId) =>
    aLetter(
      [
        'From: Kim Invented <kim@private.example>',
        `To: ${to}`,
        `In-Reply-To: ${messageId}`,
        'Auto-Submitted: auto-replied',
      ],
      'I am out of the office until Monday.',
    ),
  );
  expect(mail).toMatchObject({ kind: 'auto-reply', state: 'placed' });
  expect((await Recipient.findById(recipient._id).lean())!.delivery).toBe('sent');
  world().clock.set('2026-11-25T18:00:00Z');
  await schedule['send-due']!.run(world().deps);
  expect(sink().messages).toHaveLength(2);
});

test('a report comes back that it did not arrive, and the next step is held', async () => {
  const { recipient, mail } = await weWriteAndTheyAnswer((_to, messageId) =>
    aLetter(
      [
        'From: MAILER-DAEMON@mx.example.net',
        'To: campaign@example.org',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      ],
      [
        '--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.',
        '--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n',
        'Final-Recipient: rfc822; office@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n',
        `--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${messageId}\r\n\r\n--b--`,
      ].join('\r\n'),
    ),
  );
  expect(mail).toMatchObject({ kind: 'bounce', state: 'placed', problem: { hard: true, status: '5.1.1' } });
  expect((await Recipient.findById(recipient._id).lean())!.delivery).toBe('bounced');
  world().clock.set('2026-11-25T18:00:00Z');
  await schedule['send-due']!.run(world().deps);
  expect(sink().messages).toHaveLength(1);
  expect(await statesOf(recipient)).toEqual(['sent', 'held', 'scheduled']);
});
