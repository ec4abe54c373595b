import { setTimeout as pause } from 'node:timers/promises';
import { type Row } from '../bench/rows.js';
import { FollowUp, type FollowUpRecord } from '../src/follow-ups/follow-up.model.js';
import { exactly, nothingLost } from './account.js';
import { replied } from './changed-meanwhile.js';
import { MINUTE } from './clock.js';
import { until } from './processes.js';
import { countIn, finished, withScene, type Scene } from './scene.js';
import type { World } from './world.js';

/** What one worker takes in its hands at once, and what is left for the second sweep. */
const [FIRST, SECOND] = [40, 20];

/** The first sweep is so slow that agenda's lock and its claims run out: a second one begins in the same process. */
export const twoSweeps = async ({ uri }: World): Promise<Row[]> => [
  ...(await overtaken(uri, 'two sweeps in one process', { answered: 0 })),
  ...(await overtaken(uri, 'two sweeps in one process, answers meanwhile', { answered: SECOND })),
];

const overtaken = (uri: string, name: string, { answered }: { answered: number }): Promise<Row[]> =>
  withScene(
    { uri, count: FIRST + SECOND, behaviour: { rules: [{ at: 'message', does: 'wait' }] } },
    async (scene) => {
      await letBothSweep(scene, answered);
      scene.clock.pass(2 * MINUTE);
      await scene.sweep();
      const { states, ...end } = await scene.account();
      return [
        exactly(`${name}: sent`, states.sent ?? 0, 'messages', FIRST + SECOND - answered),
        exactly(`${name}: cancelled`, states.cancelled ?? 0, 'messages', answered),
        ...nothingLost(name, { states, ...end }),
      ];
    },
  );

/** The connections are in the hands of the first sweep: what the second one has claimed waits in line, and some answer. */
async function letBothSweep({ clock, mail, worker }: Scene, answered: number): Promise<void> {
  const one = worker();
  await one.begin();
  await until('all connections are in use', () => mail.waiting() === 10);
  await until('the first sweep has its hands full', async () => (await countIn('sending')) === FIRST);
  clock.pass(11 * MINUTE);
  await one.begin();
  await until('the first is taken for dead', async () => (await countIn('uncertain')) === FIRST);
  await until('the second sweep has claimed', async () => (await countIn('sending')) === SECOND);
  await pause(500);
  const claimed = await FollowUp.find({ state: 'sending' }).limit(answered).lean<FollowUpRecord[]>();
  if (answered > 0) for (const followUp of claimed) await replied(followUp, clock.now());
  mail.goOn();
  await finished(one, 2);
}
