import { afterAll, expect, test } from '@jest/globals';
import type { Row } from '../../bench/rows.js';
import { numbersFrom } from '../../bench/names.js';
import { badMailServers } from '../../faults/bad-mail-servers.js';
import { changedMeanwhile } from '../../faults/changed-meanwhile.js';
import { clockJumps } from '../../faults/clock-jumps.js';
import { frozenWorker } from '../../faults/frozen-worker.js';
import { killedWorkers } from '../../faults/killed-workers.js';
import { endProcesses } from '../../faults/processes.js';
import { twoSweeps } from '../../faults/two-sweeps.js';
import type { World } from '../../faults/world.js';
import { testDatabaseUri, useDatabase } from '../support/database.js';

useDatabase();
afterAll(endProcesses);

/** What `npm run faults` tries, at a smaller count and without what takes minutes. */
const scenarios: [string, (world: World) => Promise<Row[]>][] = [
  ['workers that are killed', (world) => killedWorkers(world, { rounds: 1, count: 150, kills: 2 })],
  ['mail servers that fail', (world) => badMailServers(world, { count: 5, slow: false })],
  ['a clock that jumps', (world) => clockJumps(world, 20)],
  ['two sweeps in one process', twoSweeps],
  ['a worker that freezes', frozenWorker],
  ['a change between claim and sending', changedMeanwhile],
];

test.each(scenarios)(
  'with %s nothing goes twice and nothing is lost',
  async (_what, play) => {
    const seed = Math.floor(Math.random() * 10_000);
    const rows = await play({ uri: testDatabaseUri(), random: numbersFrom(seed) });
    expect({ seed, missed: rows.filter(({ ok }) => !ok) }).toEqual({ seed, missed: [] });
  },
  120_000,
);
