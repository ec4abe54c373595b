import { isUtf8 } from 'node:buffer';
import { cleanLine } from '../../../clean-text.js';
import { fileSizeInWords } from '../../../file-size.js';

/** `unknown` is the name of an encoding that nobody here can read. `damaged`: some bytes mean nothing in it and became U+FFFD. */
export type Text = { text: string; damaged: boolean } | { unknown: string };

const byteOrderMarks: readonly [string, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

const markOf = (bytes: Uint8Array): string | undefined =>
  byteOrderMarks.find(([, mark]) => startsWith(bytes, mark))?.[0];

/** `<?` in UTF-16 without a byte order mark (XML 1.0, appendix F). */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0x3c, 0, 0x3f, 0])) return 'utf-16le';
  return startsWith(bytes, [0, 0x3c, 0, 0x3f]) ? 'utf-16be' : undefined;
}

/** The charset of a Content-Type such as `text/xml; charset="windows-1252"`. */
const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1];

function declaredIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 300)).toString('latin1');
  const named = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"'\s]+)["']/.exec(start)?.[1];
  // whoever reads these letters one by one does not read UTF-16, whatever they say
  return named && /^utf-?16/i.test(named) ? 'utf-8' : named;
}

/**
 * Piece by piece, though there is one: at once, this version of Node.js reads windows-1252 as if it were ISO 8859-1, and a euro
 * sign as a control character.
 */
function decoded(bytes: Uint8Array, encoding: string): string {
  const decoder = new TextDecoder(encoding);
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

function decode(bytes: Uint8Array, encoding: string): Text {
  try {
    const text = decoded(bytes, encoding);
    return { text, damaged: text.includes('\uFFFD') };
  } catch {
    return { unknown: cleanLine(encoding).slice(0, 60) };
  }
}

/**
 * XML as text. What says the encoding, the first that does (RFC 7303, section 3): a byte order mark, the charset of the
 * answer's Content-Type, the XML declaration; otherwise it is UTF-8. Never throws.
 */
export function textOfXml(bytes: Uint8Array, contentType = ''): Text {
  const utf16 = unmarkedUtf16(bytes);
  const said = charsetOf(contentType);
  // `utf-16` alone leaves the order of the bytes open, which they show themselves
  const charset = said && /^utf-?16$/i.test(said) && utf16 ? utf16 : said;
  return decode(bytes, markOf(bytes) ?? charset ?? utf16 ?? declaredIn(bytes) ?? 'utf-8');
}

const LARGEST_BY_HAND = 5 * 1024 * 1024;

/**
 * A file that somebody wrote by hand or saved from a spreadsheet: Unicode where it is that, else windows-1252. Of more than
 * 5 MB a sentence about that. Never throws.
 */
export function textByHand(bytes: Uint8Array): { text: string } | { mistake: string } {
  if (bytes.length > LARGEST_BY_HAND)
    return {
      mistake: `The file has ${fileSizeInWords(bytes.length)}; up to ${fileSizeInWords(LARGEST_BY_HAND)} are read. Nothing was taken from it.`,
    };
  return { text: decoded(bytes, markOf(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252')) };
}
