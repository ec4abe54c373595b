import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import type { CalendarEvent } from '../../src/calendar/events.js';
import { writeCalendar } from '../../src/calendar/write-calendar.js';

const CHANGED = new Date('2026-11-24T12:00:00Z');
const write = (...events: CalendarEvent[]) => writeCalendar(events, 'https://answerable.example', CHANGED);
const parse = (text: string) => new ICAL.Component(ICAL.parse(text) as never);
const eventsIn = (text: string) =>
  parse(text)
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one));

const onDay = (own: Partial<{ id: string; title: string; day: string }> = {}): CalendarEvent => ({
  id: 'answer-1',
  title: 'Answer due: Example, Chair',
  href: '/recipients/1',
  day: '2026-11-30',
  ...own,
});
const atMoment = (at: Date): CalendarEvent => ({ id: 'follow-up-1', title: 'Follow-up', href: '/f', at });

test('a calendar of no events is one', () => {
  const calendar = parse(write());
  expect(calendar.name).toBe('vcalendar');
  expect(calendar.getAllSubcomponents()).toEqual([]);
  const value = (name: string) => String(calendar.getFirstPropertyValue(name));
  expect(value('version')).toBe('2.0');
  expect(value('x-wr-calname')).toBe('Answerable');
  expect(value('refresh-interval')).toBe('PT1H');
  expect(calendar.hasProperty('method')).toBe(false);
});

test('every line ends with CRLF, the last one too', () => {
  const text = write(onDay(), atMoment(CHANGED));
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('a day is a day without a time zone, and ends where the next begins', () => {
  const text = write(onDay({ day: '2026-12-31' }));
  expect(text).toContain('\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n');
  expect(eventsIn(text)[0]!.startDate.isDate).toBe(true);
});

test.each(['Etc/GMT+12', 'America/New_York', 'UTC', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
  'days and moments are the same in a process that runs in %s',
  (zone) => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      const text = write(onDay({ day: '2026-03-29' }), atMoment(new Date('2026-03-29T01:30:00Z')));
      expect(text).toContain('\r\nDTSTART;VALUE=DATE:20260329\r\nDTEND;VALUE=DATE:20260330\r\n');
      expect(text).toContain('\r\nDTSTART:20260329T013000Z\r\n');
      expect(text).toContain('\r\nDTSTAMP:20261124T120000Z\r\n');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  },
);

test('each event says what it is by, when it last changed, where it is, and that nobody is busy', () => {
  const [event] = eventsIn(write(onDay()));
  expect(event!.uid).toBe('answer-1@answerable.example');
  const value = (name: string) => String(event!.component.getFirstPropertyValue(name));
  expect(value('dtstamp')).toBe('2026-11-24T12:00:00Z');
  expect(value('last-modified')).toBe('2026-11-24T12:00:00Z');
  expect(value('url')).toBe('https://answerable.example/recipients/1');
  expect(value('transp')).toBe('TRANSPARENT');
});

describe('whatever a name holds', () => {
  const lengths = (text: string) => text.split('\r\n').map((line) => Buffer.byteLength(line));

  test.each([
    'Größe, Söhne; und “Töchter” \\ GmbH: Ärztin',
    'A name\nBEGIN:VEVENT\nin three lines',
    '😀'.repeat(60),
    'é'.repeat(200),
    `${'a'.repeat(66)}é${'b'.repeat(72)}👩‍👩‍👧‍👦${'c'.repeat(80)}`,
    '\\n is no line break',
    'שם בעברית, 名前; اسم',
  ])('%s comes out as it went in', (title) => {
    const text = write(onDay({ title }));
    expect(eventsIn(text).map(({ summary }) => summary)).toEqual([title]);
    expect(Math.max(...lengths(text))).toBeLessThanOrEqual(75);
  });

  test('no line is longer than 75 octets or ends within a character, and nothing is lost', () => {
    const words = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 300 })
      .filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(fc.array(words, { maxLength: 5 }), (titles) => {
        const text = write(...titles.map((title, n) => onDay({ title, id: `answer-${n}` })));
        expect(eventsIn(text).map(({ summary }) => summary)).toEqual(titles);
        expect(Math.max(...lengths(text))).toBeLessThanOrEqual(75);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
  });
});

test('control characters do not come in', () => {
  const text = write(onDay({ title: 'One\u0000\u0007 two\tthree\u007F\uD800' }));
  expect(eventsIn(text)[0]!.summary).toBe('One two\tthree\uFFFD');
});

test('an event says how often its date has changed', () => {
  const sequences = eventsIn(write(onDay(), { ...onDay({ id: 'milestone-1' }), times: 3 })).map(
    ({ sequence }) => sequence,
  );
  expect(sequences).toEqual([0, 3]);
});

test('writing ten thousand events takes no longer than a few times what reading them does', () => {
  const events = Array.from({ length: 10_000 }, (_, n) =>
    onDay({
      id: `answer-${n}`,
      title: `Expected some time in the fourth quarter of 2026: Größe ${n} (Gesetz über Zuständigkeiten)`,
    }),
  );
  const timed = <T>(work: () => T): [T, number] => {
    const started = process.cpuUsage();
    const made = work();
    return [made, process.cpuUsage(started).user];
  };
  writeCalendar(events.slice(0, 1000), 'https://answerable.example', CHANGED);
  const [text, writing] = timed(() => writeCalendar(events, 'https://answerable.example', CHANGED));
  const [read, reading] = timed(() => parse(text).getAllSubcomponents('vevent'));
  expect(read).toHaveLength(10_000);
  expect(writing / reading).toBeLessThan(4);
}, 60_000);

test('ten thousand events are all there, and each takes no longer than one of a thousand', () => {
  const perEvent = (count: number) => {
    const events = Array.from({ length: count }, (_, n) =>
      onDay({
        id: `answer-${n}`,
        title: `Answer due: Größe ${n}, Vorsitz der Geschäftsführung in einer langen Zeile`,
      }),
    );
    const started = process.cpuUsage();
    const text = writeCalendar(events, 'https://answerable.example', CHANGED);
    const { user } = process.cpuUsage(started);
    expect(parse(text).getAllSubcomponents('vevent')).toHaveLength(count);
    return user / count;
  };
  perEvent(1000);
  expect(perEvent(10_000) / perEvent(1000)).toBeLessThan(3);
}, 60_000);
