import { dayOf, type Day } from '../dates.js';
import { zoneOfDay, type Precision } from '../history/entry.rules.js';
import type { Delivery, Engagement, Status } from './status.rules.js';

/** Where a recipient stood at the end of each day from one day until before another; null while it stands there still. */
export type Stood = { engagement: Engagement; from: Day; until: Day | null };

type Dated = { precision: Precision };

/**
 * Where a recipient stood from the day they were first written to, or spoke. Silence before that is nobody's, and left out.
 * @param timeZone the recipient's: days are those of their calendar
 * @returns spans without gaps between them but where nothing was sent, in time order
 */
export function stoodOf<E extends Dated>({ changes }: Pick<Status<E>, 'changes'>, timeZone: string): Stood[] {
  const atEndOf = new Map<Day, Engagement | null>();
  let [delivery, engagement, day]: [Delivery, Engagement, Day] = ['not sent', 'silent', ''];
  for (const change of changes) {
    if (change.axis === 'delivery') delivery = change.to;
    else engagement = change.to;
    // a stance is known by the day
    const on = dayOf(change.at, change.entry ? zoneOfDay(change.entry.precision, timeZone) : 'UTC');
    // one known by the day and one by the minute may seem to be the other way round where it is tomorrow already
    if (on > day) day = on;
    atEndOf.set(day, delivery === 'not sent' && engagement === 'silent' ? null : engagement);
  }
  return spansOf(atEndOf);
}

function spansOf(atEndOf: ReadonlyMap<Day, Engagement | null>): Stood[] {
  const spans: Stood[] = [];
  let open: Stood | null = null as Stood | null;
  for (const [day, engagement] of atEndOf) {
    if (engagement === (open?.engagement ?? null)) continue;
    if (open) open.until = day;
    open = engagement && { engagement, from: day, until: null };
    if (open) spans.push(open);
  }
  return spans;
}
