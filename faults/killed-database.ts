import { setTimeout as pause } from 'node:timers/promises';
import { atMost, figure, type Row } from '../bench/rows.js';
import { nothingLost } from './account.js';
import type { Engine } from './engine.js';
import { comeToAnEnd } from './killed-workers.js';
import { until } from './processes.js';
import { countIn, withScene } from './scene.js';
import type { World } from './world.js';

/** How a database ends. */
const ends = {
  'gateway killed': (engine: Engine) => [engine.gatewayPid()],
  'PostgreSQL killed': (engine: Engine) => [engine.postgresPid()],
  'both killed': (engine: Engine) => [engine.gatewayPid(), engine.postgresPid()],
};

/** The database dies in the middle of a sweep of two workers, and comes back. */
export async function killedDatabase(
  { uri, random }: World,
  engine: Engine,
  { rounds, count, how }: { rounds: number; count: number; how: readonly (keyof typeof ends)[] },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const end of how) {
    for (let round = 0; round < rounds; round += 1) {
      const name = rounds > 1 ? `${end}, ${round + 1}` : end;
      const atOnce = Math.floor(count * (0.1 + 0.5 * random()));
      rows.push(...(await killOnce(name, { uri, count }, atOnce, () => kill(engine, ends[end]))));
    }
  }
  return rows;
}

async function killOnce(
  name: string,
  setting: { uri: string; count: number },
  after: number,
  killDatabase: () => Promise<void>,
): Promise<Row[]> {
  return withScene({ ...setting, behaviour: { delay: 20 } }, async (scene) => {
    scene.worker('over and over');
    scene.worker('over and over');
    await until('some have left', () => scene.mail.taken.length >= after);
    await killDatabase();
    // the workers live: between two attempts they pause in real time, and the scene's clock must not run past their claims
    await until(
      'what was in their hands is written down',
      async () => (await countIn('scheduled', 'sending')) === 0,
    );
    const end = await comeToAnEnd(scene);
    return [
      figure(`${name}: sent`, end.states.sent ?? 0, 'messages'),
      figure(`${name}: sweeps that failed`, scene.failed().length, ''),
      ...nothingLost(name, end),
      // the workers live, and remember what the mail server said until it can be written down
      atMost(`${name}: uncertain`, end.states.uncertain ?? 0, 'messages', 0),
    ];
  });
}

async function kill(engine: Engine, pidsOf: (engine: Engine) => Promise<number>[]): Promise<void> {
  for (const pid of await Promise.all(pidsOf(engine))) process.kill(pid, 'SIGKILL');
  await pause(1000);
  await engine.up();
}
