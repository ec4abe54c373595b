import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import mongoose from 'mongoose';
import { connectDatabase, createIndexes, disconnectDatabase } from '../../src/database.js';
import { backgroundEnded } from '../../src/in-background.js';

/** The database of this worker in this run. */
export function testDatabaseUri(): string {
  const uri = new URL(process.env['TEST_MONGODB_URI']!);
  uri.pathname = `/answerable_test_${process.env['TEST_RUN']}_${process.env['JEST_WORKER_ID']}`;
  return uri.href;
}

/**
 * Gives every test of a file an empty database with all indexes. Call it once, at the top of the file.
 * `keepBetweenTests` is for a file whose tests are the steps of one walk.
 */
export function useDatabase({ keepBetweenTests = false } = {}): void {
  beforeAll(async () => {
    await connectDatabase(testDatabaseUri());
    await createMissingIndexes();
  }, 60_000);
  if (keepBetweenTests) beforeAll(emptyDatabase);
  else beforeEach(emptyDatabase);
  afterEach(backgroundEnded);
  afterAll(disconnectDatabase);
}

/** Goes past the models: history refuses to be deleted through them. */
export async function emptyDatabase(): Promise<void> {
  const collections = await mongoose.connection.db!.listCollections({}, { nameOnly: true }).toArray();
  const ours = collections.filter(({ name }) => name !== MADE);
  await Promise.all(ours.map(({ name }) => mongoose.connection.collection(name).deleteMany({})));
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
