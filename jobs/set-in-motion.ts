import type { Deps } from '../src/deps.js';
import { setInMotion } from '../src/triggers/set-in-motion.js';

/** Sets in motion what milestones of laws set in motion, and follows their dates. */
export async function run(deps: Deps): Promise<string> {
  const done = Object.entries(await setInMotion(deps)).filter(([, count]) => count > 0);
  return done.length === 0
    ? 'Nothing is set in motion.'
    : `Set in motion: ${done.map(([what, count]) => `${count} ${what}`).join(', ')}.`;
}
