import { ImapFlow, type ImapFlowError } from 'imapflow';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { MAX_SOURCE } from './fetch-sources.js';
import { isLoopback, type MailboxAddress } from './mailbox-address.js';
import { MailboxProblem, mailboxProblem, noSuchFolder, nowhereToMove } from './mailbox-problem.js';

/** Where the mail is, and what becomes of a message there once it is stored here. */
export type MailboxSettings = {
  /** `imaps://user:password@host/Folder`; with `imap://`, TLS begins after STARTTLS, and only loopback goes without */
  url: string;
  /** the file of an OAuth2 access token; read anew at each connect, so whoever refreshes the token only writes the file */
  tokenFile?: string;
  afterwards: Afterwards;
  /** the certificate of an authority of the test's own: the product trusts those that Node trusts */
  ca?: string;
  /** how long the server may take to answer a connection */
  answerWithinMs?: number;
};

export type Afterwards = 'leave' | 'seen' | { move: string };

/** A little more than the largest message that is asked for, so that no server fills the memory. */
const MAX_LITERAL = MAX_SOURCE + 4_000_000;

/**
 * Connects, signs in and opens the folder, for reading only where nothing is to be changed in it.
 * @throws MailboxProblem
 */
export async function connectToMailbox(
  at: MailboxAddress,
  settings: MailboxSettings,
  signal?: AbortSignal,
): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: at.host,
    port: at.port,
    secure: at.secure,
    ...(at.secure ? {} : { doSTARTTLS: isLoopback(at.host) ? undefined : true }),
    auth: { user: at.user, ...(await secretOf(at, settings)) },
    tls: {
      // said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off either
      rejectUnauthorized: true,
      ...(settings.ca ? { ca: [...rootCertificates, settings.ca] } : {}),
    },
    clientInfo: { name: 'Answerable' },
    logger: false,
    disableCompression: true,
    disableAutoIdle: true,
    connectionTimeout: settings.answerWithinMs ?? 20_000,
    greetingTimeout: settings.answerWithinMs ?? 20_000,
    socketTimeout: 120_000,
    maxLiteralSize: MAX_LITERAL,
    maxResponseSize: MAX_LITERAL + 1_000_000,
  });
  // without a listener an error would end the process; it closes the connection, and what was asked last fails in other words
  client.on('error', (error) => {
    client.context = error;
  });
  const end = () => client.close();
  signal?.addEventListener('abort', end);
  client.on('close', () => signal?.removeEventListener('abort', end));
  try {
    signal?.throwIfAborted();
    await client.connect();
    await openFolder(client, at, settings);
    return client;
  } catch (error) {
    client.close();
    throw mailboxProblem(error, { ...at, tokenFile: settings.tokenFile });
  }
}

async function secretOf(
  { password }: MailboxAddress,
  { tokenFile }: MailboxSettings,
): Promise<{ pass: string } | { accessToken: string }> {
  if (!tokenFile) return { pass: password };
  const token = await readFile(tokenFile, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new MailboxProblem(
      code === 'ENOENT'
        ? 'IMAP_TOKEN_FILE names a file that is not there.'
        : `IMAP_TOKEN_FILE names a file that cannot be read (${code}).`,
    );
  });
  if (token.trim() === '') throw new MailboxProblem('The file that IMAP_TOKEN_FILE names is empty.');
  return { accessToken: token.trim() };
}

/** The lock is never given back: while it is held, a pause of ours is not taken for a dead connection. */
async function openFolder(
  client: ImapFlow,
  at: MailboxAddress,
  { afterwards }: MailboxSettings,
): Promise<void> {
  const readOnly = afterwards === 'leave';
  try {
    await client.getMailboxLock(at.folder, { readOnly, maxLockHoldTime: false });
  } catch (error) {
    throw (error as ImapFlowError).mailboxMissing ? noSuchFolder(at) : error;
  }
  if (client.mailbox && client.mailbox.readOnly && !readOnly)
    throw new MailboxProblem(
      `The folder ${at.folder.join('/')} at ${at.host} may only be read. Set IMAP_AFTERWARDS to leave.`,
    );
  if (typeof afterwards !== 'object') return;
  if (!client.capabilities.has('MOVE') && !client.capabilities.has('UIDPLUS'))
    throw new MailboxProblem(
      `The mail server ${at.host} cannot move a message by itself. Set IMAP_AFTERWARDS to seen or leave.`,
    );
  const there = await client.status(afterwards.move.split('/'), { messages: true }).catch(notFound);
  if (!there) throw nowhereToMove(at, afterwards.move);
}

function notFound(error: ImapFlowError): false {
  if (error.code === 'NotFound') return false;
  throw error;
}
