import { endLinks } from './link.model.js';

/** So many bytes of a source are looked at: a mail of ours that comes back, or is quoted, is short. */
const LOOKED_AT = 1_000_000;

/** Services that look at links write the slash in their own link as `%2F`. */
const LINK = /(?:\/|%2F)(?:invitations|password-resets|set-up)(?:\/|%2F)([\w-]{32})(?![\w-])/gi;

/** Texts are short: what is longer is a file, and decoding those would take longer than all else that is done with a mail. */
const LONGEST_TEXT = 100_000;
const BASE64 = /^[A-Za-z0-9+/=\r\n]{60,}/gm;
const SOFT_BREAK = /=\r?\n/g;

/**
 * One-time links that come in by mail, with a bounce, an automatic answer or a quote, work no longer: the staff read what comes in,
 * and a link for somebody else's account is not for them.
 */
export const endLinksIn = (sources: readonly Buffer[]): Promise<void> => endLinks(sources.flatMap(tokensIn));

/** The secrets of one-time links in the source of a message, however its parts are encoded (RFC 2045, section 6). */
export function tokensIn(source: Buffer): string[] {
  const text = source.toString('latin1', 0, LOOKED_AT);
  const encoded = /base64/i.test(text) ? Array.from(text.matchAll(BASE64), ([lines]) => lines) : [];
  const decoded = encoded.filter(({ length }) => length <= LONGEST_TEXT).map(fromBase64);
  const found = [text.replaceAll(SOFT_BREAK, ''), ...decoded].flatMap((one) => [...one.matchAll(LINK)]);
  return [...new Set(found.map(([, token]) => token!))];
}

const fromBase64 = (lines: string): string => Buffer.from(lines, 'base64').toString('latin1');
