import { dayAfter, type Day } from '../dates.js';
import type { CalendarEvent } from './events.js';

/** How often a program may ask for it again (RFC 7986, 5.7). */
const REFRESH = 'PT1H';

/**
 * A calendar as a file (RFC 5545). Moments are written in UTC; a day is a day, wherever it is read.
 * @param changedAt when anything in it last changed. Without a METHOD that is what DTSTAMP says, too (RFC 5545, 3.8.7.2)
 */
export function writeCalendar(events: readonly CalendarEvent[], baseUrl: string, changedAt: Date): string {
  const { hostname } = new URL(baseUrl);
  const changed = momentOf(changedAt);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Answerable//Answerable//EN',
    'NAME:Answerable',
    'X-WR-CALNAME:Answerable',
    `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
    `X-PUBLISHED-TTL:${REFRESH}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.id}@${hostname}`,
      `DTSTAMP:${changed}`,
      `LAST-MODIFIED:${changed}`,
      ...timesOf(event),
      `SUMMARY:${asText(event.title)}`,
      `URL:${baseUrl}${event.path}`,
      // nobody is busy because of it
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** A day ends where the next one begins (RFC 5545, 3.6.1). */
const timesOf = (event: CalendarEvent): string[] =>
  'day' in event
    ? [`DTSTART;VALUE=DATE:${dateOf(event.day)}`, `DTEND;VALUE=DATE:${dateOf(dayAfter(event.day))}`]
    : [`DTSTART:${momentOf(event.at)}`];

const dateOf = (day: Day): string => day.replaceAll('-', '');

/** `20261124T120000Z` */
const momentOf = (instant: Date): string => `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** As a value of type TEXT (RFC 5545, 3.3.11), in which no control character but a tab may stand. */
const asText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r\n?|\n/g, String.raw`\n`)
    .replaceAll(/(?!\t)\p{Cc}/gu, '');

const MOST_OCTETS = 75;

/** Lines of at most 75 octets, those that go on begin with a space (RFC 5545, 3.1). No character is torn apart. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= MOST_OCTETS) return line;
  let [text, octets] = ['', 0];
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > MOST_OCTETS) [text, octets] = [`${text}\r\n `, 1];
    text += sign;
    octets += size;
  }
  return text;
}
