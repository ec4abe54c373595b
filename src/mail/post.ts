import { createTransport } from 'nodemailer';
import { Readable } from 'node:stream';
import pLimit from 'p-limit';
import { signed, type Dkim } from './dkim.js';
import { parseSender, type Address } from './message.js';

/** Who hands the message over and to whom, as SMTP is told (RFC 5321). */
export type Envelope = { from: string; to: string };

/**
 * What became of a message:
 * - sent: the server took it, with the server's words
 * - deferred: it certainly did not go and may be tried again (4xx, no connection, lost before the message was handed over)
 * - refused: the server will not take it (5xx)
 * - uncertain: the connection was lost after the message was handed over and before the server answered
 */
export type Delivery = { outcome: 'sent' | 'deferred' | 'refused' | 'uncertain'; response: string };

/** Asked in the last moment, when the server waits for the first byte; a no ends the connection, and nothing has gone. */
export type MayLeave = () => boolean | Promise<boolean>;

/** The way out. Without an SMTP server there is none, and messages are captured in the outbox. */
export type Post = {
  from: Address;
  smtp: null | ((raw: Buffer, envelope: Envelope, mayLeave?: MayLeave) => Promise<Delivery>);
  /** Work that waits for a connection of its own: whatever is asked in it is asked when one is free, and not before. */
  withConnection: <T>(work: () => Promise<T>) => Promise<T>;
  close: () => void;
};

/** How many messages are handed over at the same time. */
export const MAX_CONNECTIONS = 10;

type Settings = { smtpUrl?: string; mailFrom: string; dkim?: Dkim };

export function createPost({ smtpUrl, mailFrom, dkim }: Settings): Post {
  const from = parseSender(mailFrom);
  const withConnection = pLimit(MAX_CONNECTIONS);
  if (!smtpUrl) return { from, smtp: null, withConnection, close: () => {} };
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    // a message is never queued a second time by the pool: whether to try again is the ledger's decision
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as never);
  transport.use('stream', (mail, done) => {
    const { stream } = mail.data as unknown as { stream: () => Readable };
    mail.message.createReadStream = stream;
    done();
  });
  return {
    from,
    smtp: (raw, envelope, mayLeave = () => true) => handOver({ transport, dkim }, raw, envelope, mayLeave),
    withConnection,
    close: () => transport.close(),
  };
}

type Way = { transport: Transport; dkim: Dkim | undefined };
type Transport = { sendMail: (mail: never) => Promise<{ response?: string }> };

async function handOver(
  { transport, dkim }: Way,
  raw: Buffer,
  envelope: Envelope,
  mayLeave: MayLeave,
): Promise<Delivery> {
  let once: ReturnType<typeof readOnce> | undefined;
  try {
    // signed here, so that nothing leaves unsigned, and in full before the server is spoken to
    once = readOnce(dkim ? await signed(raw, dkim) : raw, mayLeave);
    const { response } = await transport.sendMail({ envelope, raw, stream: once.stream } as never);
    return { outcome: 'sent', response: response ?? '' };
  } catch (error) {
    const handedOver = once?.handedOver() ?? false;
    return {
      outcome: outcomeOf(error as SmtpError, handedOver),
      response: wordsOf(error as SmtpError, handedOver),
    };
  }
}

/**
 * The message as a stream that knows whether it was read to its end. nodemailer reads it only after the server said
 * 354, and the closing dot follows the last byte: before that no server can have accepted the message.
 */
function readOnce(raw: Buffer, mayLeave: MayLeave) {
  let ended = false;
  const stream = () =>
    new Readable({
      async read() {
        try {
          if (!(await mayLeave())) throw new Error('The time for handing it over had passed.');
          this.push(raw);
          this.push(null);
          ended = true;
        } catch (error) {
          this.destroy(error as Error);
        }
      },
    });
  return { stream, handedOver: () => ended };
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };

/**
 * What an error of the mailer means for the message (RFC 5321, section 4.2.1: 4yz may be tried again, 5yz may not).
 * A 5yz in answer to the connection, its greeting, TLS or sign-in says nothing about the message.
 */
export function outcomeOf(
  { responseCode, code }: Pick<SmtpError, 'responseCode' | 'code'>,
  handedOver: boolean,
): Delivery['outcome'] {
  const answersTheMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (!handedOver) return answersTheMessage && responseCode && responseCode >= 500 ? 'refused' : 'deferred';
  // 421 says the server is closing: it answers no message in particular. Nor does anything that is no refusal, such as 354
  if (!responseCode || responseCode === 421 || responseCode < 400 || responseCode > 599) return 'uncertain';
  return responseCode >= 500 ? 'refused' : 'deferred';
}

/** The server's words where it said any, otherwise what happened to the connection. */
function wordsOf({ response, message, code }: SmtpError, handedOver: boolean): string {
  if (response) return response;
  if (handedOver)
    return `The mail server had the message, and the connection ended before it said whether it takes it: ${message}`;
  if (code === 'EDNS' || code === 'ECONNECTION' || code === 'ESOCKET')
    return `The mail server could not be reached: ${message}`;
  if (code === 'ETIMEDOUT') return `The mail server did not answer in time: ${message}`;
  return message;
}
