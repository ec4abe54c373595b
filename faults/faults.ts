import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { numbersFrom } from '../bench/names.js';
import { figure, table, type Row } from '../bench/rows.js';
import { step } from '../bench/step.js';
import { connectDatabase, createIndexes, disconnectDatabase } from '../src/database.js';
import { exactly } from './account.js';
import { badMailServers } from './bad-mail-servers.js';
import { changedMeanwhile } from './changed-meanwhile.js';
import { clockJumps } from './clock-jumps.js';
import { engineIn } from './engine.js';
import { frozenWorker } from './frozen-worker.js';
import { killedDatabase } from './killed-database.js';
import { killedWorkers } from './killed-workers.js';
import { twoSweeps } from './two-sweeps.js';
import type { World } from './world.js';

/** Whatever hangs, this ends. */
const LIMIT_MINUTES = 25;

const { json, seed } = parseArgs({ options: { json: { type: 'string' }, seed: { type: 'string' } } }).values;

setTimeout(() => {
  console.error(`It has taken ${LIMIT_MINUTES} minutes, and is ended.`);
  process.exit(1);
}, LIMIT_MINUTES * 60_000).unref();

const rows = await tryAll(seed === undefined ? Math.floor(Math.random() * 10_000) : Number(seed));
console.log(table(rows));
if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every(({ ok }) => ok) ? 0 : 1);

async function tryAll(chosen: number): Promise<Row[]> {
  console.error(`Seed: ${chosen}`);
  const world = { uri: await prepare(), random: numbersFrom(chosen) };
  const scenarios: Record<string, (world: World) => Promise<Row[]>> = {
    'Something changes between claim and sending': changedMeanwhile,
    'Bad mail servers': (w) => badMailServers(w, { count: 10, slow: true }),
    'The clock jumps': (w) => clockJumps(w, 40),
    'Two sweeps in one process': twoSweeps,
    'A frozen worker': frozenWorker,
    'Killed workers': (w) => killedWorkers(w, { rounds: 20, count: 500, kills: 3 }),
    'A killed database': (w) =>
      killedDatabase(w, engineIn(process.env['DATA_DIR']!), {
        rounds: 3,
        count: 500,
        how: ['gateway killed', 'PostgreSQL killed', 'both killed'],
      }),
  };
  const rows: Row[] = [figure('seed', chosen, '')];
  for (const [what, play] of Object.entries(scenarios))
    rows.push(...(await step(what, () => play(world).catch(brokenOff(what)))));
  await disconnectDatabase();
  return rows;
}

/** A scenario that does not come to its end is a fault like any other, and the next one is tried. */
function brokenOff(what: string): (error: unknown) => Row[] {
  return (error) => {
    console.error(error);
    return [exactly(`${what}: came to its end`, 0, '', 1)];
  };
}

/** @returns the address of a database of our own, which is connected to */
async function prepare(): Promise<string> {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = '/faults';
  await connectDatabase(uri.href);
  await createIndexes();
  return uri.href;
}
