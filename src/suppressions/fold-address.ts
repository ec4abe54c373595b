import { domainToASCII } from 'node:url';

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const DOMAIN = new RegExp(`^(${LABEL}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`);

/**
 * A mail domain as domains are compared: small letters, unicode as punycode, no dot at the end.
 * @returns null when it is none; a name without a dot, such as `org`, would silence half the world and is none either
 */
export function foldDomain(text: string): string | null {
  const typed = text.trim().replace(/^@/, '').replace(/\.$/, '');
  // the parser of addresses would take `example.org/page` or `example.org:80` for `example.org`
  if (!/^[^\s/\\:?#@%[\]]+$/.test(typed)) return null;
  const domain = domainToASCII(typed);
  return domain.length <= 253 && DOMAIN.test(domain) ? domain : null;
}

/** An email address as addresses are compared. @returns null when it is none */
export function foldAddress(text: string): string | null {
  const typed = text.trim();
  const at = typed.lastIndexOf('@');
  const local = typed.slice(0, Math.max(at, 0)).normalize('NFC').toLowerCase();
  const domain = foldDomain(typed.slice(at + 1));
  return domain && /^[^\s@]{1,64}$/.test(local) ? `${local}@${domain}` : null;
}
