import { DateTime } from 'luxon';
import { dayOf } from '../dates.js';

/** Hours of the day on the reader's own clock: from the first, until just before the second. */
export const REMINDER_FROM = 8;
export const REMINDER_UNTIL = 18;

/**
 * Is it the time of day for a reminder? From 08:00 on the reader's clock, so that the morning's mail waits for them;
 * after an outage later the same day, but not after 18:00: then the next morning tells them.
 */
export function reminderDue({ timeZone }: { timeZone: string }, now: Date): boolean {
  const { hour } = DateTime.fromJSDate(now, { zone: timeZone });
  return hour >= REMINDER_FROM && hour < REMINDER_UNTIL;
}

/** What makes a reminder the only one of its day: the day is the reader's own. */
export const reminderKey = ({ _id, timeZone }: { _id: unknown; timeZone: string }, now: Date): string =>
  `reminder ${String(_id)} ${dayOf(now, timeZone)}`;
