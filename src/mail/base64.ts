/**
 * Decodes base64 (RFC 2045, section 6.8) piece by piece, wherever the pieces are cut. What is no character of it is left out, and
 * where a program has padded every line each is decoded by itself.
 */
export class Base64 {
  /** the characters of a group of four that is not complete */
  #rest = '';

  decode(piece: Buffer): Buffer {
    const text = this.#rest + piece.toString('latin1').replaceAll(/[^a-zA-Z0-9+/=]+/g, '');
    const padded = text.lastIndexOf('=') + 1;
    const complete = text.length - ((text.length - padded) % 4);
    this.#rest = text.slice(complete);
    return fromBase64(text.slice(0, complete));
  }

  end(): Buffer {
    return fromBase64(this.#rest);
  }
}

/** Node.js stops at the first padding. */
function fromBase64(text: string): Buffer {
  const padding = text.indexOf('=');
  if (padding === -1 || /^=*$/.test(text.slice(padding))) return Buffer.from(text, 'base64');
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (const padded of text.split(/=+/)) length += bytes.write(padded, length, 'base64');
  return bytes.subarray(0, length);
}
