import type { CommandStartedEvent, Db, Document, MongoClient } from 'mongodb';

/** One read as it was sent, and the reads that had been answered before it began. */
export type Read = { command: Document; after: number[] };

const READS = new Set(['find', 'aggregate', 'count', 'distinct']);

/** Records the reads that `work` sends over this client, with what waited for what. A write among them is an error. */
export async function recordReads(client: MongoClient, work: () => Promise<void>): Promise<Read[]> {
  const reads: Read[] = [];
  const indexOf = new Map<number, number>();
  const answered: number[] = [];
  const others = new Set<string>();
  const started = ({ requestId, commandName, command }: CommandStartedEvent): void => {
    if (!READS.has(commandName)) return void others.add(commandName);
    indexOf.set(requestId, reads.length);
    reads.push({ command, after: [...answered] });
  };
  const succeeded = ({ requestId }: { requestId: number }): void => {
    const index = indexOf.get(requestId);
    if (index !== undefined) answered.push(index);
  };
  client.on('commandStarted', started);
  client.on('commandSucceeded', succeeded);
  await work();
  client.off('commandStarted', started);
  client.off('commandSucceeded', succeeded);
  for (const name of ['getMore', 'ping', 'hello', 'endSessions']) others.delete(name);
  if (others.size > 0) throw new Error(`The page did more than read: ${[...others].join(', ')}`);
  return reads;
}

/** Makes the same reads with the bare driver: at the same time where they were, one after the other where they were. */
export async function replayReads(db: Db, reads: readonly Read[]): Promise<void> {
  const done: Promise<unknown>[] = [];
  for (const { command, after } of reads) {
    const before = after.map((index) => done[index]!);
    done.push(Promise.all(before).then(() => read(db, command)));
  }
  await Promise.all(done);
}

function read(db: Db, command: Document): Promise<unknown> {
  if (command['find']) {
    const { filter, projection, sort, skip, hint, limit, singleBatch } = command;
    const options = {
      projection,
      sort,
      skip,
      hint,
      ...(limit && { limit }),
      ...(singleBatch && { singleBatch }),
    };
    return db
      .collection(command['find'] as string)
      .find(filter, options)
      .toArray();
  }
  if (command['aggregate']) {
    return db
      .collection(command['aggregate'] as string)
      .aggregate(command['pipeline'], { hint: command['hint'] })
      .toArray();
  }
  const { lsid: _lsid, $db: _db, ...bare } = command;
  return db.command(bare);
}
