import { readSeen } from '../attention/seen.js';
import { yoursOf } from '../attention/whose.js';
import { dayOf } from '../dates.js';
import type { Address } from '../mail/message.js';
import { contactHappenings } from './contact-happenings.js';
import { readEvents, removedAfter, type CalendarEvent } from './events.js';
import type { Reader } from './feed.js';
import { readFollowedMilestones } from './followed-milestones.js';
import { latest, type Happening } from './happening.js';
import { milestoneHappenings } from './milestone-happenings.js';
import { removedHappenings } from './removed-events.js';
import { readRemovedMilestones } from './removed-milestones.js';
import { readPartnersEvents, readPartnersHappenings } from './partners.js';

/** `from`: the sender of follow-ups; `follows`: since when the reader has followed the feed. */
export type AskedNow = { from: Address; now: Date; follows: Date };

/** What is to come, for whoever it is. */
export async function readCalendar(
  reader: Reader,
  { from, now, follows }: AskedNow,
): Promise<CalendarEvent[]> {
  if (reader.role === 'partner') return readPartnersEvents(reader, now, follows);
  const seen = await readSeen(reader, from, now);
  return readEvents({ ...seen, yours: yoursOf(reader._id, seen) }, follows);
}

/** What happened last, for whoever it is, the latest first. */
export async function readHappenings(reader: Reader, { from, now, follows }: AskedNow): Promise<Happening[]> {
  if (reader.role === 'partner') return latest(await readPartnersHappenings(reader, now, follows));
  const [seen, milestones, removed] = await Promise.all([
    readSeen(reader, from, now),
    readFollowedMilestones(dayOf(now, reader.timeZone)),
    readRemovedMilestones(removedAfter(follows, now)),
  ]);
  return latest([
    ...(await contactHappenings(yoursOf(reader._id, seen))),
    ...milestoneHappenings(milestones),
    ...removedHappenings(removed),
  ]);
}
