import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { type Engine, newEngine } from './local-engine.js';

const WRITERS = 6;
let engine: Engine;

beforeAll(async () => {
  engine = await newEngine();
}, 120_000);

afterAll(() => engine.remove(), 30_000);

test.each([
  ['the gateway', () => engine.gatewayPid()],
  ['the PostgreSQL server', () => engine.postgresPid()],
])(
  'no acknowledged insert is lost when %s is killed in the middle of writing',
  async (victim, pidOf) => {
    const acknowledged = await writeUntilKilled(await engine.up(), victim, await pidOf());

    const found = await inDatabase(await engine.up(), (db) =>
      db
        .collection(victim)
        .find({}, { projection: { _id: 1 } })
        .toArray(),
    );

    expect(acknowledged.length).toBeGreaterThan(WRITERS);
    const ids = new Set(found.map(({ _id }) => _id.toHexString()));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  },
  60_000,
);

test('an engine whose two halves were both killed comes up again with its data', async () => {
  await inDatabase(await engine.up(), (db) => db.collection('letters').insertOne({ to: 'the minister' }));
  process.kill(await engine.gatewayPid(), 'SIGKILL');
  process.kill(await engine.postgresPid(), 'SIGKILL');
  expect(await inDatabase(await engine.up(), (db) => db.collection('letters').countDocuments())).toBe(1);
}, 60_000);

async function inDatabase<Result>(uri: string, work: (db: Db) => Promise<Result>) {
  const client = new MongoClient(uri);
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
}

async function writeUntilKilled(uri: string, name: string, pid: number) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, socketTimeoutMS: 2000 });
  const collection = client.db().collection(name);
  await collection.insertOne({ first: true });
  const acknowledged: string[] = [];
  const writers = Array.from({ length: WRITERS }, () => insertUntilError(collection, acknowledged));
  await sleep(1000);
  process.kill(pid, 'SIGKILL');
  await Promise.all(writers);
  await client.close();
  return acknowledged;
}

async function insertUntilError(collection: Collection, acknowledged: string[]) {
  for (;;) {
    try {
      const { insertedId } = await collection.insertOne({ text: 'x'.repeat(200) });
      acknowledged.push(insertedId.toHexString());
    } catch {
      return;
    }
  }
}
