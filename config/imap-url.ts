const WANTED =
  'must be an address such as imaps://user:password@imap.example.org/INBOX, with @, / and % in user or password as %40, %2F and %25';

/** What is wrong with the address of a mailbox, after its name; null when it can be used. */
export function imapUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return WANTED;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(text);
  if (!/^imaps?:$/.test(protocol) || !hostname || !username || search || hash) return WANTED;
  // a / in the password that is not encoded: what follows would be taken for the folder, and shown
  if (pathname.includes('@')) return WANTED;
  return [username, password, pathname].every(canBeDecoded) ? null : WANTED;
}

function canBeDecoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
