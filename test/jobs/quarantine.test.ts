import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Deps } from '../../src/deps.js';
import { Entry } from '../../src/history/entry.model.js';
import { finishUnhandled } from '../../src/replies/act-on.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { openSource } from '../../src/replies/source.js';
import { keep, take, takeIn } from '../../src/replies/take-in.js';
import { replyAddress } from '../../src/mail/reply-address.js';
import { togetherOrAlone } from '../../src/together-or-alone.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aFollowUp, aRecipient } from '../support/factories.js';
import { wasWrittenTo } from '../support/incoming.js';
import { answering, rawMail } from '../support/raw-mail.js';

useDatabase();

let world: TestApp;
/** what the log was told, and with what */
let logged: object[];
beforeEach(() => {
  world = createTestApp({ replyTo: 'replies@example.org' });
  logged = [];
  const log = {
    ...world.deps.log,
    error: (what: object) => void logged.push(what),
  } as unknown as Deps['log'];
  world.deps = { ...world.deps, log };
});

const letter = (more: Parameters<typeof rawMail>[1] = {}) => rawMail(world.clock.now(), more);
const stored = (): Promise<IncomingMailRecord[]> =>
  IncomingMail.find().sort({ _id: 1 }).lean<IncomingMailRecord[]>();
const WHY = 'Answerable cannot deal with it, by a fault of its own; the log says more.';

test('a message with which a rule goes wrong is kept as one that cannot be read, and the others are placed', async () => {
  const followUp = await aFollowUp({ state: 'sent' });
  const tag = { followUp: String(followUp._id), recipient: String(followUp.recipient) };
  const to = replyAddress('replies@example.org', tag, 'any secret');
  const messageId = await wasWrittenTo(await aRecipient());
  const mails = [letter({ more: answering({ messageId }) }), letter({ to }), letter()];
  // whoever looks at a signed address without a secret falls over
  const deps = { ...world.deps, sessionSecret: undefined as never };

  expect(await takeIn(mails, deps)).toEqual({ stored: 3, known: 0 });
  const [placed, spoilt, waiting] = await stored();
  expect(placed).toMatchObject({ kind: 'reply', state: 'placed' });
  expect(spoilt).toMatchObject({ kind: 'unreadable', state: 'waiting', why: WHY, words: '' });
  expect(waiting).toMatchObject({ kind: 'reply', state: 'waiting' });
  expect(await buffer(await openSource(spoilt!._id))).toEqual(mails[1]!.source);
  expect(logged).toMatchObject([{ err: { name: 'TypeError' }, origin: 'A mailbox' }]);
  expect(await takeIn(mails, deps)).toEqual({ stored: 0, known: 3 });
});

test('a message on which a rule about what it says goes wrong is kept as well', async () => {
  let asked = 0;
  const authServer = {
    toLowerCase: () => {
      if ((asked += 1) === 2) throw new TypeError('a rule with a fault');
      return 'mx.example.org';
    },
  } as string;
  const deps = { ...world.deps, replies: { ...world.deps.replies, authServer } };
  expect(await takeIn([letter(), letter(), letter()], deps)).toEqual({ stored: 3, known: 0 });
  expect((await stored()).map(({ kind }) => kind)).toEqual(['reply', 'unreadable', 'reply']);
  expect(logged).toMatchObject([{ err: { message: 'a rule with a fault' } }]);
});

test('a record that the database does not take is kept without its words, and the others as they are', async () => {
  const taken = [
    await take(letter(), world.deps),
    await take(letter(), world.deps),
    await take(letter(), world.deps),
  ];
  taken[1]!.said.words = 'x'.repeat(17_000_000);
  expect(await keep(taken, world.deps)).toEqual({ stored: 3, known: 0 });
  const [, tooLarge, last] = await stored();
  expect(tooLarge).toMatchObject({ kind: 'unreadable', why: WHY, fingerprint: taken[1]!.said.fingerprint });
  expect(last!.words).toBe('Thank you for your letter.');
  expect(await keep(taken, world.deps)).toEqual({ stored: 0, known: 3 });
});

test('a message that was taken in elsewhere at this moment leaves no second source behind, small or large', async () => {
  const raws = [letter(), letter({ text: 'Long words. '.repeat(200_000) })];
  const [mine, theirs] = [0, 1].map(() => Promise.all(raws.map((raw) => take(raw, world.deps))));
  const done = await Promise.all([keep(await mine!, world.deps), keep(await theirs!, world.deps)]);
  expect(done.reduce((sum, one) => sum + one.stored, 0)).toBe(2);
  const count = (name: string) => mongoose.connection.collection(name).countDocuments();
  expect([await count('incomingsources'), await count('incoming.files')]).toEqual([1, 1]);
  for (const { _id, size } of await stored()) expect(await buffer(await openSource(_id))).toHaveLength(size);
});

test('what follows from one message goes wrong, and follows from the others', async () => {
  const recipients = [await aRecipient(), await aRecipient(), await aRecipient()];
  const mails = await Promise.all(
    recipients.map(async (one) => letter({ more: answering({ messageId: await wasWrittenTo(one) }) })),
  );
  const taken = await Promise.all(mails.map((raw) => take(raw, world.deps)));
  // history refuses an entry that happened at no time
  taken[1]!.raw.receivedAt = new Date(Number.NaN);
  taken[1]!.said.date = null;
  expect(await keep(taken, world.deps)).toEqual({ stored: 3, known: 0 });
  expect(await Entry.countDocuments({ direction: 'in' })).toBe(2);
  expect(logged).toMatchObject([{ incoming: String(taken[1]!._id) }]);
  expect(await IncomingMail.distinct('_id', { handledAt: null })).toEqual([taken[1]!._id]);
  // it is tried again, once what was wrong is mended
  await IncomingMail.updateOne({ _id: taken[1]!._id }, { $set: { happenedAt: world.clock.now() } });
  expect(await finishUnhandled(world.deps)).toBe(1);
  expect(await Entry.countDocuments({ direction: 'in' })).toBe(3);
});

test('where the database cannot be reached nothing is done alone, and it is said', async () => {
  const gone = Object.assign(new Error('connect ECONNREFUSED'), { name: 'MongoNetworkError' });
  let tried = 0;
  const work = async () => {
    tried += 1;
    throw gone;
  };
  await expect(togetherOrAlone([1, 2, 3], work, async () => [])).rejects.toBe(gone);
  expect(tried).toBe(1);
});
