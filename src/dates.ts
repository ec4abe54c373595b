import { DateTime, Info } from 'luxon';

/** A calendar day, `2026-11-24`. */
export type Day = string;

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

/** Making a format costs more than a whole page may take, so one is made for each zone and kept. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The same minutes are shown again and again, and taking one apart is a tenth of a page's work. */
const taken = new Map<string, Parts>();
const KEPT = 20_000;

function partsOf(instant: Date, zone: string): Parts {
  const minute = `${zone} ${Math.floor(instant.getTime() / 60_000)}`;
  const known = taken.get(minute);
  if (known) return known;
  if (taken.size >= KEPT) taken.clear();
  const parts = takeApart(instant, zone);
  taken.set(minute, parts);
  return parts;
}

function takeApart(instant: Date, zone: string): Parts {
  let format = formats.get(zone);
  if (!format) {
    const date = { year: 'numeric', month: 'long', day: 'numeric' } as const;
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...date, ...time });
    formats.set(zone, format);
  }
  const parts: Parts = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = value;
  return parts;
}

/** Sweden writes days as ISO 8601 does. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a named time zone. Asked for each entry and each mail: luxon takes six times as long. */
export function dayOf(instant: Date, zone: string): Day {
  if (zone === 'UTC') return instant.toISOString().slice(0, 10);
  let format = dayFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
    dayFormats.set(zone, format);
  }
  // a year is written without leading zeros
  return format.format(instant).padStart(10, '0');
}

/** The first instant of the day after, in a named time zone. */
export const startOfNextDay = (instant: Date, zone: string): Date =>
  DateTime.fromJSDate(instant, { zone }).plus({ days: 1 }).startOf('day').toJSDate();

const months = Info.months('long', { locale: 'en-GB' });

/** `24 November 2026` */
export const dayInWords = (day: Day): string => {
  const [year, month, number] = day.split('-');
  return `${Number(number)} ${months[Number(month) - 1]} ${Number(year)}`;
};

/** From one day to a later one, saying what both have in common once: `3 March to 20 May 2026`, `3 to 20 March 2026`. */
export function daysInWords(from: Day, to: Day): string {
  const words = dayInWords(to);
  if (from === to) return words;
  const [day, month, year] = dayInWords(from).split(' ');
  const [, ...others] = words.split(' ');
  if (year !== others[1]) return `${day} ${month} ${year} to ${words}`;
  return month === others[0] ? `${day} to ${words}` : `${day} ${month} to ${words}`;
}

export type MomentInWords = { day: string; time: string; zone: string };

/** An instant in a named time zone: `24 November 2026`, `14:05`, `Europe/London (GMT)` as its clocks are called then. */
export function momentInWords(instant: Date, zone: string): MomentInWords {
  const { day, month, year, hour, minute, timeZoneName } = partsOf(instant, zone);
  return {
    day: `${day} ${month} ${year}`,
    time: `${hour}:${minute}`,
    zone: `${zone.replaceAll('_', ' ')} (${timeZoneName})`,
  };
}

/** `24 November 2026, 14:05`, in a named time zone. */
export const instantInWords = (instant: Date, zone: string): string => {
  const { day, time } = momentInWords(instant, zone);
  return `${day}, ${time}`;
};

/** What a date and a time field hold for an instant: `{ date: '2026-11-24', time: '14:05' }`. */
export function dateAndTime(instant: Date, zone: string): { date: Day; time: string } {
  const local = DateTime.fromJSDate(instant, { zone });
  return { date: local.toISODate()!, time: local.toFormat('HH:mm') };
}

/**
 * The instant of a wall-clock time in a named zone.
 * @returns null for a date that does not exist, or an hour that the clocks skip that day (start of summer time).
 *   An hour that happens twice (end of summer time) is taken as its first occurrence.
 */
export function instantOf(date: Day, time: string, zone: string): Date | null {
  const wall = DateTime.fromISO(`${date}T${time}`, { zone: 'utc' });
  // what the zone's clocks were ahead by the day before, then, and the day after: luxon's own guess starts from today
  const offsets = [-1, 0, 1].map((days) => wall.plus({ days }).setZone(zone).offset);
  const moments = offsets
    .map((minutes) => wall.minus({ minutes }).toJSDate())
    .filter((moment) => {
      const shown = dateAndTime(moment, zone);
      return shown.date === date && shown.time === time;
    });
  return moments.length === 0 ? null : new Date(Math.min(...moments.map(Number)));
}

/**
 * The first instant of a calendar day in a named zone: where the clocks skip midnight the moment after, and of two midnights
 * (Havana, the Azores) the earlier, where luxon takes the later.
 */
export function startOfDay(day: Day, zone: string): Date {
  const [year, month, number] = day.split('-').map(Number) as [number, number, number];
  const start = DateTime.fromObject({ year, month, day: number }, { zone }).toJSDate();
  const hourBefore = new Date(start.getTime() - 3_600_000);
  return dayOf(hourBefore, zone) === day ? hourBefore : start;
}

/** Is it a real calendar day, written as `2026-11-24`? The year 0026 is none: a date field makes it of a year typed as 26. */
export const isDay = (text: string): boolean =>
  /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid;

/** Is it a time of day on a 24-hour clock, `14:05`? */
export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The calendar day after another one. Clocks walk over hundreds of them, most of which are in the middle of a month. */
export function dayAfter(day: Day): Day {
  const ofMonth = Number(day.slice(8));
  if (ofMonth < 28) return `${day.slice(0, 8)}${String(ofMonth + 1).padStart(2, '0')}`;
  // a day without a time is read as UTC (ECMA-262, date time string format), where every day has 24 hours
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of the week a day is in: the bins of the picture on the first page. */
export const weekOf = (day: Day): Day => DateTime.fromISO(day).startOf('week').toISODate()!;

/** The calendar day before. */
export function dayBefore(day: Day): Day {
  const ofMonth = Number(day.slice(8));
  if (ofMonth > 1) return `${day.slice(0, 8)}${String(ofMonth - 1).padStart(2, '0')}`;
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** How many days lie between two calendar days; negative when the second is earlier. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
