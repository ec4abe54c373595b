import { randomUUID } from 'node:crypto';
import { compose, OUR_MARK, type AttachedFile } from '../../src/mail/message.js';
import { IncomingMail, type IncomingMailRecord } from '../../src/replies/incoming-mail.model.js';
import { takeIn } from '../../src/replies/take-in.js';
import type { RecipientRecord } from '../../src/recipients/recipient.model.js';
import type { TestApp } from './app.js';
import { anEntry } from './factories.js';

type World = Pick<TestApp, 'deps' | 'clock'>;

type Wanted = {
  /** `Kim Invented <kim@example.org>` */
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  html?: string;
  inReplyTo?: string;
  date?: Date;
  headers?: Record<string, string>;
  attachments?: AttachedFile[];
};

/** A mail that comes in now, as bytes, by the way every mail takes. Somebody whom nobody knows wrote it, unless a test says who. */
export async function anIncoming(wanted: Wanted, world: World): Promise<IncomingMailRecord> {
  const { from = 'Noa Stranger <noa@stranger.invalid>', to = 'campaign@example.org' } = wanted;
  const composed = await compose({
    kind: 'follow-up',
    messageId: `<${randomUUID()}@stranger.invalid>`,
    from: addressOf(from),
    to: addressOf(to),
    subject: wanted.subject ?? 'Re: Our letter',
    text: wanted.text ?? 'We have read it.',
    date: wanted.date ?? world.clock.now(),
    ...(wanted.html && { html: wanted.html }),
    ...(wanted.inReplyTo && { inReplyTo: wanted.inReplyTo }),
    ...(wanted.headers && { headers: wanted.headers }),
    ...(wanted.attachments && { attachments: wanted.attachments }),
  });
  // others do not mark their mail as ours
  const marked = new RegExp(`^${OUR_MARK}:.*\r\n`, 'm');
  return comesIn(Buffer.from(composed.toString('latin1').replace(marked, ''), 'latin1'), world);
}

function addressOf(text: string): { name: string; address: string } {
  const [, name = '', address = text] = /^(.*?)\s*<(.+)>$/.exec(text) ?? [];
  return { name, address };
}

/** Whatever these bytes are, they come in now. @returns what became of them */
export async function comesIn(
  source: Buffer | string,
  { deps, clock }: World,
  size?: number,
): Promise<IncomingMailRecord> {
  const bytes = Buffer.from(source as Buffer);
  const raw = { source: bytes, size: size ?? bytes.length, receivedAt: clock.now(), origin: 'A test' };
  const { stored } = await takeIn([raw], deps);
  if (stored !== 1) throw new Error('It had come in before.');
  const [mail] = await IncomingMail.find().sort({ _id: -1 }).limit(1).lean<IncomingMailRecord[]>();
  return mail!;
}

/** Whatever these are, they come in now, together. */
export const comeIn = (sources: readonly Buffer[], { deps, clock }: World) =>
  takeIn(
    sources.map((source) => ({ source, size: source.length, receivedAt: clock.now(), origin: 'A test' })),
    deps,
  );

/** Everything that has come in, in that order. */
export const arrived = (): Promise<IncomingMailRecord[]> =>
  IncomingMail.find().sort({ _id: 1 }).lean<IncomingMailRecord[]>();

export const anAutoReply = (wanted: Wanted, world: World): Promise<IncomingMailRecord> =>
  anIncoming({ ...wanted, headers: { 'Auto-Submitted': 'auto-replied', ...wanted.headers } }, world);

type Report = {
  /** the address that was written to */
  address: string;
  /** the Message-ID of the message of ours that it is about */
  of: string;
  status?: string;
  diagnostic?: string;
};

/** A report that a message did not arrive (RFC 3464). */
export const aBounce = (
  { address, of, status = '5.1.1', diagnostic = 'User unknown' }: Report,
  world: World,
): Promise<IncomingMailRecord> =>
  comesIn(
    report('delivery-status', of, [
      'Reporting-MTA: dns; mx.example.net',
      '',
      `Final-Recipient: rfc822; ${address}`,
      'Action: failed',
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${status.startsWith('5') ? 550 : 452} ${status} ${diagnostic}`,
    ]),
    world,
  );

/** A report that somebody took a message for spam (RFC 5965). */
export const aComplaint = ({ address, of }: Report, world: World): Promise<IncomingMailRecord> =>
  comesIn(
    report('feedback-report', of, [
      'Feedback-Type: abuse',
      'User-Agent: Example/1.0',
      'Version: 1',
      `Original-Rcpt-To: ${address}`,
    ]),
    world,
  );

const report = (type: 'delivery-status' | 'feedback-report', of: string, lines: readonly string[]): string =>
  [
    'From: MAILER-DAEMON@mx.example.net',
    'To: campaign@example.org',
    `Message-ID: <${randomUUID()}@mx.example.net>`,
    'Subject: About your message',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type}; boundary=part`,
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'This is about a message of yours.',
    '--part',
    `Content-Type: message/${type}`,
    '',
    ...lines,
    '',
    '--part',
    'Content-Type: message/rfc822',
    '',
    'From: campaign@example.org',
    `Message-ID: ${of}`,
    'Subject: Our letter',
    '',
    'We look forward to an answer.',
    '--part--',
    '',
  ].join('\r\n');

/** A mail of ours that stands on a recipient's timeline as sent. @returns its Message-ID, which an answer names */
export async function wasWrittenTo({ _id }: Pick<RecipientRecord, '_id'>): Promise<string> {
  const messageId = `<${randomUUID()}@example.org>`;
  await anEntry({ recipient: _id, kind: 'email', messageId, text: 'We look forward to an answer.' });
  return messageId;
}
