import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { MailboxSettings } from '../../src/mail/mailbox.js';
import type { FailedMessage, RawMessage } from '../../src/mail/raw-message.js';
import type { TakeIn } from '../../src/replies/fetch-mail.js';
import { startImapServer, type ImapServer } from './imap-server.js';

/** A short letter, different for each number. */
export const aLetter = (number: number): string =>
  `From: someone@example.com\r\nSubject: Letter ${number}\r\n\r\nThis is letter ${number}.\r\n`;

export type Mailboxes = {
  server: () => ImapServer;
  /** the folder of this test */
  folder: () => string;
  settings: (more?: Partial<MailboxSettings>) => MailboxSettings;
  /** delivers letters with these numbers, and says under which names they lie there */
  deliver: (...numbers: number[]) => Promise<string[]>;
};

/** One server for a file of tests, and a new folder for each of them. */
export function useImapServer(options: Parameters<typeof startImapServer>[0] = {}): Mailboxes {
  let server: ImapServer;
  let count = 0;
  const folder = () => `Replies${count}`;
  beforeAll(async () => {
    server = await startImapServer(options);
  }, 30_000);
  beforeEach(async () => {
    count += 1;
    await server.makeFolder(folder());
  });
  afterAll(() => server?.stop());
  return {
    server: () => server,
    folder,
    settings: (more = {}) => ({
      url: `${server.urlTls}/${folder()}`,
      ca: server.ca,
      afterwards: 'leave',
      ...more,
    }),
    deliver: async (...numbers) => {
      const names: string[] = [];
      for (const number of numbers) names.push(await server.deliver(aLetter(number), folder()));
      return names;
    },
  };
}

/** Takes messages in as the inbox would: the same one twice is stored once. */
export function aTaker() {
  const offered: RawMessage[] = [];
  const failed: FailedMessage[] = [];
  const stored = new Set<string>();
  const takeIn: TakeIn = async (messages, failures) => {
    // whoever fetches empties them once they are stored
    offered.push(...messages.map((one) => ({ ...one })));
    failed.push(...failures);
    const before = stored.size;
    for (const { source } of messages) stored.add(createHash('sha256').update(source).digest('hex'));
    return { stored: stored.size - before };
  };
  const subjects = () => offered.map(({ source }) => /^Subject: (.*)\r$/m.exec(source.toString())?.[1] ?? '');
  return { offered, failed, takeIn, subjects };
}
