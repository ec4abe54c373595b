import { beforeEach, describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { Entry } from '../../src/history/entry.model.js';
import { Recipient } from '../../src/recipients/recipient.model.js';
import { IncomingMail } from '../../src/replies/incoming-mail.model.js';
import { Group, importFile } from '../../src/replies/mail-group.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aRecipient } from '../support/factories.js';
import { wasWrittenTo } from '../support/incoming.js';
import { answering, rawMail } from '../support/raw-mail.js';

useDatabase();

let world: TestApp;
beforeEach(() => {
  world = createTestApp({ replyTo: 'replies@example.org' });
});

const letter = (more: Parameters<typeof rawMail>[1] = {}): Buffer =>
  rawMail(world.clock.now(), { from: 'Noa Stranger <noa@stranger.invalid>', ...more }).source;
const nothing = () => ({ messages: 0, stored: 0, known: 0 });

test('several groups of mail are taken in, each once, with all that follows', async () => {
  const messageId = await wasWrittenTo(await aRecipient());
  const mails = Array.from({ length: 600 }, (_, n) =>
    letter(n % 100 ? {} : { more: answering({ messageId }) }),
  );
  const count = nothing();
  const told: number[] = [];
  const group = new Group(world.deps, count, ({ messages }) => told.push(messages));
  // the first come once more, when the group that they were in is still being stored
  for (const mail of [...mails, ...mails.slice(0, 50)]) await group.add({ bytes: mail }, 'old.mbox');
  await group.takeIn();
  expect(count).toEqual({ messages: 650, stored: 600, known: 50 });
  expect(told).toEqual([250, 500, 650]);
  expect(await IncomingMail.countDocuments({ origin: 'old.mbox', handledAt: { $ne: null } })).toBe(600);
  expect(await Entry.countDocuments({ direction: 'in' })).toBe(6);
  expect((await Recipient.findOne().lean())!.unreadMail).toHaveLength(6);
});

describe('what goes wrong', () => {
  test('is told to whoever adds the next group or waits for the end, and what was stored stays', async () => {
    const count = nothing();
    const group = new Group(world.deps, count, () => Promise.reject(new Error('nobody can be told')));
    const more = async () => {
      for (let n = 0; n < 250; n += 1) await group.add({ bytes: letter() }, 'old.mbox');
    };
    await more();
    await expect(
      (async () => {
        await more();
        await more();
        await group.takeIn();
      })(),
    ).rejects.toThrow('nobody can be told');
    expect(await IncomingMail.countDocuments({ handledAt: null })).toBe(0);
    expect(await IncomingMail.countDocuments()).toBeGreaterThanOrEqual(250);
  });

  test('with a file that breaks off, is told, and what came before it is taken in with the rest', async () => {
    const group = new Group(world.deps, nothing());
    await importFile(letter(), 'whole.eml', group);
    const broken = new Readable({
      read() {
        this.push(letter());
        this.destroy(new Error('the disk is gone'));
      },
    });
    await expect(importFile(broken, 'broken.eml', group)).rejects.toThrow('the disk is gone');
    await group.takeIn();
    expect(await IncomingMail.distinct('origin')).toEqual(['whole.eml']);
  });
});

test('large messages are not held while others are read', async () => {
  const group = new Group(world.deps, nothing());
  await group.add({ bytes: letter() }, 'small');
  await group.add({ bytes: Readable.from([letter({ text: 'Long words. \n'.repeat(700_000) })]) }, 'large');
  expect(await IncomingMail.distinct('origin')).toEqual(['large', 'small']);
});

test('nothing is nothing', async () => {
  const count = nothing();
  await new Group(world.deps, count, () => Promise.reject(new Error('there is nothing to tell'))).takeIn();
  expect(count).toEqual(nothing());
});
