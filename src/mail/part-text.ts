import type { MimeNode } from '@zone-eu/mailsplit';
import libmime from 'libmime';
import { decode } from 'libmime/lib/charset.js';
import { isUtf8 } from 'node:buffer';

/** What a part of text says, whatever charset it claims: characters no database or page can hold are left out. */
export function decodeText(
  bytes: Buffer,
  { charset, flowed, delSp }: Pick<MimeNode, 'charset' | 'flowed' | 'delSp'>,
): string {
  const text = decode(bytes, charsetOf(bytes, charset || ''));
  return tidy(flowed ? libmime.decodeFlowed(text, delSp) : text);
}

/** Lines end in LF; no NUL, no half of a character pair. */
const tidy = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\u0000', '').toWellFormed();

/** A text that was cut may end within a character. */
const isUtf8ButForItsEnd = (bytes: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** In UTF-16 (RFC 2781) a line end has bytes of zero. */
const claimsUtf16AndIsNot = (bytes: Buffer, named: string): boolean =>
  named.startsWith('utf-16') && bytes.includes('\r\n') && !bytes.includes(0);

/** The charset a part is really in, as far as that can be told: one that says nothing, or Unicode and is not, is looked at. */
function charsetOf(bytes: Buffer, claimed: string): string {
  const named = claimed.toLowerCase().trim();
  const saysNothing = /^(us-ascii|ascii|utf-?8|unknown.*|x-unknown|default.*)?$/.test(named);
  if (!saysNothing && !claimsUtf16AndIsNot(bytes, named)) return named;
  // ISO-2022-JP is told by its escapes (RFC 1468); everything in it is ASCII otherwise
  if (bytes.includes('\u001b$B') || bytes.includes('\u001b$@')) return 'iso-2022-jp';
  return isUtf8(bytes) || isUtf8ButForItsEnd(bytes) ? 'utf-8' : 'windows-1252';
}
