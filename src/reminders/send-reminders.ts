import { readAttention, type Attention } from '../attention/attention.js';
import { kinds, needsSomebody } from '../attention/kinds.rules.js';
import { readEverything, seenBy } from '../attention/seen.js';
import type { Deps } from '../deps.js';
import { Notice } from '../mail/notice.model.js';
import type { NoticeOutcome } from '../mail/notices.js';
import { colleagues, writeTo, type Colleague } from './colleagues.js';
import { composeReminder, SHOWN } from './reminder-text.js';
import { reminderDue, reminderKey } from './reminder.rules.js';

const told = kinds.filter(needsSomebody);

export type RemindersSent = { outcomes: NoticeOutcome[]; nothingToSay: number };

/**
 * Tells everybody on the staff what of theirs is late, once on their own day. Whoever had nothing at 08:00 is told
 * later the same day, when something fails then.
 */
export async function sendReminders(deps: Deps): Promise<RemindersSent> {
  const now = deps.now();
  const staff = await colleagues();
  const waiting = await notToldYet(
    staff.filter((colleague) => !colleague.remindersOffSince && reminderDue(colleague, now)),
    now,
  );
  if (waiting.length === 0) return { outcomes: [], nothingToSay: 0 };
  const everything = await readEverything();
  const outcomes: NoticeOutcome[] = [];
  let nothingToSay = 0;
  for (const colleague of waiting) {
    if (deps.stopping?.aborted) break;
    const attention = await readAttention(await seenBy(colleague, everything, now), SHOWN, told);
    if (attention.length > 0) outcomes.push(await remind(colleague, attention, deps, now));
    else nothingToSay += 1;
  }
  return { outcomes, nothingToSay };
}

function remind(
  colleague: Colleague,
  attention: readonly Attention[],
  deps: Deps,
  now: Date,
): Promise<NoticeOutcome> {
  const written = composeReminder(attention, colleague, deps.baseUrl, now);
  return writeTo(colleague, { key: reminderKey(colleague, now), kind: 'reminder', ...written }, deps);
}

/** Spares the search for late things on all the runs of a day after the first; that a mail goes once, the ledger sees to. */
async function notToldYet(staff: Colleague[], now: Date): Promise<Colleague[]> {
  const keys = staff.map((colleague) => reminderKey(colleague, now));
  const told = await Notice.find({ key: { $in: keys } }, { key: 1 }).lean();
  const there = new Set(told.map(({ key }) => key));
  return staff.filter((_, i) => !there.has(keys[i]!));
}
