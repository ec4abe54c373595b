import { setTimeout as pause } from 'node:timers/promises';
import { atMost, figure, type Row } from '../bench/rows.js';
import { nothingLost, type Account } from './account.js';
import { MINUTE } from './clock.js';
import { until } from './processes.js';
import { countIn, withScene, type Scene } from './scene.js';
import type { World } from './world.js';

/** What a worker has in its hands at most: batch times lanes. */
const IN_FLIGHT = 40;

/** How long a worker lives at most before it is killed, in ms: about as long as a round takes. */
const LIFE = 1500;

type Size = { rounds: number; count: number; kills: number };

/** Two workers at once, of which one or the other is killed at any moment and started again. */
export async function killedWorkers({ uri, random }: World, { rounds, count, kills }: Size): Promise<Row[]> {
  const name = 'workers killed';
  const accounts: Account[] = [];
  let inHands = 0;
  for (let round = 0; round < rounds; round += 1) {
    await withScene({ uri, count, behaviour: { delay: 20 } }, async (scene) => {
      await killAtRandom(scene, kills, random);
      inHands += await countIn('sending');
      accounts.push(await comeToAnEnd(scene));
    });
  }
  const uncertain = sum(accounts, ({ states }) => states.uncertain ?? 0);
  return [
    figure(`${name}: rounds of ${count} follow-ups`, rounds, ''),
    figure(`${name}: kills`, rounds * kills, ''),
    figure(`${name}: in a worker's hands after the last kill of a round`, inHands, 'messages'),
    figure(
      `${name}: sent`,
      sum(accounts, ({ states }) => states.sent ?? 0),
      'messages',
    ),
    ...nothingLost(name, {
      states: {},
      taken: 0,
      twice: sum(accounts, ({ twice }) => twice),
      unaccounted: accounts.flatMap(({ unaccounted }) => unaccounted),
    }),
    atMost(`${name}: uncertain`, uncertain, 'messages', rounds * kills * IN_FLIGHT),
  ];
}

async function killAtRandom({ worker, mail }: Scene, kills: number, random: () => number): Promise<void> {
  const workers = [worker('over and over'), worker('over and over')];
  await Promise.all(workers.map(({ isReady }) => isReady()));
  for (let kill = 0; kill < kills; kill += 1) {
    const victim = random() < 0.5 ? 0 : 1;
    await until('something left', () => mail.taken.length > 0);
    await pause(random() * (LIFE / kills));
    await workers[victim]!.kill();
    workers[victim] = worker('over and over');
  }
}

/** Until the claims of the dead have run out, and what was put off by the very passing of the time has left. */
export async function comeToAnEnd({ clock, account }: Pick<Scene, 'clock' | 'account'>): Promise<Account> {
  await until('what is due has left', async () => (await countIn('scheduled')) === 0);
  clock.pass(11 * MINUTE);
  for (let more = 0; more < 30 && (await countIn('scheduled', 'sending')) > 0; more += 1) {
    await pause(1000);
    clock.pass(2 * MINUTE);
  }
  return account();
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
