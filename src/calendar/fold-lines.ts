/** Octets of a line without its break (RFC 5545, 3.1), but one: a line that goes on another begins with a space. */
const LONGEST = 74;

/** Breaks long lines as RFC 5545, 3.1 wants it, never within a character. Lines end with CRLF before and after. */
export const foldLines = (text: string): string => text.split('\r\n').map(fold).join('\r\n');

function fold(line: string): string {
  if (Buffer.byteLength(line) <= LONGEST) return line;
  const pieces: string[] = [];
  let [from, at, octets] = [0, 0, 0];
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!);
    if (octets + size > LONGEST) {
      pieces.push(line.slice(from, at));
      [from, octets] = [at, 0];
    }
    octets += size;
    at += character.length;
  }
  return [...pieces, line.slice(from)].join('\r\n ');
}

/** Of a character in UTF-8 (RFC 3629, 3). */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
