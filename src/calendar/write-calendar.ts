import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { dayAfter, type Day } from '../dates.js';
import { addressOf } from './address-of.js';
import type { CalendarEvent } from './events.js';
import { foldLines } from './fold-lines.js';

/** How often a program may ask for it again, in seconds (RFC 7986, 5.7). */
const REFRESH = 3600;

const END = 'END:VCALENDAR';

/**
 * A calendar as a file (RFC 5545). Moments are written in UTC; a day is a day, wherever it is read.
 * @param changedAt when anything in it last changed. Without a METHOD that is what DTSTAMP says, too (RFC 5545, 3.8.7.2)
 */
export function writeCalendar(events: readonly CalendarEvent[], baseUrl: string, changedAt: Date): string {
  const { hostname } = new URL(baseUrl);
  const calendar = ical({ name: 'Answerable', prodId: '//Answerable//Answerable//EN', ttl: REFRESH });
  const begin = calendar.toString().slice(0, -END.length);
  // folded by us: the package measures each character alone, which takes seconds for 10,000 events
  const written = events.map((event) =>
    calendar.createEvent({
      id: `${event.id}@${hostname}`,
      stamp: changedAt,
      lastModified: changedAt,
      sequence: event.times ?? 0,
      ...(event.cancelled && { status: ICalEventStatus.CANCELLED }),
      ...timesOf(event),
      summary: asText(event.title),
      url: addressOf(event.href, baseUrl),
      // nobody is busy because of it
      transparency: ICalEventTransparency.TRANSPARENT,
    }),
  );
  return `${begin}${foldLines(written.join(''))}${END}\r\n`;
}

/** A day ends where the next one begins (RFC 5545, 3.6.1). */
const timesOf = (event: CalendarEvent) =>
  'day' in event
    ? { start: midnight(event.day), end: midnight(dayAfter(event.day)), allDay: true }
    : { start: event.at };

/** The package writes a day as it is called in UTC. */
const midnight = (day: Day): Date => new Date(`${day}T00:00:00Z`);

/** No control character but a tab may stand in a text (RFC 5545, 3.3.11); line ends are written as `\n`. */
const asText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\t\n])\p{Cc}/gu, '');
