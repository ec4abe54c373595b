/**
 * Addresses as they stand in free text: no blanks, a domain with a dot. Every repetition has an end and a match begins only where
 * a word begins, so that the time it takes grows with the text and no faster.
 */
const ADDRESS =
  /(?<![\p{L}\p{N}.!#$%&*+/=?^_`{|}~-])(?:[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,128}|"[^"\n@]{1,64}")@(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,62})\.){1,9}[\p{L}][\p{L}\p{N}-]{0,30}/gu;

/** Also without a dot, mistyped (`kim@#example.org`), and an address literal: for fields that hold nothing but an address. */
const ONLY_ADDRESS = /^[^\s<>"@,;:()]{1,250}@(?:\[[\w.:]{1,60}\]|[\p{L}\p{N}_.#!$%&*+/=?'-]{1,250})$/u;

/** Chinese and Japanese put no blank between an address and the words around it; addresses of one script keep theirs. */
const WORDS_BEFORE = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]{1,60}(?=[a-z\d][a-z\d._%+-]{1,63}@)/iu;
const WORDS_BEHIND = /(?<=\.[a-z]{2,24})[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]{1,30}$/iu;

export type AddressInText = { address: string; at: number };

/** The addresses in a text in the order they stand there, at most the first 500, small letters. */
export function addressesIn(text: string): AddressInText[] {
  const found: AddressInText[] = [];
  for (const match of text.matchAll(ADDRESS)) {
    const before = WORDS_BEFORE.exec(match[0])?.[0].length ?? 0;
    const address = match[0]
      .slice(before)
      .replace(WORDS_BEHIND, '')
      .replace(/^(?:['=*/|]+|smtp=)/i, '')
      .toLowerCase();
    if (!address.startsWith('@')) found.push({ address, at: match.index + before });
    if (found.length === 500) break;
  }
  return found;
}

export const firstAddressIn = (text: string): string | null => addressesIn(text)[0]?.address ?? null;

/**
 * The address in a typed field of a delivery report (RFC 3464, section 2.1.2; RFC 6533, section 3): `rfc822; kim@example.org`.
 * Types are often wrong and so are not believed; brackets, a missing type and what Exchange wraps around (`SMTP:`, `IMCEASMTP-`)
 * are taken off.
 * @returns small letters, or null where no address is in it, as in one of X.400 or a name inside Exchange
 */
export function typedAddress(field: string): string | null {
  const value = field
    .slice(0, 1000)
    .replace(/^\s*[\w.+-]{1,30}\s*;/, '')
    .replaceAll(/\\x\{([0-9a-f]{2,6})\}/gi, (_, hex: string) => characterOf(hex))
    .trim();
  const bare = value.replace(/^"?<?\s*(?:smtp:|mailto:)?\s*/i, '').replace(/\s*>?"?\s*$/, '');
  const plain = ONLY_ADDRESS.test(bare) ? bare.toLowerCase() : firstAddressIn(value);
  return plain && unwrapped(plain.replace(/\.$/, ''));
}

function characterOf(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
}

/** Exchange writes addresses that are none of SMTP as `IMCEA<type>-<escaped>@<its domain>`; in xtext (RFC 3461) `+2B` is a plus. */
function unwrapped(address: string): string | null {
  const wrapped = /^imcea([a-z0-9]{1,20})-(.{1,200})@/.exec(address);
  if (!wrapped) return address.replaceAll(/\+(2b|3d|40)/g, (escape) => unescaped(escape));
  const inside = wrapped[2]!.replaceAll(/\+[0-9a-f]{2}/g, (escape) => unescaped(escape)).replaceAll('_', '/');
  return wrapped[1] === 'ex' ? null : firstAddressIn(inside);
}

const unescaped = (escape: string): string =>
  String.fromCodePoint(Number.parseInt(escape.slice(1), 16)).toLowerCase();
