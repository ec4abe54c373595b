import type { Deps } from '../src/deps.js';
import { forgetSources } from '../src/replies/source.js';

/** Deletes the sources of incoming mail that have been kept long enough; what it said stays. */
export async function run({ now, replies: { keepDays } }: Deps): Promise<string> {
  if (keepDays === 0) return 'Sources of incoming mail are kept for good (KEEP_MAIL_DAYS).';
  const before = new Date(now().getTime() - keepDays * 86_400_000);
  return `Sources of incoming mail deleted: ${await forgetSources(before)}.`;
}
