import { describe, expect, test } from '@jest/globals';
import { run } from '../../jobs/send-due.js';
import { mailboxName } from '../../src/mail/mailbox.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { noteFetched, noteProblem, readFetching } from '../../src/replies/mailbox-cursor.model.js';
import { store, take } from '../../src/replies/take-in.js';
import { useMailBothWays } from '../support/both-ways.js';
import { aRunningCadence, stepsOf } from '../support/cadences.js';
import { useDatabase } from '../support/database.js';

useDatabase();
const { server, folder, settings, sink, world } = useMailBothWays();

/** The first step has gone, and the second is due today. @returns what they answered in between, as it came in */
async function aStepIsDueAndTheyHaveAnswered() {
  const { recipient } = await aRunningCadence(world());
  world().clock.set('2026-11-24T15:00:00Z');
  await run(world().deps);
  const { replyTo } = sink().messages[0]!.mail;
  world().clock.set('2026-11-25T15:00:00Z');
  const head = ['From: Kim Invented <kim@private.example>', `To: ${replyTo!.value[0]!.address!}`];
  return {
    recipient,
    answer: [...head, 'Subject: Re: Our letter, 1', '', 'We will publish it.', ''].join('\r\n'),
  };
}

const secondOf = async (recipient: RecipientRecord) => (await stepsOf(recipient))[1]!;
const WAITS = { state: 'scheduled', stateReasons: [expect.stringContaining('may be their answer')] };

test('after an outage, whoever answered during it is not written to: the mailbox is looked into before anything leaves', async () => {
  const { recipient, answer } = await aStepIsDueAndTheyHaveAnswered();
  await server().deliver(answer, folder());

  await run(world().deps);

  expect(sink().messages).toHaveLength(1);
  expect(await secondOf(recipient)).toMatchObject(WAITS);
});

test('an answer that was stored by a process which ended then keeps the next step back at once', async () => {
  const { recipient, answer } = await aStepIsDueAndTheyHaveAnswered();
  const source = Buffer.from(answer);
  const raw = { source, size: source.length, receivedAt: world().clock.now(), origin: 'A test' };
  await store([await take(raw, world().deps)], world().deps);

  await run(world().deps);

  expect(sink().messages).toHaveLength(1);
  expect(await secondOf(recipient)).toMatchObject(WAITS);
});

test.each([
  ['looked into', (name: string, at: Date) => noteFetched(name, at)],
  ['found to be out of reach', (name: string, at: Date) => noteProblem(name, 'It does not answer.', at)],
])('a mailbox that was %s a moment ago is not asked with every sweep', async (_what, note) => {
  const { answer } = await aStepIsDueAndTheyHaveAnswered();
  await server().deliver(answer, folder());
  await note(mailboxName(settings()), world().clock.now());
  world().clock.pass({ minutes: 5 });

  await run(world().deps);

  expect(await IncomingMail.countDocuments()).toBe(0);
});

describe('while the mailbox is out of reach', () => {
  const mailbox = () => ({ ...settings(), url: 'imap://nobody:secret@127.0.0.1:9/INBOX' });
  const sweep = () => run({ ...world().deps, replies: { ...world().deps.replies, mailbox: mailbox() } });
  const wasLastFetched = (hours: number) =>
    noteFetched(mailboxName(mailbox()), new Date(world().clock.now().getTime() - hours * 3_600_000));

  test('what is due leaves for two hours more, and the inbox says what is wrong', async () => {
    await aStepIsDueAndTheyHaveAnswered();
    await wasLastFetched(1.9);
    await sweep();
    expect(sink().messages).toHaveLength(2);
    expect((await readFetching(mailboxName(mailbox()))).lastProblem).toBeTruthy();
  });

  test('then it waits, as an answer may lie there, and goes on when mail comes in again', async () => {
    const { recipient } = await aStepIsDueAndTheyHaveAnswered();
    await wasLastFetched(2.1);
    await sweep();
    expect(sink().messages).toHaveLength(1);
    expect(await secondOf(recipient)).toMatchObject({
      state: 'scheduled',
      stateReasons: [expect.stringContaining('an answer of theirs may lie in the mailbox')],
      approval: expect.anything(),
    });
    world().clock.set('2026-11-25T16:30:00Z');
    await wasLastFetched(0);
    await sweep();
    expect(sink().messages).toHaveLength(2);
  });

  test('and after a day it is held, so that somebody is told', async () => {
    const { recipient } = await aStepIsDueAndTheyHaveAnswered();
    await wasLastFetched(2.1);
    await sweep();
    world().clock.set('2026-11-26T16:30:00Z');
    await sweep();
    expect(sink().messages).toHaveLength(1);
    expect(await secondOf(recipient)).toMatchObject({
      state: 'held',
      stateReasons: [
        expect.stringContaining('once mail comes in again'),
        expect.stringContaining('more than 24 hours late'),
      ],
    });
  });

  test('one that was never read keeps back what is due as well', async () => {
    await aStepIsDueAndTheyHaveAnswered();
    await sweep();
    expect(sink().messages).toHaveLength(1);
  });
});
