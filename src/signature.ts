import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Made once for each secret and purpose: making one takes longer than signing. */
const keys = new Map<string, KeyObject>();

/** A key of its own for each purpose (RFC 5869), so that nothing that the secret signs for one can be taken for the other. */
function keyFor(purpose: string, secret: string): KeyObject {
  const known = keys.get(`${purpose} ${secret}`);
  if (known) return known;
  const key = createSecretKey(new Uint8Array(hkdfSync('sha256', secret, '', `answerable ${purpose}`, 32)));
  keys.set(`${purpose} ${secret}`, key);
  return key;
}

/** What only somebody who knows the secret can write beneath a text (RFC 2104, with SHA-256): 32 bytes. */
export const signatureOf = (purpose: 'unsubscribe' | 'reply address', text: string, secret: string): Buffer =>
  createHmac('sha256', keyFor(purpose, secret)).update(text).digest();
