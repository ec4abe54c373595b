import { setTimeout as pause } from 'node:timers/promises';
import type { Line } from './fetch-each.js';
import { messagesFrom } from './fetch-messages.js';
import { connectToMailbox, type MailboxSettings } from './imap-connection.js';
import { parseMailboxUrl, type MailboxAddress } from './mailbox-address.js';
import { MailboxProblem, mailboxProblem } from './mailbox-problem.js';
import type { FailedMessage, RawMessage } from './raw-message.js';
import { setAside } from './set-aside.js';
import { waitForNews } from './wait-for-news.js';

export type { MailboxSettings } from './imap-connection.js';
export { MailboxProblem } from './mailbox-problem.js';

/** How far a mailbox is read. A UID means something only together with the UIDVALIDITY (RFC 9051, section 2.3.1.1). */
export type Cursor = { uidValidity: string; lastUid: number };

export type Fetched = { message: RawMessage | FailedMessage; cursor: Cursor };

export type Mailbox = {
  name: string;
  /**
   * What came after the cursor, in order; everything where there is none, or where the server has numbered anew. Nothing is
   * changed on the server. Between two messages the mailbox may be asked for other things.
   */
  fetchAfter: (cursor: Cursor | null) => AsyncGenerator<Fetched>;
  /** For messages that are stored: marks or moves them where the settings say so. Resolves with a sentence if refused. */
  afterwards: (uids: readonly number[]) => Promise<string | null>;
  /** Resolves when something has come since the last fetch began, when the time is up, or when aborted. */
  waitForNews: (signal: AbortSignal, atMostMs: number) => Promise<void>;
  close: () => Promise<void>;
};

/** What a mailbox's cursor is kept under. */
export const mailboxName = ({ url }: Pick<MailboxSettings, 'url'>): string => parseMailboxUrl(url).name;

/**
 * Opens a folder by IMAP. It and all that it does throw a MailboxProblem: a sentence for whoever runs the product.
 * @param signal ends the connection at once, whatever it is doing
 */
export async function openMailbox(settings: MailboxSettings, signal?: AbortSignal): Promise<Mailbox> {
  const at = parseMailboxUrl(settings.url);
  const line = await openLine(at, settings, signal);
  const inWords = (error: unknown): never => {
    throw mailboxProblem(error, { ...at, tokenFile: settings.tokenFile });
  };
  return {
    name: at.name,
    async *fetchAfter(cursor) {
      try {
        yield* fetchAfter(line, at, cursor);
      } catch (error) {
        inWords(error);
      }
    },
    afterwards: (uids) => setAside(line.client, uids, settings.afterwards).catch(inWords),
    async waitForNews(signal, atMostMs) {
      if (!line.news.came) await waitForNews(line.client, signal, atMostMs).catch(inWords);
    },
    async close() {
      await Promise.race([line.client.logout().catch(() => {}), pause(1000, undefined, { ref: false })]);
      line.client.close();
    },
  };
}

type OpenLine = Line & { news: { came: boolean }; uidValidity: string };

async function openLine(
  at: MailboxAddress,
  settings: MailboxSettings,
  signal?: AbortSignal,
): Promise<OpenLine> {
  const news = { came: true };
  const connect = async () => {
    const client = await connectToMailbox(at, settings, signal);
    client.on('exists', ({ count, prevCount }) => {
      news.came ||= count > prevCount;
    });
    return { client, uidValidity: client.mailbox ? String(client.mailbox.uidValidity) : '' };
  };
  const line: OpenLine = {
    ...(await connect()),
    news,
    async renew() {
      const before = line.uidValidity;
      line.client.close();
      Object.assign(line, await connect());
      news.came = true;
      if (line.uidValidity === before) return;
      throw new MailboxProblem(
        'The mail server numbered its messages anew while they were fetched. It is tried again.',
      );
    },
  };
  return line;
}

async function* fetchAfter(
  line: OpenLine,
  at: MailboxAddress,
  cursor: Cursor | null,
): AsyncGenerator<Fetched> {
  line.news.came = false;
  // makes the server look
  await line.client.noop();
  const { uidValidity } = line;
  const first = cursor?.uidValidity === uidValidity ? cursor.lastUid + 1 : 1;
  const originOf = (uid: number) => `${at.name};UIDVALIDITY=${uidValidity}/;UID=${uid}`;
  for await (const { uid, message } of messagesFrom(line, first, originOf))
    yield { message, cursor: { uidValidity, lastUid: uid } };
}
