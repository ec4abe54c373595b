import mongoose from 'mongoose';
import { setTimeout } from 'node:timers/promises';

/**
 * Connects, and asks for strict queries: a filter on a field that does not exist is a mistake, not a match for everything. `more` are
 * options of the driver.
 */
export async function connectDatabase(uri: string, more: mongoose.ConnectOptions = {}): Promise<void> {
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, {
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    serverSelectionTimeoutMS: 3000,
    maxPoolSize: 20,
    appName: 'answerable',
    ...more,
  });
}

export const disconnectDatabase = (): Promise<void> => mongoose.disconnect();

/** Creates collections and indexes, one after the other: several processes doing it at once would meet half-made ones. */
export async function createIndexes(progress: (done: number, of: number) => void = () => {}): Promise<void> {
  const models = Object.values(mongoose.models);
  for (const [i, model] of models.entries()) {
    await model.createCollection();
    await model.createIndexes();
    progress(i + 1, models.length);
  }
  const sessions = mongoose.connection.collection('sessions');
  await sessions.createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
}

/** Takes away an index that an earlier version made, which nothing else would do. Safe to run twice. */
export async function dropIndex(model: { collection: mongoose.Collection }, name: string): Promise<void> {
  const there = await model.collection.indexes();
  if (there.some((index) => index.name === name)) await model.collection.dropIndex(name);
}

/**
 * Did a unique index refuse this write, or everything that was refused of several? The local engine reports code 1 where
 * `findOneAndUpdate` collides (docs/decisions/0001), every other write 11000.
 */
export function isDuplicate(error: unknown): boolean {
  const { code, message, writeErrors } = error as { code?: number; message?: string; writeErrors?: unknown };
  if (Array.isArray(writeErrors) && writeErrors.length > 0) return writeErrors.every(isDuplicate);
  return code === 11000 || (code === 1 && /exclusion constraint|duplicate key/i.test(message ?? ''));
}

const goneNames = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  // what was asked while the process was stopping
  'MongoExpiredSessionError',
  'MongoClientClosedError',
  'MongooseServerSelectionError',
  'PoolClearedError',
  'MongoWaitQueueTimeoutError',
]);

const goneWords = new RegExp(
  [
    'failed to connect|connection refused|conn closed|unexpected EOF|broken pipe|connection reset',
    'shutting down|starting up|recovery mode|not yet accepting connections|terminating connection',
    'ECONNREFUSED|ECONNRESET|EPIPE|connection \\S+ to \\S+ (closed|timed out)|pool for \\S+ was cleared',
  ].join('|'),
  'i',
);

/** Is it that the database cannot be reached, rather than that it refused something? */
export function isDatabaseGone(error: unknown): boolean {
  const {
    name = '',
    message = '',
    code,
    cause,
  } = (error ?? {}) as { name?: string; message?: string; code?: unknown; cause?: unknown };
  if (goneNames.has(name)) return true;
  // the driver hands on as it is what the socket says to a write in the moment after the other side has closed it
  if (code === 'EPIPE') return true;
  // the gateway is there but the server behind it is not; or a bulk write says in its own name what the driver met
  if ((name === 'MongoServerError' || name === 'MongoBulkWriteError') && goneWords.test(message)) return true;
  if (name === 'MongooseError' && /initial connection|before initial|disconnected/i.test(message))
    return true;
  return cause !== undefined && cause !== error && isDatabaseGone(cause);
}

/** Tries a write again for about a minute while the database cannot be reached. @throws whatever it threw last */
export async function untilDatabaseAnswers<T>(
  write: () => PromiseLike<T>,
  pauses = [1, 2, 5, 10, 20, 20],
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const [pause, ...rest] = pauses;
    if (pause === undefined || !isDatabaseGone(error)) throw error;
    await setTimeout(pause * 1000);
    return untilDatabaseAnswers(write, rest);
  }
}

/** Did the local engine end this write because others wrote the same records at once? Of several, it may say so of some only. */
function isDeadlock(error: unknown): boolean {
  const { message, errmsg, writeErrors } = (error ?? {}) as {
    message?: string;
    errmsg?: string;
    writeErrors?: unknown;
  };
  if (Array.isArray(writeErrors) && writeErrors.some(isDeadlock)) return true;
  return /deadlock detected/i.test(errmsg ?? message ?? '');
}

/**
 * Writes again after a deadlock (docs/decisions/0001), for a few seconds. What is one statement does so by itself, see `statements`: this
 * is for inserting many, unordered, of which some may be there already. @throws whatever else it threw
 */
export async function pastDeadlocks<T>(write: () => PromiseLike<T>, longestPause = 50): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (longestPause > 5000 || !isDeadlock(error)) throw error;
    // those who met do not come at once again
    await setTimeout(Math.random() * longestPause);
    return pastDeadlocks(write, longestPause * 2);
  }
}

/** What is one statement has changed nothing where it met a deadlock. */
const statements = [
  'insertOne',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
] as const;

type Write = (...args: unknown[]) => Promise<unknown>;

// in the driver: models, sessions and files all write by way of it
for (const name of statements) {
  const write = Reflect.get(mongoose.mongo.Collection.prototype, name) as Write;
  const writeAgain = function (this: unknown, ...args: unknown[]) {
    return pastDeadlocks(() => write.apply(this, args));
  };
  Reflect.set(mongoose.mongo.Collection.prototype, name, writeAgain);
}

/** A filter for a record that still holds in these fields what was read; what is not there is null. */
export const sameAs = <T extends object>(record: T, fields: readonly (keyof T)[]) =>
  Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));
