import type { MimeNode } from '@zone-eu/mailsplit';
import { createHash } from 'node:crypto';
import { Base64 } from './base64.js';
import { headersOf, type MessageHeaders } from './message-headers.js';
import { decodeText } from './part-text.js';
import { QuotedPrintable } from './quoted-printable.js';
import { decodeUndeclared } from './undeclared-encoding.js';

/** A part of a message that holds something itself (RFC 2045), in the order the parts stand there. */
export type MessagePart = {
  /** its media type, `text/plain` */
  type: string;
  /** its number as IMAP counts parts, `1.2` */
  number: string;
  /** the media types of the multiparts around it, the outermost first */
  within: readonly string[];
  /** does it ask to be saved rather than shown? */
  isAttachment: boolean;
  fileName: string | null;
  headers: MessageHeaders;
  /** bytes after decoding, and their SHA-256 in hex */
  size: number;
  sha256: string;
  /** what it says, for texts, reports and the beginning of attached messages; otherwise null */
  text: string | null;
};

/** How many bytes of one text are kept; of an attached message only where it begins, which holds its headers. */
const TEXT_LIMIT = 1_000_000;
const ATTACHED_LIMIT = 64_000;

const isAttachedMessage = (type: string): boolean => /^message\/(rfc822|global|partial)$/.test(type);
const hasText = (type: string): boolean => /^(text|message)\//.test(type);

/** Is given the decoded bytes of each part, by its number, for whoever wants to save one of them; a promise is waited for. */
export type OnBytes = (part: string, bytes: Buffer) => unknown;

/** A part whose bytes are still coming in: they are decoded, counted and hashed as they pass. */
export class OpenPart {
  readonly #node: MimeNode;
  readonly #type: string;
  readonly #decoder: Base64 | QuotedPrintable | null;
  readonly #onBytes: (bytes: Buffer) => unknown;
  readonly #hash = createHash('sha256');
  readonly #kept: Buffer[] = [];
  #left: number;
  #size = 0;
  #isCut = false;

  constructor(node: MimeNode, textLeft: number, onBytes: OnBytes = () => {}) {
    this.#node = node;
    this.#type = mediaTypeOf(node) || 'text/plain';
    this.#onBytes = (bytes) => onBytes(numberOf(node), bytes);
    this.#left = hasText(this.#type) ? Math.min(limitOf(this.#type), textLeft) : 0;
    this.#decoder = decoderOf(node);
  }

  /** @returns what is to be waited for before more is added, if anything */
  add(bytes: Buffer): unknown {
    return this.#pass(this.#decoder ? this.#decoder.decode(bytes) : bytes);
  }

  /** @returns the part, the bytes of its text that are kept, and whether it was too long to be kept whole */
  close(): { part: MessagePart; kept: Buffer; isCut: boolean } {
    if (this.#decoder) this.#pass(this.#decoder.end());
    const bytes = Buffer.concat(this.#kept);
    const { disposition, filename } = this.#node;
    const part = {
      type: this.#type,
      number: numberOf(this.#node),
      within: containersOf(this.#node),
      isAttachment: disposition === 'attachment' || Boolean(filename) || !hasText(this.#type),
      fileName: filename || null,
      headers: headersOf(this.#node.headers as never),
      size: this.#size,
      sha256: this.#hash.digest('hex'),
      text: hasText(this.#type) ? decodeText(this.#decoded(bytes), this.#node) : null,
    };
    return { part, kept: bytes, isCut: this.#isCut };
  }

  #decoded(bytes: Buffer): Buffer {
    return this.#type.startsWith('text/') && !this.#decoder ? decodeUndeclared(bytes) : bytes;
  }

  #pass(bytes: Buffer): unknown {
    if (bytes.length === 0) return undefined;
    this.#size += bytes.length;
    this.#hash.update(bytes);
    const taken = this.#onBytes(bytes);
    if (this.#left > 0) this.#kept.push(Buffer.from(bytes.subarray(0, this.#left)));
    this.#isCut ||= bytes.length > this.#left && hasText(this.#type) && !isAttachedMessage(this.#type);
    this.#left = Math.max(0, this.#left - bytes.length);
    return taken;
  }
}

function decoderOf({ encoding }: MimeNode): Base64 | QuotedPrintable | null {
  if (encoding === 'base64') return new Base64();
  return encoding === 'quoted-printable' ? new QuotedPrintable() : null;
}

/** Some programs forget the semicolon before a parameter: `text/plain charset="iso-2022-jp"`. */
const mediaTypeOf = ({ contentType }: MimeNode): string => (contentType || '').split(/[\s;,]/, 1)[0]!;

const limitOf = (type: string): number => (isAttachedMessage(type) ? ATTACHED_LIMIT : TEXT_LIMIT);

/** As IMAP counts parts (RFC 3501, section 6.4.5); the only part of a message that has no others is 1. */
const numberOf = ({ partNr }: MimeNode): string =>
  (partNr || []).map((step) => (step === 'TEXT' ? '1' : step)).join('.') || '1';

function containersOf(node: MimeNode): string[] {
  const types: string[] = [];
  for (let around = node.parentNode; around; around = around.parentNode) types.unshift(mediaTypeOf(around));
  return types;
}

/** What stands in a multipart whose boundary never comes, as a part: reports of mail servers often lose theirs on the way. */
export const partOutsideParts = (bytes: Buffer): MessagePart => ({
  type: 'text/plain',
  number: '1',
  within: [],
  isAttachment: false,
  fileName: null,
  headers: [],
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  text: decodeText(bytes, { charset: '', flowed: false, delSp: false }),
});
