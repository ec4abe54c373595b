import { setTimeout as pause } from 'node:timers/promises';
import { config } from '../config/index.js';
import { schedule } from '../jobs/schedule.js';
import { connectDatabase } from '../src/database.js';
import { depsFrom, type Deps } from '../src/deps.js';
import { NO_LIMITS } from '../src/follow-ups/limits.rules.js';
import { createLog } from '../src/log.js';
import { clockOf } from './clock.js';

/** A worker with a clock that others set: sweeps over and over, or each time it is asked to, also while it still sweeps. */
const [clock, manner] = process.argv.slice(2) as [string, 'over and over' | 'when asked'];
const stopping = new AbortController();
const deps: Deps = {
  ...depsFrom(config, createLog('silent'), stopping.signal),
  now: clockOf(clock),
  limits: NO_LIMITS,
};

process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => stopping.abort());
await connectDatabase(config.MONGODB_URI);
process.on('message', () => void sweep());
process.send?.({ ready: true });
if (manner === 'over and over') {
  while (!stopping.signal.aborted) {
    await sweep();
    await pause(50);
  }
  process.exit();
}

/** A sweep that fails is said and not the end, as in the schedule. */
async function sweep(): Promise<void> {
  const said = await schedule['send-due']!.run(deps).then(
    (did) => ({ did }),
    (error: unknown) => ({ failed: String(error) }),
  );
  process.send?.(said);
}
