import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { numbersFrom } from '../../bench/names.js';
import { killedDatabase } from '../../faults/killed-database.js';
import { endProcesses } from '../../faults/processes.js';
import { connectDatabase, createIndexes, disconnectDatabase } from '../../src/database.js';
import { newEngine, type Engine } from './local-engine.js';

let engine: Engine;
let uri: string;

beforeAll(async () => {
  engine = await newEngine();
  uri = await engine.up();
  await connectDatabase(uri);
  await createIndexes();
}, 120_000);

afterAll(async () => {
  endProcesses();
  await disconnectDatabase();
  await engine.remove();
}, 30_000);

test('when the database is killed under two workers nothing goes twice and nothing becomes uncertain', async () => {
  const seed = Math.floor(Math.random() * 10_000);
  const size = { rounds: 1, count: 100, how: ['PostgreSQL killed'] } as const;
  const rows = await killedDatabase({ uri, random: numbersFrom(seed) }, engine, size);
  expect({ seed, missed: rows.filter(({ ok }) => !ok) }).toEqual({ seed, missed: [] });
}, 90_000);
