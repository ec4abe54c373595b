import { setTimeout as pause } from 'node:timers/promises';
import { type Row } from '../bench/rows.js';
import { exactly, nothingLost } from './account.js';
import { MINUTE } from './clock.js';
import { until } from './processes.js';
import { finished, withScene, type Scene } from './scene.js';
import type { Rule } from './rules.js';
import type { World } from './world.js';

/** As many as a worker takes in its hands at once, so that all of them are claimed when it freezes. */
const COUNT = 40;

/** A worker is frozen while it speaks to the mail server, taken for dead by another one, and woken. */
export const frozenWorker = async ({ uri }: World): Promise<Row[]> => [
  ...(await freezeAt('message', uri, 'after ten messages', 10)),
  ...(await freezeAt('recipient', uri, 'before the first message', 0)),
];

const freezeAt = (at: Rule['at'], uri: string, when: string, handedOver: number): Promise<Row[]> =>
  withScene({ uri, count: COUNT, behaviour: { rules: [{ at, does: 'wait' }] } }, async (scene) => {
    const name = `worker frozen ${when}`;
    const late = await freezePastItsClaim(scene);
    scene.clock.pass(2 * MINUTE);
    await scene.sweep();
    const end = await scene.account();
    return [
      exactly(`${name}: handed over by it`, late, 'messages', handedOver),
      exactly(`${name}: sent in the end`, end.states.sent ?? 0, 'messages', COUNT),
      ...nothingLost(name, end),
    ];
  });

/** @returns how many messages it has handed over, all in all */
async function freezePastItsClaim({ clock, mail, worker, sweep }: Scene): Promise<number> {
  const frozen = worker();
  await frozen.begin();
  await until('all connections are in use', () => mail.waiting() === 10);
  // the rest of what it has in its hands is claimed by now
  await pause(300);
  frozen.signal('SIGSTOP');
  clock.pass(11 * MINUTE);
  await sweep();
  mail.goOn();
  frozen.signal('SIGCONT');
  await finished(frozen, 1);
  const taken = await mail.all();
  await frozen.kill();
  return taken.length;
}
