import MailComposer from 'nodemailer/lib/mail-composer';
import { createHash, randomUUID } from 'node:crypto';

export type Address = { name: string; address: string };

/** The header that marks every mail of ours, so that we know it when it comes back to us. Its value is the kind of mail. */
export const OUR_MARK = 'X-Answerable-Message';

/** Everything that will leave, before it is bytes. */
export type Message = {
  kind: 'follow-up' | 'notice';
  messageId: string;
  from: Address;
  to: Address;
  subject: string;
  text: string;
  html?: string;
  date: Date;
  replyTo?: string;
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
  attachments?: AttachedFile[];
};

/** A file as it leaves: its name, its media type and its bytes, never where they may be found. */
export type AttachedFile = { name: string; type: string; content: Buffer };

/**
 * A new Message-ID (RFC 5322, section 3.6.4), with angle brackets, at the domain of the sender.
 * It is fixed before the message is first tried and never changes, so that a server's log can be searched for it.
 */
export const newMessageId = (from: Address): string => `<${randomUUID()}@${from.address.split('@')[1]}>`;

/** The Message-ID that belongs to these words, always the same: for work that may be begun once more after a crash. */
export const messageIdFor = (words: string, from: Address): string =>
  `<${createHash('sha256').update(words).digest('hex').slice(0, 32)}@${from.address.split('@')[1]}>`;

/** The exact bytes of a message (RFC 5322 with CRLF lines), as they are previewed, captured and sent. */
export function compose(message: Message): Promise<Buffer> {
  const { kind, headers, attachments = [], ...fields } = message;
  const composer = new MailComposer({
    ...fields,
    headers: { ...headers, [OUR_MARK]: kind },
    attachments: attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content,
      contentDisposition: 'attachment',
    })),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** `Answerable <answerable@example.org>`, or the bare address. */
export const addressInWords = ({ name, address }: Address): string =>
  name ? `${name} <${address}>` : address;

/**
 * Reads the sender from a setting such as `Answerable <answerable@example.org>`.
 * @returns the name (may be empty) and the bare address
 */
export function parseSender(setting: string): Address {
  const match = /^(.*)<([^<>]+)>\s*$/.exec(setting);
  return match
    ? { name: match[1]!.trim().replace(/^"|"$/g, ''), address: match[2]!.trim() }
    : { name: '', address: setting.trim() };
}
