import type { Deps } from '../src/deps.js';
import { tellOwners } from '../src/reminders/tell-owners.js';

/** Tells staff who answered and what the follow-ups that are theirs came to by themselves, at most once an hour. */
export async function run(deps: Deps): Promise<string> {
  const outcomes = await tellOwners(deps);
  if (outcomes.length === 0) return 'There is no news for anybody.';
  const ends = [...new Set(outcomes)].map((end) => `${outcomes.filter((one) => one === end).length} ${end}`);
  return `News: ${ends.join(', ')}.`;
}
