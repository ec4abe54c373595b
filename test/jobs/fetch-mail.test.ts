import { expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mailboxName } from '../../src/mail/mailbox.js';
import { fetchMail, type TakeIn } from '../../src/replies/fetch-mail.js';
import { MailboxCursor } from '../../src/replies/mailbox-cursor.model.js';
import { createClock } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aLetter, aTaker, useImapServer } from '../support/mailboxes.js';

useDatabase();
const { server, folder, settings, deliver } = useImapServer();
const clock = createClock();

const fetchInto = (takeIn: TakeIn, more = {}) => fetchMail(settings(more), takeIn, clock);
const flags = async (where = folder()) =>
  (await server().messages(where)).map(({ flags }) => flags.join(' '));

test('what came is handed over byte for byte, with when it came and where it lies', async () => {
  await deliver(1);
  const { takeIn, offered } = aTaker();

  expect(await fetchInto(takeIn)).toEqual({ fetched: 1, stored: 1, failed: 0 });

  const [letter] = offered;
  expect(letter!.source.toString()).toBe(aLetter(1));
  expect(letter!.size).toBe(aLetter(1).length);
  expect(Math.abs(letter!.receivedAt.getTime() - Date.now())).toBeLessThan(60_000);
  expect(letter!.origin).toMatch(
    /^imap:\/\/letter%40example\.org@localhost:\d+\/Replies\d+;UIDVALIDITY=\d+\/;UID=1$/,
  );
  expect(letter!.origin).not.toContain(encodeURIComponent(server().password));
});

test('fetched twice, nothing is handed over again, and what came meanwhile is', async () => {
  await deliver(1, 2);
  const { takeIn, subjects } = aTaker();
  await fetchInto(takeIn);
  expect(await fetchInto(takeIn)).toEqual({ fetched: 0, stored: 0, failed: 0 });
  await deliver(3);
  expect(await fetchInto(takeIn)).toEqual({ fetched: 1, stored: 1, failed: 0 });
  expect(subjects()).toEqual(['Letter 1', 'Letter 2', 'Letter 3']);

  const kept = await MailboxCursor.findById(mailboxName(settings())).lean();
  expect(kept).toMatchObject({ lastUid: 3, lastFetchedAt: clock.now() });
});

test('nothing is changed on the server unless somebody asked for it', async () => {
  await deliver(1, 2);
  await fetchInto(aTaker().takeIn);
  const left = await server().messages(folder());
  expect(left.map(({ flags }) => flags)).toEqual([[], []]);
  // not even that somebody has looked
  expect(left.every(({ file }) => path.dirname(file).endsWith('new'))).toBe(true);
});

test('a message is marked as seen once it is stored, and not before', async () => {
  await deliver(1, 2);
  const before: string[] = [];
  const taker = aTaker();
  const takeIn: TakeIn = async (messages, failed) => {
    before.push(...(await flags()));
    return taker.takeIn(messages, failed);
  };
  await fetchInto(takeIn, { afterwards: 'seen' });
  expect(before).toEqual(['', '']);
  expect(await flags()).toEqual(['\\Seen', '\\Seen']);
});

test('a message is moved to a folder within a folder once it is stored', async () => {
  await server().makeFolder(`${folder()}.Done`);
  await deliver(1, 2);
  await fetchInto(aTaker().takeIn, { afterwards: { move: `${folder()}/Done` } });
  expect(await server().messages(folder())).toEqual([]);
  expect(await flags(`${folder()}.Done`)).toEqual(['', '']);
});

test('where the server does not move what is stored, that is a problem, and it is not fetched again', async () => {
  await server().makeFolder(`${folder()}.Done`);
  await deliver(1, 2);
  const { takeIn, subjects } = aTaker();
  const andTheFolderGoes: TakeIn = async (messages, failed) => {
    await server().removeFolder(`${folder()}.Done`);
    return takeIn(messages, failed);
  };
  const afterwards = { move: `${folder()}/Done` };
  expect(await fetchInto(andTheFolderGoes, { afterwards })).toEqual({
    problem: `What was fetched is stored, but the mail server did not move it to ${folder()}/Done. Check IMAP_AFTERWARDS.`,
  });
  await fetchInto(takeIn);
  expect(subjects()).toEqual(['Letter 1', 'Letter 2']);
});

test('what could not be stored is offered again, and neither marked nor passed over', async () => {
  await deliver(...Array.from({ length: 150 }, (_, i) => i));
  const { takeIn, offered, subjects } = aTaker();
  const untilTheDatabaseGoes: TakeIn = (messages, failed) =>
    offered.length === 0 ? takeIn(messages, failed) : Promise.reject(new Error('The database is gone.'));
  await expect(fetchInto(untilTheDatabaseGoes, { afterwards: 'seen' })).rejects.toThrow(
    'The database is gone.',
  );
  expect((await flags()).filter(Boolean)).toHaveLength(100);

  expect(await fetchInto(takeIn, { afterwards: 'seen' })).toEqual({ fetched: 50, stored: 50, failed: 0 });
  expect(new Set(subjects()).size).toBe(150);
  expect((await flags()).filter(Boolean)).toHaveLength(150);
});

test('where the server has numbered its messages anew, all are offered again', async () => {
  await deliver(1, 2, 3);
  const { takeIn } = aTaker();
  await fetchInto(takeIn);
  await server().resetUidValidity(folder());
  await deliver(4);
  expect(await fetchInto(takeIn)).toEqual({ fetched: 4, stored: 1, failed: 0 });
  expect(await fetchInto(takeIn)).toEqual({ fetched: 0, stored: 0, failed: 0 });
});

test('two fetches at once take turns: nothing is handed over twice', async () => {
  await deliver(1, 2, 3);
  const { takeIn, subjects } = aTaker();
  await Promise.all([fetchInto(takeIn), fetchInto(takeIn)]);
  expect(subjects()).toEqual(['Letter 1', 'Letter 2', 'Letter 3']);
});

test('a message that the server does not hand over hides no other', async () => {
  const [poisonous] = await deliver(1, 2, 3);
  const { takeIn, failed, subjects } = aTaker();
  // Dovecot breaks off the connection rather than say that it cannot read a file
  await server().setReadable(poisonous!, false, folder());
  expect(await fetchInto(takeIn, { afterwards: 'seen' })).toEqual({ fetched: 2, stored: 2, failed: 1 });
  await server().setReadable(poisonous!, true, folder());

  expect(subjects()).toEqual(['Letter 2', 'Letter 3']);
  expect(failed).toHaveLength(1);
  expect(failed[0]!.failed).toMatch(
    /^The connection to the mail server breaks off whenever this message is asked for\./,
  );
  expect(failed[0]!.origin).toMatch(/UID=1$/);
  expect(await flags()).toEqual(['', '\\Seen', '\\Seen']);
  expect(await fetchInto(takeIn)).toEqual({ fetched: 0, stored: 0, failed: 0 });
});

test('where no other is there to compare with, it is taken for trouble of the server and asked for again', async () => {
  const [poisonous] = await deliver(1);
  const { takeIn, failed, subjects } = aTaker();
  await server().setReadable(poisonous!, false, folder());
  expect(await fetchInto(takeIn)).toMatchObject({
    problem: expect.stringMatching(
      /^The connection to the mail server localhost broke off\. It is tried again\./,
    ) as unknown,
  });
  await server().setReadable(poisonous!, true, folder());
  expect(await fetchInto(takeIn)).toEqual({ fetched: 1, stored: 1, failed: 0 });
  expect([subjects(), failed]).toEqual([['Letter 1'], []]);
});

test('an access token is read anew at each sign-in', async () => {
  const tokenFile = path.join(path.dirname(server().caFile), 'token');
  const { takeIn } = aTaker();
  await deliver(1);
  await writeFile(tokenFile, 'the first\n');
  server().tokens.add('the first');
  expect(await fetchInto(takeIn, { tokenFile })).toMatchObject({ fetched: 1 });

  server().tokens.delete('the first');
  server().tokens.add('the second');
  expect(await fetchInto(takeIn, { tokenFile })).toEqual({
    problem:
      'The mail server localhost does not take the access token of letter@example.org. Whoever refreshes it has to write a new one to the file that IMAP_TOKEN_FILE names. The server says: Authentication failed.',
  });
  await writeFile(tokenFile, 'the second\n');
  expect(await fetchInto(takeIn, { tokenFile })).toMatchObject({ fetched: 0 });
});
