const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09;

/** Does it mean itself for certain, as nearly all do? A blank does before a byte that ends no line. */
const isPlain = (byte: number, next: number | undefined): boolean =>
  byte !== EQUALS && (!isBlank(byte) || (next !== undefined && next !== CR && next !== LF && !isBlank(next)));

/** What a hexadecimal digit counts; -1 for what is none. */
function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = (byte | 0x20) - 0x61;
  return letter >= 0 && letter <= 5 ? letter + 10 : -1;
}

/** Blanks at the end of a line are not meant. After more than these it is no longer waited to see whether the line ends. */
const MOST_BLANKS = 1000;

/**
 * Decodes quoted-printable (RFC 2045, section 6.7) piece by piece, wherever the pieces are cut. The usual decoder keeps a text
 * until it ends, several times over: one of 50 MB takes 300 MB. What is no escape stays as it is.
 */
export class QuotedPrintable {
  /** an escape that has begun, or blanks that a line may end with */
  readonly #held: number[] = [];

  decode(piece: Buffer): Buffer {
    const decoded = Buffer.allocUnsafe(this.#held.length + piece.length);
    let length = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at]!;
      if (this.#held.length === 0 && isPlain(byte, piece[at + 1])) decoded[length++] = byte;
      else if (this.#held.length > 0 && this.#mayGoOnWith(byte)) this.#held.push(byte);
      else length = this.#settle(byte, decoded, length);
    }
    return decoded.subarray(0, length);
  }

  /** What is left where the text ends, which is the end of a line. */
  end(): Buffer {
    const rest = this.decode(Buffer.of(LF));
    return rest.subarray(0, Math.max(0, rest.length - 1));
  }

  #mayGoOnWith(byte: number): boolean {
    const [first = 0, second = 0] = this.#held;
    if (this.#held.length > MOST_BLANKS || digitOf(second) >= 0) return false;
    if (isBlank(byte)) return true;
    return first === EQUALS && (byte === CR || (second === 0 && digitOf(byte) >= 0));
  }

  /** Writes what the held bytes mean before this one, and this one, and says how much is written then. */
  #settle(byte: number, decoded: Buffer, written: number): number {
    const held = this.#held;
    let length = written;
    if (held.length > 0) {
      const [first = 0, second = 0] = held;
      const isEscape = digitOf(second) >= 0 && digitOf(byte) >= 0;
      const isLineGoingOn = first === EQUALS && digitOf(second) < 0 && byte === LF;
      const isEndOfLine = isBlank(first) && (byte === CR || byte === LF);
      if (isEscape) decoded[length++] = digitOf(second) * 16 + digitOf(byte);
      else if (!isLineGoingOn && !isEndOfLine) for (const one of held) decoded[length++] = one;
      held.length = 0;
      if (isEscape || isLineGoingOn) return length;
    }
    if (byte === EQUALS || isBlank(byte)) held.push(byte);
    else decoded[length++] = byte;
    return length;
  }
}
