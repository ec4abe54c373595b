import type { Deps } from '../src/deps.js';
import { sendDue } from '../src/follow-ups/send-due.js';
import { lookForAnswers } from '../src/replies/look-for-answers.js';

/** Sends the follow-ups that are approved and due, to those whose answer has not come in meanwhile. */
export async function run(deps: Deps): Promise<string> {
  await lookForAnswers(deps);
  const counts = Object.entries(await sendDue(deps)).filter(([, count]) => count > 0);
  return counts.length > 0
    ? `Follow-ups: ${counts.map(([end, count]) => `${count} ${end}`).join(', ')}.`
    : 'No follow-up is due.';
}
