import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { CommandStartedEvent } from 'mongodb';
import mongoose from 'mongoose';
import { connectDatabase, createIndexes, disconnectDatabase } from '../../src/database.js';
import { backgroundEnded } from '../../src/in-background.js';

/** What may hold something: all of it at first, for an earlier file may have written anything; then what this one has written to. */
const written = new Set<string>();
let anything = true;
let handedOut = false;

/** The database of this worker in this run, for another process or connection, of which is not seen where it writes. */
export function testDatabaseUri(): string {
  handedOut = true;
  return ownUri();
}

function ownUri(): string {
  const uri = new URL(process.env['TEST_MONGODB_URI']!);
  uri.pathname = `/answerable_test_${process.env['TEST_RUN']}_${process.env['JEST_WORKER_ID']}`;
  return uri.href;
}

const ADDS_NOTHING = new Set([
  'find',
  'aggregate',
  'count',
  'distinct',
  'delete',
  'create',
  'createIndexes',
  'listIndexes',
]);

function noteWrite({ commandName, command }: CommandStartedEvent): void {
  if (!ADDS_NOTHING.has(commandName)) written.add(String(command[commandName]));
}

/**
 * Gives every test of a file an empty database with all indexes. Call it once, at the top of the file.
 * `keepBetweenTests` is for a file whose tests are the steps of one walk.
 */
export function useDatabase({ keepBetweenTests = false } = {}): void {
  beforeAll(async () => {
    await connectDatabase(ownUri(), { monitorCommands: true });
    mongoose.connection.getClient().on('commandStarted', noteWrite);
    await createMissingIndexes();
  }, 60_000);
  if (keepBetweenTests) beforeAll(emptyDatabase);
  else beforeEach(emptyDatabase);
  afterEach(backgroundEnded);
  afterAll(disconnectDatabase);
}

/** Goes past the models: history refuses to be deleted through them. Of more than thirty collections a file fills a few. */
export async function emptyDatabase(): Promise<void> {
  const there = await mongoose.connection.db!.listCollections({}, { nameOnly: true }).toArray();
  const filled = there.filter(({ name }) => name !== MADE && (anything || handedOut || written.has(name)));
  await Promise.all(filled.map(({ name }) => mongoose.connection.collection(name).deleteMany({})));
  anything = false;
}

const MADE = 'testindexesmade';

/** A worker runs many files: what an earlier one made is there already. */
async function createMissingIndexes(): Promise<void> {
  const made = mongoose.connection.collection<{ _id: string }>(MADE);
  const there = new Set((await made.find().toArray()).map(({ _id }) => _id));
  const names = mongoose.modelNames();
  if (names.every((name) => there.has(name))) return;
  await createIndexes();
  await dropExpiry();
  await made.insertMany(
    names.filter((name) => !there.has(name)).map((_id) => ({ _id })),
    { ordered: false },
  );
}

/** The clock of a test is not the database's own, which would remove what a test has just written for half past twelve. */
export async function dropExpiry(): Promise<void> {
  for (const { name } of await mongoose.connection.db!.listCollections({}, { nameOnly: true }).toArray()) {
    const collection = mongoose.connection.collection(name);
    for (const index of await collection.indexes()) {
      if (index.expireAfterSeconds !== undefined) await collection.dropIndex(index.name!);
    }
  }
}
