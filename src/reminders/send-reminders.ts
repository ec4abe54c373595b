import { readAttention } from '../attention/attention.js';
import { kinds, needsSomebody } from '../attention/kinds.rules.js';
import { readEverything, seenBy } from '../attention/seen.js';
import type { Deps } from '../deps.js';
import { Notice } from '../mail/notice.model.js';
import type { NoticeOutcome } from '../mail/notices.js';
import { colleagues, writeTo, type Colleague } from './colleagues.js';
import { composeReminder, SHOWN } from './reminder-text.js';
import { reminderDue, reminderKey, reminderKeys } from './reminder.rules.js';

const told = kinds.filter(needsSomebody);

export type RemindersSent = { outcomes: NoticeOutcome[]; nothingToSay: number };

/**
 * Tells everybody on the staff what is theirs to see to, once on their own day. Whoever had nothing at their hour is told
 * later the same day, when something fails then.
 */
export async function sendReminders(deps: Deps): Promise<RemindersSent> {
  const now = deps.now();
  const waiting = await notToldYet(await colleagues(), now);
  if (waiting.length === 0) return { outcomes: [], nothingToSay: 0 };
  const everything = await readEverything(deps.post.from);
  const outcomes: NoticeOutcome[] = [];
  let nothingToSay = 0;
  for (const { colleague, last } of waiting) {
    if (deps.stopping?.aborted) break;
    const seen = await seenBy(colleague, everything, now);
    const attention = await readAttention(seen, SHOWN, told);
    if (attention.length === 0) {
      nothingToSay += 1;
      continue;
    }
    const written = composeReminder(attention, colleague, deps.baseUrl, now);
    const key = reminderKey(colleague, last);
    outcomes.push(await writeTo(colleague, { key, kind: 'reminder', ...written }, deps));
  }
  return { outcomes, nothingToSay };
}

type Waiting = { colleague: Colleague; last: Date | null };

/** Those whose hour it is and who have had none today. That a mail goes once, also where two workers ask at once, the ledger sees to. */
async function notToldYet(staff: readonly Colleague[], now: Date): Promise<Waiting[]> {
  const theirHour = staff.filter(
    (colleague) => !colleague.remindersOffSince && reminderDue(colleague, null, now),
  );
  const waiting = await Promise.all(
    theirHour.map(async (colleague) => ({ colleague, last: await lastReminderOf(colleague) })),
  );
  return waiting.filter(({ colleague, last }) => reminderDue(colleague, last, now));
}

async function lastReminderOf(colleague: Colleague): Promise<Date | null> {
  const [last] = await Notice.find({ key: reminderKeys(colleague) }, { createdAt: 1 })
    .sort({ key: -1 })
    .limit(1)
    .lean();
  return last?.createdAt ?? null;
}
