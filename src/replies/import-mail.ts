import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Deps } from '../deps.js';
import { GatheredBytes } from '../mail/gathered-bytes.js';
import { messagesIn } from '../mail/messages-in.js';
import { cannotBeRead } from '../cannot-be-read.js';
import type { Taken } from './new-mail.js';
import { keep, take } from './take-in.js';

/** How many messages there were, how many of them are new, and how many had come in before. */
export type Counted = { messages: number; stored: number; known: number };

/** What became of the messages of some files. `unopened` are files that could not be read, a sentence each. */
export type Imported = Counted & { files: number; unopened: string[] };

/** A longer message is kept up to here: it is shown as cut. */
const LONGEST = 60_000_000;
const MOST = 100;
const MOST_BYTES = 8_000_000;

/** Takes in every message of these files and of the files in these directories, mbox or not. Imported twice is stored once. */
export async function importMail(
  paths: readonly string[],
  deps: Deps,
  progress: (so: Counted) => unknown = () => {},
): Promise<Imported> {
  const count: Imported = { files: 0, messages: 0, stored: 0, known: 0, unopened: [] };
  const group = new Group(deps, count, progress);
  for (const given of paths) {
    for await (const file of filesIn(given, count)) {
      try {
        await importFile(createReadStream(file), path.basename(file), group);
        count.files += 1;
      } catch (error) {
        if (!isOfFiles(error)) throw error;
        count.unopened.push(cannotBeRead(file, error));
      }
    }
  }
  await group.takeIn();
  return count;
}

/** The messages of one file, handed over as a stream. Whoever calls it takes in what is left of the group. */
export async function importFile(file: Readable, name: string, group: Group): Promise<void> {
  for await (const message of messagesIn(file)) await group.add(message, name);
}

/**
 * Messages that are taken in together: as many as are quick, and no more than fit into memory. While one group is being stored
 * the next is read and understood.
 */
export class Group {
  #taken: Taken[] = [];
  #bytes = 0;
  #storing = Promise.resolve();

  constructor(
    readonly deps: Deps,
    readonly count: Counted,
    readonly progress: (so: Counted) => unknown = () => {},
  ) {}

  async add(message: Buffer | Readable, origin: string): Promise<void> {
    const { source, size } = await bytesOf(message);
    const raw = { source, size, receivedAt: this.deps.now(), origin, isOld: true };
    this.#taken.push(await take(raw, this.deps));
    this.#bytes += source.length;
    // a large message is the only one in memory
    if (this.#bytes >= MOST_BYTES) await this.takeIn();
    else if (this.#taken.length >= MOST) await this.#beginToStore();
  }

  /** What is left is stored, too. @throws what storing this group or the one before has thrown */
  async takeIn(): Promise<void> {
    await this.#beginToStore();
    await this.#storing;
  }

  async #beginToStore(): Promise<void> {
    await this.#storing;
    const taken = this.#taken;
    this.#taken = [];
    this.#bytes = 0;
    this.#storing = this.#store(taken);
    // whoever comes next waits for it, and is told
    this.#storing.catch(() => {});
  }

  async #store(taken: readonly Taken[]): Promise<void> {
    if (taken.length === 0) return;
    const { stored, known } = await keep(taken, this.deps);
    this.count.messages += taken.length;
    this.count.stored += stored;
    this.count.known += known;
    await this.progress(this.count);
  }
}

async function bytesOf(message: Buffer | Readable): Promise<{ source: Buffer; size: number }> {
  if (Buffer.isBuffer(message)) return { source: message, size: message.length };
  const source = new GatheredBytes(LONGEST);
  let size = 0;
  for await (const piece of message as AsyncIterable<Buffer>) {
    source.add(piece);
    size += piece.length;
  }
  return { source: source.take(), size };
}

/** The file itself, or every file below a directory, in order of their names. */
async function* filesIn(given: string, count: Imported): AsyncGenerator<string> {
  try {
    if (!(await stat(given)).isDirectory()) return yield given;
    const names = await readdir(given, { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile() && !one.name.startsWith('.'));
    yield* files.map((one) => path.join(one.parentPath, one.name)).toSorted();
  } catch (error) {
    if (!isOfFiles(error)) throw error;
    count.unopened.push(cannotBeRead(given, error));
  }
}

const isOfFiles = (error: unknown): boolean => typeof (error as NodeJS.ErrnoException).syscall === 'string';
