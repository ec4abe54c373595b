import { DateTime } from 'luxon';
import { dayOf } from '../dates.js';
import { REMINDER_HOUR } from '../users/user.rules.js';

/** So many hours after its own, a reminder that could not come before still comes; then the next morning tells. */
const FOR_HOURS = 10;

type Reader = { timeZone: string; reminderHour?: number | null | undefined };

/**
 * Is it the time for a reminder? From the reader's hour on their own clock, and once on each day of it; after an outage
 * later the same day, but not much later. Where the clocks skip that hour it comes with the next one.
 * @param last when the last one was sent, or tried; the day it was is told by the clock that the reader has now
 */
export function reminderDue({ timeZone, reminderHour }: Reader, last: Date | null, now: Date): boolean {
  const { hour } = DateTime.fromJSDate(now, { zone: timeZone });
  const from = reminderHour ?? REMINDER_HOUR;
  if (hour < from || hour >= from + FOR_HOURS) return false;
  return last === null || dayOf(last, timeZone) < dayOf(now, timeZone);
}

type Id = { _id: unknown };

/**
 * What makes a reminder the only one after the last: whoever saw the same last one tries to write the same key. It does not
 * name a day, because a reader who moves to another time zone may have the same day twice.
 */
export const reminderKey = ({ _id }: Id, last: Date | null): string =>
  `reminder ${String(_id)} after ${last?.toISOString() ?? '0'}`;

/** All keys of one person's reminders, between these two. They sort by time; those of earlier versions name a day and come first. */
export const reminderKeys = ({ _id }: Id) => ({
  $gte: `reminder ${String(_id)} `,
  $lt: `reminder ${String(_id)}!`,
});
