import { timingSafeEqual } from 'node:crypto';
import { signatureOf } from '../signature.js';

/** What the unsubscribe link of an account holds: its id, signed. Nothing is stored, and it never expires. */
export const unsubscribeToken = (id: string, secret: string): string =>
  `${id}.${signatureOf('unsubscribe', id, secret).toString('base64url')}`;

/** @returns the id of the account, or null for anything that was not signed here */
export function readUnsubscribeToken(token: string, secret: string): string | null {
  const [, id, signature] = /^([0-9a-f]{24})\.([\w-]{43})$/.exec(token) ?? [];
  if (!id || !signature) return null;
  const expected = signatureOf('unsubscribe', id, secret);
  return timingSafeEqual(Buffer.from(signature, 'base64url'), expected) ? id : null;
}

/**
 * The headers by which a mail program offers to unsubscribe (RFC 2369), in one click (RFC 8058, which asks for https).
 * @param link the address of the page, which a mail provider posts to
 */
export const unsubscribeHeaders = (link: string): Record<string, string> => ({
  'List-Unsubscribe': `<${link}>`,
  ...(link.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
});
