import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';

/** A key pair for signing mail, in PEM form. */
export function aDkimKey(bits = 2048): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

export type Verified = { ok: boolean; why: string; tags: Record<string, string> };

/** Checks the topmost DKIM signature of a message as a receiver would: rsa-sha256, relaxed/relaxed (RFC 6376). */
export function verifyDkim(raw: Buffer, publicKey: string): Verified {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, end + 2).match(/[^\r\n][^\n]*\r\n([ \t][^\n]*\r\n)*/g) ?? [];
  const signature = fields.find((field) => nameOf(field) === 'dkim-signature');
  if (!signature) return { ok: false, why: 'there is no signature', tags: {} };
  const tags = tagsOf(signature);
  if (tags['a'] !== 'rsa-sha256' || tags['c'] !== 'relaxed/relaxed')
    return { ok: false, why: 'it is signed in another way', tags };
  const bodyHash = createHash('sha256')
    .update(relaxedBody(text.slice(end + 4)), 'latin1')
    .digest('base64');
  if (bodyHash !== tags['bh']) return { ok: false, why: 'the body was changed', tags };
  const verify = createVerify('RSA-SHA256').update(signedPart(fields, signature, tags['h'] ?? ''), 'latin1');
  const ok = verify.verify(publicKey, tags['b'] ?? '', 'base64');
  return { ok, why: ok ? '' : 'a header was changed, or the key is another one', tags };
}

const nameOf = (field: string): string => field.slice(0, field.indexOf(':')).trim().toLowerCase();

/** `v=1; a=rsa-sha256; …`, without the white space a signer may fold it with. */
const tagsOf = (signature: string): Record<string, string> =>
  Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .replaceAll(/\s/g, '')
      .split(';')
      .filter(Boolean)
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );

/** Section 3.4.2. */
const relaxedField = (field: string): string =>
  `${nameOf(field)}:${field
    .slice(field.indexOf(':') + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()}`;

/** Section 3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  const relaxed = lines.join('\r\n').replace(/(\r\n)+$/, '');
  return relaxed === '' ? '' : `${relaxed}\r\n`;
}

/** Section 3.7: the named fields, each taken from the bottom up, then the signature with its `b=` emptied. */
function signedPart(fields: readonly string[], signature: string, names: string): string {
  const left = [...fields].reverse();
  const taken = names.split(':').flatMap((name) => {
    const at = left.findIndex((field) => nameOf(field) === name.toLowerCase());
    return at < 0 ? [] : left.splice(at, 1).map(relaxedField);
  });
  const unsigned = signature.replace(/([;\s])b=[^;]*/, '$1b=');
  return [...taken, relaxedField(unsigned)].join('\r\n');
}
