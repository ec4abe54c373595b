import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BadEnvironment, readEnvironment, type Environment } from './env.js';

/** What mail is signed with. */
type Dkim = { domain: string; selector: string; privateKey: string };

/** Where answers come to, and what becomes of them there. */
type MailboxSettings = { url: string; tokenFile?: string; afterwards: 'leave' | 'seen' | { move: string } };

export type Config = Environment & {
  BASE_URL: string;
  SESSION_SECRET: string;
  dkim?: Dkim;
  mailbox?: MailboxSettings;
};

/** The environment of this process, read once; a bad one is named in full and ends the process. */
export const config: Config = read();

function read(): Config {
  try {
    const env = readEnvironment(process.env);
    return {
      ...env,
      BASE_URL: (env.BASE_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
      SESSION_SECRET: env.SESSION_SECRET ?? keptSecret(path.resolve(env.DATA_DIR)),
      ...dkimOf(env),
      ...mailboxOf(env),
    };
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error;
    const [first, ...others] = error.problems;
    console.error(
      others.length > 0
        ? ['These settings are not right:', first, ...others].join('\n  ')
        : `A setting is not right: ${first}.`,
    );
    process.exit(1);
  }
}

/** Mail is signed when all three are set; that they belong together, and that the key is one, has been checked. */
function dkimOf({ DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE }: Environment): { dkim?: Dkim } {
  if (!DKIM_DOMAIN || !DKIM_SELECTOR || !DKIM_KEY_FILE) return {};
  const privateKey = readFileSync(DKIM_KEY_FILE, 'utf8');
  return { dkim: { domain: DKIM_DOMAIN, selector: DKIM_SELECTOR, privateKey } };
}

function mailboxOf({ IMAP_URL, IMAP_TOKEN_FILE, IMAP_AFTERWARDS }: Environment): {
  mailbox?: MailboxSettings;
} {
  if (!IMAP_URL) return {};
  const afterwards =
    IMAP_AFTERWARDS === 'leave' || IMAP_AFTERWARDS === 'seen'
      ? IMAP_AFTERWARDS
      : { move: IMAP_AFTERWARDS.slice('move:'.length).trim() };
  return { mailbox: { url: IMAP_URL, tokenFile: IMAP_TOKEN_FILE, afterwards } };
}

/** A secret that survives restarts, so that people stay signed in. */
function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, 'session-secret');
  try {
    return readSecret(file) ?? makeSecret(file);
  } catch (error) {
    throw new BadEnvironment([`DATA_DIR cannot be used: ${(error as Error).message}`]);
  }
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written whole and then put in place: of two processes that start at once, both use the secret of the first. */
function makeSecret(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}
