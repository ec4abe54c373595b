import type { Deps } from '../deps.js';
import { Notice } from '../mail/notice.model.js';
import type { NoticeOutcome } from '../mail/notices.js';
import { colleagues, writeTo, type Colleague } from './colleagues.js';
import { composeNews } from './news-text.js';
import { HOUR_MS, isNewsTo, newsFrom, newsKey, type Untold } from './news.rules.js';
import { findUntold, markTold } from './untold.js';

export type NewsOutcome = NoticeOutcome | 'not wanted';

/** Ends of a mail after which its reader counts as told. After any other it is said again in the next hour's mail. */
const told: readonly NewsOutcome[] = ['sent', 'captured', 'suppressed', 'not wanted'];

/**
 * Tells everybody what came in and what the follow-ups that are theirs came to by themselves, in one mail an hour at most. A reply
 * waits for its hour as well: nothing is sent to them meanwhile. It is marked
 * as told after the mail has gone: should this process end in between, the next hour's mail says it once more.
 */
export async function tellOwners(deps: Deps): Promise<NewsOutcome[]> {
  const now = deps.now();
  const staff = await colleagues();
  let untold = await findUntold(staff, now);
  if (untold.length === 0) return [];
  const outcomes: NewsOutcome[] = [];
  for (const colleague of await notToldThisHour(staff, now)) {
    if (deps.stopping?.aborted) break;
    const reader = String(colleague._id);
    const theirs = untold.filter((row) => isNewsTo(reader, row));
    if (theirs.length === 0) continue;
    const outcome = await tell(colleague, theirs, deps, now);
    outcomes.push(outcome);
    if (!told.includes(outcome)) continue;
    await markTold(theirs, reader, now);
    untold = untold.map((row) => (theirs.includes(row) ? { ...row, toldTo: [...row.toldTo, reader] } : row));
  }
  return outcomes;
}

async function tell(
  colleague: Colleague,
  theirs: readonly Untold[],
  deps: Deps,
  now: Date,
): Promise<NewsOutcome> {
  if (colleague.remindersOffSince) return 'not wanted';
  const written = composeNews(newsFrom(theirs, now), colleague, deps.baseUrl);
  return writeTo(colleague, { key: newsKey(colleague, now), kind: 'news', ...written }, deps);
}

/** The key allows one mail in each hour of the clock; this keeps one at five to from being followed by one at five past. */
async function notToldThisHour(staff: readonly Colleague[], now: Date): Promise<Colleague[]> {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  const keysOf = (colleague: Colleague) => [newsKey(colleague, now), newsKey(colleague, hourAgo)];
  const lately = await Notice.find(
    { key: { $in: staff.flatMap(keysOf) }, createdAt: { $gt: hourAgo } },
    { key: 1 },
  ).lean();
  const there = new Set(lately.map(({ key }) => key));
  return staff.filter((colleague) => !keysOf(colleague).some((key) => there.has(key)));
}
