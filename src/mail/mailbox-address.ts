export type MailboxAddress = {
  host: string;
  port: number;
  /** TLS from the first byte (imaps) */
  secure: boolean;
  user: string;
  password: string;
  /** the way to the folder, from the outside in; INBOX where none is named */
  folder: string[];
  /** the mailbox without its password (RFC 5092); it stays the same when imap:// becomes imaps:// */
  name: string;
};

/**
 * Reads `imaps://user:password@host:993/Folder`. What is special in an address is percent-encoded, also a / within a folder's
 * name. @throws TypeError or URIError where it is none; config/env.ts has looked at it before
 */
export function parseMailboxUrl(url: string): MailboxAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const usual = secure ? 993 : 143;
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const user = decodeURIComponent(username);
  const folder = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (folder.length === 0) folder.push('INBOX');
  const place = hostname.toLowerCase() + (port && Number(port) !== usual ? `:${port}` : '');
  return {
    host,
    port: port ? Number(port) : usual,
    secure,
    user,
    password: decodeURIComponent(password),
    folder,
    name: `imap://${encodeURIComponent(user)}@${place}/${folder.map(encodeURIComponent).join('/')}`,
  };
}

/** Only where nobody else can listen may a password travel without TLS. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
