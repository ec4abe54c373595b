import { type Row } from '../bench/rows.js';
import { exactly, nothingLost } from './account.js';
import { DAY, HOUR, MINUTE } from './clock.js';
import { until } from './processes.js';
import { finished, withScene, type Scene } from './scene.js';
import type { World } from './world.js';

/** Connections to the mail server: so many messages are with it at a time. */
const AT_A_TIME = 10;

const waitingServer = { rules: [{ at: 'message', does: 'wait' }] } as const;

/** The clock jumps, between sweeps and in the middle of one. */
export async function clockJumps({ uri }: World, count: number): Promise<Row[]> {
  return [
    ...(await withScene({ uri, count }, weekBefore)),
    ...(await withScene({ uri, count, behaviour: { rules: [...waitingServer.rules] } }, (scene) =>
      midSweep('clock a week on in a sweep', scene, 7 * DAY, { sent: AT_A_TIME, held: count - AT_A_TIME }),
    )),
    ...(await withScene({ uri, count, behaviour: { rules: [...waitingServer.rules] } }, (scene) =>
      midSweep('clock an hour back in a sweep', scene, -HOUR, { sent: count, held: 0 }),
    )),
    ...(await withScene({ uri, count }, hourBack)),
  ];
}

async function weekBefore({ clock, sweep, account }: Scene): Promise<Row[]> {
  const name = 'clock a week on';
  clock.pass(7 * DAY);
  await sweep();
  const end = await account();
  return [exactly(`${name}: left`, end.taken, 'messages', 0), ...nothingLost(name, end)];
}

/** Back before anything was due: nothing leaves; and when it is due again, each once. */
async function hourBack({ clock, sweep, account }: Scene): Promise<Row[]> {
  const name = 'clock an hour back';
  clock.pass(-HOUR);
  await sweep();
  const early = (await account()).taken;
  clock.pass(HOUR);
  await sweep();
  clock.pass(-HOUR);
  await sweep();
  const end = await account();
  return [
    exactly(`${name}: left too early`, early, 'messages', 0),
    exactly(`${name}: left later`, end.taken, 'messages', end.states.sent ?? 0),
    ...nothingLost(name, end),
  ];
}

async function midSweep(
  name: string,
  { clock, mail, worker, account, sweep }: Scene,
  jump: number,
  wanted: { sent: number; held: number },
): Promise<Row[]> {
  const one = worker();
  await one.begin();
  await until('all connections are in use', () => mail.waiting() === AT_A_TIME);
  clock.pass(jump);
  mail.goOn();
  await finished(one, 1);
  // what was given back leaves when its time comes once more
  clock.pass(Math.max(-jump, 0) + 2 * MINUTE);
  await sweep();
  const end = await account();
  return [
    exactly(`${name}: sent`, end.states.sent ?? 0, 'messages', wanted.sent),
    exactly(`${name}: held`, end.states.held ?? 0, 'messages', wanted.held),
    ...nothingLost(name, end),
  ];
}
