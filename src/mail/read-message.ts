import { Splitter, type MimeNode, type SplitterChunk } from '@zone-eu/mailsplit';
import { Readable } from 'node:stream';
import { headersOf, structured, type MessageHeaders } from './message-headers.js';
import { OpenPart, partOutsideParts, type MessagePart, type OnBytes } from './message-part.js';

export type ReadMessage = {
  headers: MessageHeaders;
  /** its media type and parameters, `multipart/report` with `report-type` */
  type: string;
  params: Record<string, string>;
  parts: readonly MessagePart[];
  /** was a text too long to be kept whole? */
  isCut: boolean;
};

/** How many bytes are kept of all texts of a message. */
const TEXTS_LIMIT = 4_000_000;
const MOST_PARTS = 3000;
const MOST_HEADERS = 2_000_000;
/** A shorter line of a header counts for as many bytes: mailsplit keeps more for it than it holds. */
const LEAST_OF_A_LINE = 64;
/** Headers of which every mail has one; what has none of them is another kind of file. */
const isOfMail =
  /^(from|to|cc|bcc|sender|reply-to|in-reply-to|subject|date|message-id|received|return-path|delivered-to|mime-version|content-type)$/;
const PIECE = 64 * 1024;

/** The message cannot be taken apart; its words say why. */
export class Unreadable extends Error {}

/**
 * Takes a message apart (RFC 5322 and MIME, RFC 2045 to 2047). The bytes of attachments pass through and are not kept, so a large
 * message takes no more memory than a small one.
 * @param source the message as it came, or a stream of it
 * @throws Unreadable when it is no mail, or has more parts or longer headers than anybody reads
 */
export async function readMessage(source: Buffer | Readable, onBytes?: OnBytes): Promise<ReadMessage> {
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
    return reading.finish();
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

/** What is known of a message while its pieces come in. */
class Reading {
  readonly #parts: MessagePart[] = [];
  #root: MimeNode | null = null;
  #open: OpenPart | null = null;
  #textLeft = TEXTS_LIMIT;
  /** what comes before the first part of a multipart, kept in case that none comes */
  readonly #outside: Buffer[] = [];
  #isCut = false;

  constructor(readonly onBytes?: OnBytes) {}

  /** @returns what is to be waited for before the next one, if anything */
  take(chunk: SplitterChunk): unknown {
    if (chunk.type === 'body') return this.#open?.add(chunk.value);
    if (chunk.type === 'node') {
      this.#close();
      this.#begin(chunk);
    } else if (!this.#open && this.#parts.length === 0 && this.#outside.length < 64) {
      this.#outside.push(Buffer.from(chunk.value.subarray(0, PIECE)));
    }
    return undefined;
  }

  finish(): ReadMessage {
    this.#close();
    const outside = Buffer.concat(this.#outside).subarray(0, PIECE);
    if (this.#parts.length === 0 && outside.length > 0) this.#parts.push(partOutsideParts(outside));
    const headers = this.#root ? headersOf(this.#root.headers as never) : [];
    if (!headers.some(({ name }) => isOfMail.test(name)))
      throw new Unreadable('It has none of the headers of a mail.');
    const { value, params } = structured(headers, 'content-type');
    return {
      headers,
      type: value || 'text/plain',
      params,
      parts: this.#parts,
      isCut: this.#isCut,
    };
  }

  #begin(node: MimeNode): void {
    this.#root ??= node;
    if (!node.multipart) this.#open = new OpenPart(node, this.#textLeft, this.onBytes);
  }

  #close(): void {
    if (!this.#open) return;
    const { part, textBytes, isCut } = this.#open.close();
    this.#textLeft -= textBytes;
    this.#isCut ||= isCut;
    this.#parts.push(part);
    this.#open = null;
  }
}
