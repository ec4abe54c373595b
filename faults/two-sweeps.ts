import { type Row } from '../bench/rows.js';
import { exactly, nothingLost } from './account.js';
import { MINUTE } from './clock.js';
import { until } from './processes.js';
import { countIn, finished, withScene } from './scene.js';
import type { World } from './world.js';

/** The first sweep is so slow that agenda's lock and its claims run out: a second one begins in the same process. */
export const twoSweeps = ({ uri }: World, count: number): Promise<Row[]> =>
  withScene(
    { uri, count, behaviour: { rules: [{ at: 'message', does: 'wait' }] } },
    async ({ clock, mail, worker, sweep, account }) => {
      const name = 'two sweeps in one process';
      const one = worker();
      await one.begin();
      await until('all connections are in use', () => mail.waiting() === 10);
      clock.pass(11 * MINUTE);
      await one.begin();
      await until(
        'the second sweep looks at what the first has',
        async () => (await countIn('uncertain')) > 0,
      );
      mail.goOn();
      await finished(one, 2);
      clock.pass(2 * MINUTE);
      await sweep();
      const end = await account();
      return [exactly(`${name}: sent`, end.states.sent ?? 0, 'messages', count), ...nothingLost(name, end)];
    },
  );
