import type { Readable } from 'node:stream';
import type { Deps } from '../deps.js';
import { GatheredBytes } from '../mail/gathered-bytes.js';
import { messagesIn, takeOut, type MessageInFile } from '../mail/messages-in.js';
import { finishEach } from './act-on.js';
import type { Taken } from './new-mail.js';
import { store, take, type Stored } from './take-in.js';

/** How many messages there were, how many of them are new, and how many had come in before. */
export type Counted = { messages: number; stored: number; known: number };

/** A longer message is kept up to here: it is shown as cut. */
const LONGEST = 60_000_000;
const MOST = 250;
const MOST_BYTES = 8_000_000;

/** The messages of one file, its bytes or a stream of them. Whoever calls it takes in what is left of the group. */
export async function importFile(file: Readable | Buffer, name: string, group: Group): Promise<void> {
  for await (const message of messagesIn(file)) await group.add(message, name);
}

/**
 * Messages that are taken in together: as many as are quick, and no more than fit into memory. While one group is read and
 * understood the one before is stored, and what follows from the one before that is done.
 */
export class Group {
  #taken: Taken[] = [];
  #bytes = 0;
  #storing = Promise.resolve();
  #finishing = Promise.resolve();

  constructor(
    readonly deps: Deps,
    readonly count: Counted,
    readonly progress: (so: Counted) => unknown = () => {},
  ) {}

  /** Takes the bytes out of the message. */
  async add(message: MessageInFile, origin: string): Promise<void> {
    const { source, size } = await bytesOf(message);
    const raw = { source, size, receivedAt: this.deps.now(), origin, isOld: true };
    this.#taken.push(await take(raw, this.deps));
    this.#bytes += source.length;
    // a large message is the only one in memory
    if (this.#bytes >= MOST_BYTES) await this.takeIn();
    else if (this.#taken.length >= MOST) await this.#beginToStore();
  }

  /** What is left is taken in, too. @throws what taking in this group or one before has thrown */
  async takeIn(): Promise<void> {
    await this.#beginToStore();
    await this.#storing;
    await this.#finishing;
  }

  async #beginToStore(): Promise<void> {
    await this.#storing;
    const taken = this.#taken;
    this.#taken = [];
    this.#bytes = 0;
    if (taken.length > 0) this.#storing = inBackground(this.#store(taken));
  }

  async #store(taken: readonly Taken[]): Promise<void> {
    const stored = await store(taken, this.deps);
    await this.#finishing;
    this.#finishing = inBackground(this.#finish(stored));
  }

  async #finish({ stored, known, unhandled }: Stored): Promise<void> {
    await finishEach(unhandled, this.deps);
    this.count.messages += stored + known;
    this.count.stored += stored;
    this.count.known += known;
    await this.progress(this.count);
  }
}

/** Whoever waits for it later is told if it fails. */
function inBackground(work: Promise<void>): Promise<void> {
  work.catch(() => {});
  return work;
}

async function bytesOf(message: MessageInFile): Promise<{ source: Buffer; size: number }> {
  const bytes = takeOut(message);
  if (Buffer.isBuffer(bytes)) return { source: bytes, size: bytes.length };
  const source = new GatheredBytes(LONGEST);
  let size = 0;
  for await (const piece of bytes as AsyncIterable<Buffer>) {
    source.add(piece);
    size += piece.length;
  }
  return { source: source.take(), size };
}
