import { readSeen } from '../attention/seen.js';
import { yoursOf } from '../attention/whose.js';
import { dayOf } from '../dates.js';
import { contactHappenings } from './contact-happenings.js';
import { readEvents, type CalendarEvent } from './events.js';
import type { Reader } from './feed.js';
import { readFollowedMilestones } from './followed-milestones.js';
import { latest, type Happening } from './happening.js';
import { milestoneHappenings } from './milestone-happenings.js';
import { readPartnersEvents, readPartnersHappenings } from './partners.js';

/** What is to come, for whoever it is. */
export async function readCalendar(reader: Reader, now: Date): Promise<CalendarEvent[]> {
  if (reader.role === 'partner') return readPartnersEvents(reader, now);
  const seen = await readSeen(reader, now);
  return readEvents({ ...seen, yours: yoursOf(reader._id, seen) });
}

/** What happened last, for whoever it is, the latest first. */
export async function readHappenings(reader: Reader, now: Date): Promise<Happening[]> {
  if (reader.role === 'partner') return latest(await readPartnersHappenings(reader, now));
  const [seen, milestones] = await Promise.all([
    readSeen(reader, now),
    readFollowedMilestones(dayOf(now, reader.timeZone)),
  ]);
  return latest([
    ...(await contactHappenings(yoursOf(reader._id, seen))),
    ...milestoneHappenings(milestones),
  ]);
}
