import { forgetSnoozes } from '../src/attention/snooze.js';
import type { Deps } from '../src/deps.js';
import { forgetSources } from '../src/replies/source.js';

/** Deletes what has had its time: the sources of incoming mail, of which what it said stays, and snoozes whose day has come. */
export async function run({ now, replies: { keepDays } }: Deps): Promise<string> {
  const snoozes = `Snoozes over: ${await forgetSnoozes(now())}.`;
  if (keepDays === 0) return `Sources of incoming mail are kept for good (KEEP_MAIL_DAYS). ${snoozes}`;
  const before = new Date(now().getTime() - keepDays * 86_400_000);
  return `Sources of incoming mail deleted: ${await forgetSources(before)}. ${snoozes}`;
}
