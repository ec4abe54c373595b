import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mailboxName, type MailboxSettings } from '../../src/mail/mailbox.js';
import { fetchMail } from '../../src/replies/fetch-mail.js';
import { MailboxCursor } from '../../src/replies/mailbox-cursor.model.js';
import { createClock } from '../support/app.js';
import { useDatabase } from '../support/database.js';
import { startImapServer, type ImapServer } from '../support/imap-server.js';
import { aTaker, useImapServer } from '../support/mailboxes.js';

useDatabase();
const { server, settings } = useImapServer();
const clock = createClock();

let withoutTls: ImapServer;
beforeAll(async () => {
  withoutTls = await startImapServer({ tls: false });
}, 30_000);
afterAll(() => withoutTls.stop());

/** What is said; whatever it is, it holds no password and is written down beside the cursor. */
async function problemWith(changed: Partial<MailboxSettings>): Promise<string> {
  const wanted = settings(changed);
  const result = await fetchMail(wanted, aTaker().takeIn, clock);
  const problem = 'problem' in result ? result.problem : 'none';
  for (const secret of [server().password, 'hunter22']) {
    expect(problem).not.toContain(secret);
    expect(problem).not.toContain(encodeURIComponent(secret));
  }
  const kept = await MailboxCursor.findById(mailboxName(wanted)).lean();
  if (problem !== 'none') expect(kept).toMatchObject({ lastProblem: problem, lastProblemAt: clock.now() });
  return problem;
}

const withPassword = (url: string, password: string) => url.replace(/:[^:@/]*@/, `:${password}@`);

test('a wrong password', async () => {
  expect(await problemWith({ url: withPassword(server().urlTls, 'hunter22') })).toBe(
    'The mail server localhost does not take the user letter@example.org with this password. Check both in IMAP_URL, where an @ is written as %40, a / as %2F and a % as %25. The server says: Authentication failed.',
  );
});

test('a folder that is not there', async () => {
  expect(await problemWith({ url: `${server().urlTls}/Nowhere/At all` })).toBe(
    'There is no folder Nowhere/At all at the mail server localhost. Check the end of IMAP_URL, or make the folder.',
  );
});

test('a folder to move to that is not there', async () => {
  expect(await problemWith({ afterwards: { move: 'Done' } })).toBe(
    'There is no folder Done at the mail server localhost to move what was fetched to. Make it, or change IMAP_AFTERWARDS.',
  );
});

test('a server that nobody knows', async () => {
  expect(await problemWith({ url: 'imaps://letter:hunter22@imap.invalid/INBOX' })).toBe(
    'There is no mail server named imap.invalid. Check the host in IMAP_URL.',
  );
});

test('a port where nothing answers', async () => {
  expect(await problemWith({ url: 'imaps://letter:hunter22@localhost:1/INBOX' })).toBe(
    'No mail server answers at localhost, port 1. It may be down for a while; otherwise check host and port in IMAP_URL.',
  );
});

test('TLS where there is none', async () => {
  const url = server().urlTls.replace(/:\d+$/, `:${server().ports.imap}`);
  expect(await problemWith({ url })).toBe(
    `The mail server localhost does not speak TLS at port ${server().ports.imap} as imaps:// asks for. Write imap:// in IMAP_URL, or port 993.`,
  );
});

const signIns = (log: string) =>
  log.split('\n').filter((line) => /(Login|Logged in): user=<letter@example\.org>/.test(line));

// on Linux 0.0.0.0 is this machine under a name that is not known for it
const elsewhere = (url: string) => url.replace('localhost', '0.0.0.0');

test('no password goes to another machine without TLS, and to this one it does', async () => {
  expect(await problemWith({ url: elsewhere(withoutTls.url) })).toBe(
    `The mail server 0.0.0.0 offers no TLS at port ${withoutTls.ports.imap}, and without it no password is sent to another machine. Write imaps:// in IMAP_URL, or the port where TLS is offered.`,
  );
  expect(signIns(await withoutTls.log())).toEqual([]);
  expect(await problemWith({ url: withoutTls.url })).toBe('none');
  expect(signIns(await withoutTls.log())).toHaveLength(1);
});

test('where STARTTLS is offered it is used', async () => {
  expect(await problemWith({ url: elsewhere(server().url) })).toBe('none');
  expect(await problemWith({ url: server().url })).toBe('none');
  const all = signIns(await server().log());
  expect(all.length).toBeGreaterThanOrEqual(2);
  expect(all.filter((line) => !line.includes(', TLS'))).toEqual([]);
});

test.each(['urlTls', 'url'] as const)('a certificate that nobody vouches for (%s)', async (which) => {
  expect(await problemWith({ url: server()[which], ca: undefined })).toBe(
    'The certificate of the mail server localhost cannot be trusted: it is self-made. Write the host in IMAP_URL as the certificate names it; an authority of your own goes into the file that NODE_EXTRA_CA_CERTS names.',
  );
});

test('a certificate for another name', async () => {
  const url = server().urlTls.replace('localhost', '127.0.0.2');
  expect(await problemWith({ url })).toMatch(
    /^The certificate of the mail server 127\.0\.0\.2 cannot be trusted: it was issued for another name\./,
  );
});

test('a server that says nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const url = `imap://letter:hunter22@localhost:${port}/INBOX`;
  expect(await problemWith({ url, answerWithinMs: 300 })).toBe(
    `The mail server localhost, port ${port}, did not answer in time. It may be down for a while; otherwise check host and port in IMAP_URL, and whether it should begin with imaps://.`,
  );
  silent.close();
});

test('a token file that is not there, and an empty one', async () => {
  const tokenFile = path.join(path.dirname(server().caFile), 'no-token');
  expect(await problemWith({ tokenFile })).toBe('IMAP_TOKEN_FILE names a file that is not there.');
  await writeFile(tokenFile, '\n');
  expect(await problemWith({ tokenFile })).toBe('The file that IMAP_TOKEN_FILE names is empty.');
});

test('once it works again, the problem is gone', async () => {
  await server().goDown();
  expect(await problemWith({})).toMatch(/^No mail server answers at localhost/);
  await server().comeBack();
  clock.pass({ minutes: 5 });
  expect(await problemWith({})).toBe('none');
  const kept = await MailboxCursor.findById(mailboxName(settings())).lean();
  expect(kept).toMatchObject({ lastFetchedAt: clock.now() });
  expect(kept).not.toHaveProperty('lastProblem');
  expect(kept).not.toHaveProperty('lastProblemAt');
});
