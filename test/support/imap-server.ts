import { once } from 'node:events';
import { access, chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { makeDovecot } from './dovecot.js';

/** A message as it lies in the Maildir. Flags are IMAP's: \Seen and the like. */
export type Kept = { file: string; raw: Buffer; flags: string[] };

export type ImapServer = Awaited<ReturnType<typeof startImapServer>>;

const USER = 'letter@example.org';
/** Every character that has to be written differently in an address. */
const PASSWORD = 'p@ss/w?rd #1%';
const flagNames: Record<string, string> = { S: '\\Seen', R: '\\Answered', F: '\\Flagged', T: '\\Deleted' };

/** A real Dovecot on loopback with one mailbox. Ends with `stop`. */
export async function startImapServer({ tls = true } = {}) {
  const tokens = await startTokenServer();
  const dovecot = await makeDovecot({ user: USER, password: PASSWORD, tokenInfoUrl: tokens.url, tls });
  await dovecot.start().catch(async (error: unknown) => {
    await Promise.all([dovecot.remove(), tokens.close()]);
    throw error;
  });
  const folderOf = (folder: string) =>
    path.join(dovecot.folder, 'mail', folder === 'INBOX' ? '' : `.${folder}`);
  const who = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;
  let count = 0;

  async function makeFolder(folder: string): Promise<void> {
    for (const name of ['', 'cur', 'new', 'tmp']) {
      await mkdir(path.join(folderOf(folder), name));
      await dovecot.own(path.join(folderOf(folder), name));
    }
  }

  const removeFolder = (folder: string) => rm(folderOf(folder), { recursive: true });

  /** Puts a message where a mail server would, in one step (Maildir: written in tmp, then moved to new). */
  async function deliver(raw: Buffer | string, folder = 'INBOX'): Promise<string> {
    count += 1;
    const name = `${Math.floor(Date.now() / 1000)}.M${String(count).padStart(6, '0')}P${process.pid}.test`;
    const draft = path.join(folderOf(folder), 'tmp', name);
    await writeFile(draft, raw);
    await dovecot.own(draft);
    await rename(draft, path.join(folderOf(folder), 'new', name));
    return name;
  }

  /** Makes a message one that the server itself cannot read, or lets it be read again. */
  async function setReadable(name: string, readable: boolean, folder = 'INBOX'): Promise<void> {
    for (const part of ['new', 'cur']) {
      const names = await readdir(path.join(folderOf(folder), part));
      const found = names.find((other) => other.startsWith(name));
      if (found) await chmod(path.join(folderOf(folder), part, found), readable ? 0o600 : 0);
    }
  }

  async function messages(folder = 'INBOX'): Promise<Kept[]> {
    const found = await Promise.all(['new', 'cur'].map((part) => keptIn(path.join(folderOf(folder), part))));
    return found.flat().sort((a, b) => (path.basename(a.file) < path.basename(b.file) ? -1 : 1));
  }

  /** What a restore from a backup, or a move to another server, does: every UID is given out anew. */
  async function resetUidValidity(folder = 'INBOX'): Promise<void> {
    await dovecot.stop();
    for (const file of await readdir(folderOf(folder)))
      if (file.startsWith('dovecot')) await rm(path.join(folderOf(folder), file));
    await dovecot.start();
  }

  async function stop(): Promise<void> {
    await dovecot.remove();
    await tokens.close();
  }

  return {
    user: USER,
    password: PASSWORD,
    /** STARTTLS, on loopback */
    url: `imap://${who}@localhost:${dovecot.ports.imap}`,
    urlTls: `imaps://${who}@localhost:${dovecot.ports.imaps}`,
    ports: dovecot.ports,
    ca: dovecot.ca,
    caFile: path.join(dovecot.folder, 'cert.pem'),
    log: dovecot.log,
    /** the access tokens that are good now */
    tokens: tokens.good,
    deliver,
    makeFolder,
    removeFolder,
    messages,
    setReadable,
    resetUidValidity,
    goDown: dovecot.stop,
    comeBack: dovecot.start,
    stop,
  };
}

async function keptIn(folder: string): Promise<Kept[]> {
  const names = await access(folder).then(
    () => readdir(folder),
    () => [],
  );
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const letters = /:2,(\w*)$/.exec(name)?.[1] ?? '';
      return {
        file,
        raw: await readFile(file),
        flags: [...letters].map((letter) => flagNames[letter] ?? letter),
      };
    }),
  );
}

/** Whom Dovecot asks about an access token, as it would ask a provider. */
async function startTokenServer() {
  const good = new Set<string>();
  const server = createServer((request, response) => {
    const token = new URL(request.url!, 'http://localhost').searchParams.get('access_token') ?? '';
    response.writeHead(good.has(token) ? 200 : 401, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(good.has(token) ? { email: USER, expires_in: 3600 } : { error: 'invalid_token' }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    good,
    url: `http://127.0.0.1:${port}/?access_token=`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
