import { simpleParser } from 'mailparser';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectDatabase, disconnectDatabase } from '../src/database.js';
import type { Deps } from '../src/deps.js';
import { Entry } from '../src/history/entry.model.js';
import { createLog } from '../src/log.js';
import { createPost } from '../src/mail/post.js';
import { importMail } from '../src/replies/import-mail.js';
import { megabytesHeld } from './memory.js';
import { incomingMessage } from './made-up-mail.js';
import { atLeast, atMost, figure, median, type Row } from './rows.js';

const ROUNDS = 5;
const MESSAGES = 2000;

/** Importing mail and the bare parser take turns at the same files. */
export async function measureIncoming(uri: string): Promise<Row[]> {
  await connectDatabase(uri);
  const messageIds = await Entry.distinct('messageId', { direction: 'out', messageId: { $exists: true } });
  const dir = mkdtempSync(path.join(tmpdir(), 'answerable-bench-mail.'));
  const [imported, parsed]: [number[], number[]] = [[], []];
  const ratios: number[] = [];
  const grown: number[] = [];
  // the first round warms up
  for (let round = 0; round <= ROUNDS; round += 1) {
    const files = writeMessages(dir, round, messageIds);
    const before = megabytesHeld();
    const byImport = await perSecond(() => importFiles(files));
    const after = megabytesHeld();
    const byParser = await perSecond(() => parseFiles(files));
    if (round === 0) continue;
    imported.push(byImport);
    parsed.push(byParser);
    ratios.push(byImport / byParser);
    grown.push(after - before);
  }
  rmSync(dir, { recursive: true });
  await disconnectDatabase();
  return [
    figure('incoming mail: import', median(imported), 'per s'),
    figure('incoming mail: mailparser alone', median(parsed), 'per s'),
    atLeast('incoming mail: import ÷ mailparser', median(ratios), '×', 0.5),
    atMost(`incoming mail: memory gained by ${MESSAGES} more messages`, median(grown), 'MB', 20),
  ];
}

function writeMessages(dir: string, round: number, answered: readonly string[]): string[] {
  return Array.from({ length: MESSAGES }, (_, n) => {
    const file = path.join(dir, `${round}-${n}.eml`);
    writeFileSync(file, incomingMessage(`${round}-${n}`, n, answered));
    return file;
  });
}

async function importFiles(files: readonly string[]): Promise<number> {
  const { stored } = await importMail(files, {
    now: () => new Date(),
    post: createPost({ mailFrom: 'The campaign <campaign@example.org>' }),
    replies: { address: 'replies@example.org', authServer: null, mailbox: null, keepDays: 0 },
    sessionSecret: 'a secret of the bench, 32 characters or more',
    log: createLog('warn'),
  } as unknown as Deps);
  return stored;
}

async function parseFiles(files: readonly string[]): Promise<number> {
  for (const file of files) await simpleParser(readFileSync(file));
  return files.length;
}

async function perSecond(work: () => Promise<number>): Promise<number> {
  const began = performance.now();
  const count = await work();
  if (count !== MESSAGES) throw new Error(`${count} of ${MESSAGES} were taken in.`);
  return (count * 1000) / (performance.now() - began);
}
