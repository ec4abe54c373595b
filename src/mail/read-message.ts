import { Splitter, type SplitterChunk } from '@zone-eu/mailsplit';
import { Readable } from 'node:stream';
import type { MessageHeaders } from './message-headers.js';
import type { MessagePart, OnBytes } from './message-part.js';
import { Reading, Unreadable } from './message-reading.js';

export { Unreadable };

export type ReadMessage = {
  headers: MessageHeaders;
  /** its media type and parameters, `multipart/report` with `report-type` */
  type: string;
  params: Record<string, string>;
  parts: readonly MessagePart[];
  /** was a text too long to be kept whole? */
  isCut: boolean;
  /** the message that it carries, as far as it is kept, where it has no word of its own */
  carried?: ReadMessage;
};

const MOST_PARTS = 3000;
const MOST_HEADERS = 2_000_000;
/** A shorter line of a header counts for as many bytes: mailsplit keeps more for it than it holds. */
const LEAST_OF_A_LINE = 64;
const PIECE = 64 * 1024;

/**
 * Takes a message apart (RFC 5322 and MIME, RFC 2045 to 2047). The bytes of attachments pass through and are not kept, so a large
 * message takes no more memory than a small one.
 * @param source the message as it came, or a stream of it
 * @throws Unreadable when it is no mail, or has more parts or longer headers than anybody reads
 */
export async function readMessage(source: Buffer | Readable, onBytes?: OnBytes): Promise<ReadMessage> {
  const { message, attached } = await readOne(source, onBytes);
  return attached && hasNoWords(message) ? { ...message, ...(await carriedIn(attached)) } : message;
}

/** Does it hold one message and no text beside? */
const hasNoWords = ({ parts }: ReadMessage): boolean =>
  parts.length < 4 && parts.every(({ type, text }) => type === 'message/rfc822' || text?.trim() === '');

/** What that one carries in turn is not looked for: there may be a thousand of them, one in the other. */
const carriedIn = (attached: Buffer): Promise<Pick<ReadMessage, 'carried'>> =>
  readOne(attached).then(
    ({ message }) => ({ carried: message }),
    () => ({}),
  );

type One = { message: ReadMessage; attached: Buffer | null };

async function readOne(source: Buffer | Readable, onBytes?: OnBytes): Promise<One> {
  const reading = new Reading(onBytes);
  const splitter = new Splitter({
    maxChildNodes: MOST_PARTS,
    maxHeadSize: MOST_HEADERS,
    ignoreEmbedded: true,
  });
  if (Buffer.isBuffer(source) && source.length <= PIECE) splitter.end(source);
  else {
    const stream = Buffer.isBuffer(source) ? Readable.from(piecesOf(source)) : source;
    stream.on('error', (error) => splitter.destroy(error)).pipe(splitter);
  }
  try {
    for await (const chunk of splitter) {
      const taken = reading.take(chunk as SplitterChunk);
      if (taken instanceof Promise) await taken;
    }
    return { message: reading.finish(), attached: reading.attached };
  } catch (error) {
    if ((error as { code?: string }).code === 'EMAXLEN') throw new Unreadable(inWords(error as Error));
    throw error;
  }
}

const inWords = ({ message }: Error): string =>
  /child nodes/i.test(message)
    ? `It has more than ${MOST_PARTS} parts.`
    : `Its headers are longer than ${MOST_HEADERS / 1_000_000} MB, or have more than ${MOST_HEADERS / LEAST_OF_A_LINE} lines.`;

/** As a stream would hand it on: whoever takes one piece after the other never holds two of the whole. */
export function* piecesOf(source: Buffer): Generator<Buffer> {
  for (let at = 0; at < source.length; at += PIECE) yield source.subarray(at, at + PIECE);
}
