import { cleanLine } from '../clean-text.js';
import { dayInWords, dayOf } from '../dates.js';
import {
  readSharedContacts,
  readSharedPlans,
  readSharedRemovals,
  readSharedSteps,
} from '../sharing/shared-feeds.js';
import { firstDayBack, inOrder, removedAfter, type CalendarEvent } from './events.js';
import type { Reader } from './feed.js';
import { MOST, type Happening } from './happening.js';
import { milestoneEvents } from './milestone-events.js';
import { milestoneHappenings } from './milestone-happenings.js';
import { removedEvents, removedHappenings } from './removed-events.js';

/*
 * What the feeds of a partner hold. Nothing is read here but by way of the projections of src/sharing.
 */

/** The milestones of laws, those that were removed since they follow it, and the days for which follow-ups are planned. */
export async function readPartnersEvents(reader: Reader, now: Date, follows: Date): Promise<CalendarEvent[]> {
  const [plans, steps, removed] = await Promise.all([
    readSharedPlans(asReader(reader), now),
    readSharedSteps(dayOf(now, reader.timeZone)),
    readSharedRemovals(removedAfter(follows, now)),
  ]);
  const planned = plans.map(({ id, on, href, ...recipient }) => ({
    id: `planned-${id}`,
    title: `Follow-up planned: ${nameOf(recipient)}`,
    href,
    day: on,
  }));
  return [
    ...inOrder(planned),
    ...milestoneEvents(steps, firstDayBack(now)),
    ...removedEvents(removed, firstDayBack(now)),
  ];
}

/** The milestones that happened, moved or were removed, and the days of contact. */
export async function readPartnersHappenings(reader: Reader, now: Date, follows: Date): Promise<Happening[]> {
  const [contacts, steps, removed] = await Promise.all([
    readSharedContacts(asReader(reader), now, MOST),
    readSharedSteps(dayOf(now, reader.timeZone)),
    readSharedRemovals(removedAfter(follows, now)),
  ]);
  const told = contacts.map(({ id, day, by, href, ...recipient }) => ({
    id: `contact-${id}`,
    title: `Contact ${by ? 'by' : 'on'} ${dayInWords(day)}: ${nameOf(recipient)}`,
    href,
    at: new Date(day),
  }));
  return [...told, ...milestoneHappenings(steps), ...removedHappenings(removed)];
}

const asReader = ({ role, campaigns }: Reader) => ({ role, campaigns: campaigns.map(String) });

const nameOf = ({ organisation, office }: { organisation: string; office: string }): string =>
  cleanLine(`${organisation}, ${office}`);
