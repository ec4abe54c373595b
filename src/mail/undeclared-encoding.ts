import { QuotedPrintable } from './quoted-printable.js';

/** What a text begins with shows how it is encoded. */
const LOOKED_AT = 20_000;
/** The end of a line that goes on, or a blank kept at its end. */
const AT_LINE_END = /=(?:20|09)?\r?\n/g;
/** An equals sign that is no escape of RFC 2045 (section 6.7). */
const NO_ESCAPE = /=(?![0-9A-F]{2}|\r?\n)/;

/**
 * Some servers send quoted-printable and do not say so. It is told by lines that end in an escape, twice or more, where no equals sign
 * means itself.
 */
export function decodeUndeclared(bytes: Buffer): Buffer {
  if (!bytes.includes('=\n') && !bytes.includes('=\r\n') && !bytes.includes('=20')) return bytes;
  const begins = bytes.toString('latin1', 0, LOOKED_AT).replace(/=[0-9A-F]?\r?$/, '');
  if (NO_ESCAPE.test(begins) || (begins.match(AT_LINE_END)?.length ?? 0) < 2) return bytes;
  const decoder = new QuotedPrintable();
  return Buffer.concat([decoder.decode(bytes), decoder.end()]);
}
