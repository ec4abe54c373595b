import type { MimeNode, SplitterChunk } from '@zone-eu/mailsplit';
import { headersOf, structured } from './message-headers.js';
import { OpenPart, partOutsideParts, type MessagePart, type OnBytes } from './message-part.js';
import type { ReadMessage } from './read-message.js';

/** How many bytes are kept of all texts of a message. */
const TEXTS_LIMIT = 4_000_000;
/** Headers of which every mail has one; what has none of them is another kind of file. */
const isOfMail =
  /^(from|to|cc|bcc|sender|reply-to|in-reply-to|subject|date|message-id|received|return-path|delivered-to|mime-version|content-type)$/;
/** How much is looked at of a text outside all parts. */
const PIECE = 64 * 1024;

/** The message cannot be taken apart; its words say why. */
export class Unreadable extends Error {}

/** What is known of a message while its pieces come in. */
export class Reading {
  readonly #parts: MessagePart[] = [];
  #root: MimeNode | null = null;
  #open: OpenPart | null = null;
  #textLeft = TEXTS_LIMIT;
  /** what comes before the first part of a multipart, kept in case that none comes */
  readonly #outside: Buffer[] = [];
  #isCut = false;
  /** the beginning of the message attached to it, of several the last */
  attached: Buffer | null = null;

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
    const { part, kept, isCut } = this.#open.close();
    if (part.type === 'message/rfc822') this.attached = kept;
    this.#textLeft -= kept.length;
    this.#isCut ||= isCut;
    this.#parts.push(part);
    this.#open = null;
  }
}
