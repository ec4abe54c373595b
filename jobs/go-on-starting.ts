import { workOnStarts } from '../src/cadences/start.js';
import type { Deps } from '../src/deps.js';

/** Goes on with starts of cadences whose process ended before they were done. */
export async function run(deps: Deps): Promise<string> {
  const finished = await workOnStarts(deps);
  return finished > 0
    ? `Starts of cadences: ${finished} finished.`
    : 'No start of a cadence was left unfinished.';
}
