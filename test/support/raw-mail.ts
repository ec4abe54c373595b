import type { RawMessage } from '../../src/mail/raw-message.js';

type Wanted = { from?: string; to?: string; subject?: string; text?: string; type?: string; more?: string[] };

let made = 0;

/** The bytes of a mail as a server hands them in, that came at this moment; `more` are header lines of its own. */
export function rawMail(receivedAt: Date, wanted: Wanted = {}): RawMessage {
  const {
    from = 'Kim Invented <kim@example.net>',
    to = 'campaign@example.org',
    subject = 'Re: Our letter',
    text = 'Thank you for your letter.',
    type = 'text/plain; charset=utf-8',
    more = [],
  } = wanted;
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${receivedAt.toUTCString()}`,
    `Message-ID: <in-${(made += 1)}@example.net>`,
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    ...more,
  ];
  const source = Buffer.from(`${head.join('\r\n')}\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`);
  return { source, size: source.length, receivedAt, origin: 'A mailbox' };
}

/** What says that it answers this message of ours. */
export const answering = ({ messageId }: { messageId: string }): string[] => [`In-Reply-To: ${messageId}`];
