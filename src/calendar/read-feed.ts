import { readSeen } from '../attention/seen.js';
import { yoursOf } from '../attention/whose.js';
import { dayOf } from '../dates.js';
import { contactHappenings } from './contact-happenings.js';
import { readEvents, removedAfter, type CalendarEvent } from './events.js';
import type { Reader } from './feed.js';
import { readFollowedMilestones } from './followed-milestones.js';
import { latest, type Happening } from './happening.js';
import { milestoneHappenings } from './milestone-happenings.js';
import { removedHappenings } from './removed-events.js';
import { readRemovedMilestones } from './removed-milestones.js';
import { readPartnersEvents, readPartnersHappenings } from './partners.js';

/** What is to come, for whoever it is. @param follows since when they have followed it */
export async function readCalendar(reader: Reader, now: Date, follows: Date): Promise<CalendarEvent[]> {
  if (reader.role === 'partner') return readPartnersEvents(reader, now, follows);
  const seen = await readSeen(reader, now);
  return readEvents({ ...seen, yours: yoursOf(reader._id, seen) }, follows);
}

/** What happened last, for whoever it is, the latest first. @param follows since when they have followed it */
export async function readHappenings(reader: Reader, now: Date, follows: Date): Promise<Happening[]> {
  if (reader.role === 'partner') return latest(await readPartnersHappenings(reader, now, follows));
  const [seen, milestones, removed] = await Promise.all([
    readSeen(reader, now),
    readFollowedMilestones(dayOf(now, reader.timeZone)),
    readRemovedMilestones(removedAfter(follows, now)),
  ]);
  return latest([
    ...(await contactHappenings(yoursOf(reader._id, seen))),
    ...milestoneHappenings(milestones),
    ...removedHappenings(removed),
  ]);
}
