import type { Deps } from '../src/deps.js';
import { sendReminders } from '../src/reminders/send-reminders.js';

/** Tells staff what of theirs is late, once a day from 08:00 on their own clock. */
export async function run(deps: Deps): Promise<string> {
  const { outcomes, nothingToSay } = await sendReminders(deps);
  if (outcomes.length + nothingToSay === 0) return 'No reminder is due.';
  const ends = [...new Set(outcomes)].map((end) => `${outcomes.filter((one) => one === end).length} ${end}`);
  return `Reminders: ${[...ends, `${nothingToSay} with nothing to say`].join(', ')}.`;
}
