import { Notice } from '../mail/notice.model.js';
import type { Deps } from '../deps.js';
import { colleagues, writeTo, type Colleague } from '../reminders/colleagues.js';
import { reminderDue } from '../reminders/reminder.rules.js';
import { begin } from './begin.js';
import { Firing } from './firing.model.js';
import { composeStaffReminder } from './staff-reminder.js';
import { todayIn, type ReadTrigger } from './read-trigger.js';

/** After so many milliseconds without the mail server's answer, whoever was writing has died. */
const TAKEN_FOR_DEAD = 600_000;

/**
 * Writes to the staff of a trigger from its day on, at the hour at which each of them is reminded, once. @returns how many
 * were written to
 */
export async function remindStaff(
  read: ReadTrigger,
  day: { day: string; how: string },
  deps: Deps,
): Promise<number> {
  if (day.day > todayIn(read, deps.now())) return 0;
  const wanted = new Set((read.trigger.staff ?? []).map(String));
  const theirs = (await colleagues()).filter(({ _id }) => wanted.has(String(_id)));
  let count = 0;
  for (const colleague of theirs) {
    if (deps.stopping?.aborted) break;
    if (reminderDue(colleague, null, deps.now()) && (await remind(colleague, read, day, deps))) count += 1;
  }
  return count;
}

async function remind(
  colleague: Colleague,
  read: ReadTrigger,
  day: { day: string; how: string },
  deps: Deps,
) {
  const firing = await begin(read, colleague._id, day, deps.now());
  if (firing.state !== 'begun') return false;
  const said = colleague.remindersOffSince ? 'not wanted' : await write(colleague, read, deps);
  // the mail server asked for patience, or another sweep is just writing to it
  if (said === 'deferred' || said === 'being sent') return false;
  const { modifiedCount } = await Firing.updateOne(
    { _id: firing._id, state: 'begun' },
    { $set: { state: 'done', said } },
  );
  return modifiedCount > 0 && said !== 'not wanted' && said !== 'suppressed';
}

async function write(colleague: Colleague, read: ReadTrigger, deps: Deps) {
  const { _id, milestone } = read.trigger;
  const key = `trigger ${String(_id)} ${String(milestone)} ${String(colleague._id)}`;
  const written = composeStaffReminder(read, colleague, deps.baseUrl);
  const outcome = await writeTo(colleague, { key, kind: 'reminder', ...written }, deps);
  if (outcome !== 'sent before') return outcome;
  const before = await Notice.findOne({ key }, { state: 1, createdAt: 1 }).lean();
  if (before && before.state !== 'sending') return before.state;
  const isLost = before && deps.now().getTime() - before.createdAt.getTime() > TAKEN_FOR_DEAD;
  return isLost ? 'uncertain' : 'being sent';
}
