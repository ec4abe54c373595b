import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type Engine, newEngine } from './local-engine.js';

let one: Engine;
let other: Engine;

beforeAll(async () => {
  [one, other] = await Promise.all([newEngine(), newEngine()]);
}, 120_000);

afterAll(() => Promise.all([one.remove(), other.remove()]), 30_000);

test('two engines with different data run at once, and stopping one leaves the other', async () => {
  const [uriOfOne, uriOfOther] = await Promise.all([one.up(), other.up()]);
  expect(uriOfOne).not.toBe(uriOfOther);
  await insertInto(uriOfOther);

  await one.database('down');

  await expect(one.database('status')).rejects.toMatchObject({ code: 3 });
  expect((await other.database('status')).stdout).toContain(uriOfOther);
  expect(await insertInto(uriOfOther)).toBe(2);
}, 60_000);

test('the address of an engine that was killed stays its own, also where another engine is made meanwhile', async () => {
  const uri = await one.up();
  await insertInto(uri);
  const count = await insertInto(uri);
  for (const pid of [await one.gatewayPid(), await one.postgresPid()]) process.kill(pid, 'SIGKILL');
  const third = await newEngine();

  try {
    expect(await third.up()).not.toBe(uri);
    expect(await one.up()).toBe(uri);
    expect(await insertInto(uri)).toBe(count + 1);
  } finally {
    await third.remove();
  }
}, 60_000);

test('starting, stopping and asking twice is the same as once', async () => {
  const [first, second] = await Promise.all([one.up(), one.up()]);
  expect(second).toBe(first);
  expect(await one.up()).toBe(first);
  await one.database('down');
  await one.database('down');
}, 60_000);

async function insertInto(uri: string) {
  const client = new MongoClient(uri);
  await client.db().collection('letters').insertOne({});
  const count = await client.db().collection('letters').countDocuments();
  await client.close();
  return count;
}
