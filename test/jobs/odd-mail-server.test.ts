import { afterEach, expect, test } from '@jest/globals';
import { mailboxName } from '../../src/mail/mailbox.js';
import { fetchMail } from '../../src/replies/fetch-mail.js';
import { MailboxCursor } from '../../src/replies/mailbox-cursor.model.js';
import { createClock } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { aLetter, aTaker } from '../support/mailboxes.js';
import { startOddImapServer, type Oddity } from '../support/odd-imap-server.js';

useDatabase();
const clock = createClock();
const letters = [1, 2, 3].map(aLetter);

let server: Awaited<ReturnType<typeof startOddImapServer>>;
afterEach(() => server.close());

async function fetchFrom(onFetch: Oddity, messages = letters) {
  server = await startOddImapServer({ messages, onFetch });
  const taker = aTaker();
  const settings = { url: server.url, afterwards: 'leave' as const };
  const fetch = () => fetchMail(settings, taker.takeIn, clock);
  return { ...taker, result: await fetch(), fetchAgain: fetch };
}

const asksForBodies = (items: string) => items.includes('BODY.PEEK[]');

test('a message that is refused is handed on as failed with the words of the server, and the others come', async () => {
  const { result, subjects, failed } = await fetchFrom((uids, items) =>
    asksForBodies(items) && uids.includes(2) ? 'NO [SERVERBUG] This one is broken' : undefined,
  );
  expect(result).toEqual({ fetched: 2, stored: 2, failed: 1 });
  expect(subjects()).toEqual(['Letter 1', 'Letter 3']);
  expect(failed[0]!.failed).toBe('The mail server does not hand this message over: This one is broken');
});

test('a message that cannot even be listed is one that failed, in its place among the others', async () => {
  const { result, failed, fetchAgain } = await fetchFrom((uids) =>
    uids.includes(3) ? 'NO This one is broken' : undefined,
  );
  expect(result).toEqual({ fetched: 2, stored: 2, failed: 1 });
  expect(failed[0]!.origin).toMatch(/UID=3$/);
  expect(await fetchAgain()).toEqual({ fetched: 0, stored: 0, failed: 0 });
});

test('a message that the server passes over in silence is one that failed', async () => {
  const { result, failed } = await fetchFrom((uids, items) =>
    asksForBodies(items) && uids.includes(1) ? 'OK done' : undefined,
  );
  expect(result).toMatchObject({ failed: 1 });
  expect(failed[0]!.failed).toBe('The mail server does not hand this message over: it answers with nothing.');
});

test('a server that has troubles of its own hands over nothing now and everything later', async () => {
  let troubled = true;
  const { result, subjects, failed, fetchAgain } = await fetchFrom((_uids, items) =>
    troubled && asksForBodies(items) ? 'NO [UNAVAILABLE] The store is being moved' : undefined,
  );
  expect(result).toEqual({
    problem:
      'The mail server localhost has troubles of its own. It is tried again. The server says: The store is being moved',
  });
  expect(subjects()).toEqual([]);
  troubled = false;
  expect(await fetchAgain()).toEqual({ fetched: 3, stored: 3, failed: 0 });
  expect(failed).toEqual([]);
});

test('what came before a message at which the server falls over is stored', async () => {
  const large = aLetter(3) + `${'QUFB'.repeat(19)}\r\n`.repeat(120_000);
  const fallsOver: Oddity = (uids, items) => {
    if (!asksForBodies(items) || !uids.includes(3)) return undefined;
    void server.close();
    return Buffer.alloc(0);
  };
  const { result, subjects } = await fetchFrom(fallsOver, [aLetter(1), aLetter(2), large]);
  expect(result).toMatchObject({ problem: expect.stringMatching(/^No mail server answers/) as unknown });
  expect(subjects()).toEqual(['Letter 1', 'Letter 2']);
  expect(await MailboxCursor.findById(mailboxName(server)).lean()).toMatchObject({ lastUid: 2 });
});

test('a message whose size the server has lied about fills no memory and hides no other', async () => {
  const { result, subjects, failed } = await fetchFrom((uids, items) =>
    asksForBodies(items) && uids.includes(2)
      ? Buffer.from('* 2 FETCH (UID 2 BODY[] {900000000}\r\n')
      : undefined,
  );
  expect(result).toEqual({ fetched: 2, stored: 2, failed: 1 });
  expect(subjects()).toEqual(['Letter 1', 'Letter 3']);
  expect(failed[0]!.failed).toBe(
    'The mail server sends this message in a form that cannot be read (LiteralTooLarge).',
  );
});

test('a large message comes whole from a server that takes no notice of which slice is asked for', async () => {
  const large = aLetter(1) + `${'QUFB'.repeat(19)}\r\n`.repeat(120_000);
  const { result, offered } = await fetchFrom(() => undefined, [large, aLetter(2)]);
  expect(result).toEqual({ fetched: 2, stored: 2, failed: 0 });
  expect(offered[0]!.source.length).toBe(large.length);
  expect(offered[0]!.source.equals(Buffer.from(large))).toBe(true);
});

test('neither a password nor a token is sent to a server that takes none', async () => {
  server = await startOddImapServer({ messages: [], capabilities: 'IMAP4rev1 LOGINDISABLED' });
  const settings = { url: server.url, afterwards: 'leave' as const };
  expect(await fetchMail(settings, aTaker().takeIn, clock)).toEqual({
    problem: 'The mail server localhost takes no password without TLS. Write imaps:// in IMAP_URL.',
  });
  // any file will do for a token
  expect(await fetchMail({ ...settings, tokenFile: 'package.json' }, aTaker().takeIn, clock)).toEqual({
    problem:
      'The mail server localhost takes no access tokens (OAuth2). Write a password in IMAP_URL, and take IMAP_TOKEN_FILE away.',
  });
});

test('a server that can only remove everything that is marked moves nothing', async () => {
  server = await startOddImapServer({ messages: letters, capabilities: 'IMAP4rev1' });
  const settings = { url: server.url, afterwards: { move: 'Done' } };
  expect(await fetchMail(settings, aTaker().takeIn, clock)).toEqual({
    problem:
      'The mail server localhost cannot move a message by itself. Set IMAP_AFTERWARDS to seen or leave.',
  });
});
