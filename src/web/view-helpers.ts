import { cleanLine, cleanName } from '../clean-text.js';
import { fileSizeInWords } from '../file-size.js';
import { markdown } from '../markdown.js';
import { zoneOfDay, type Precision } from '../history/entry.rules.js';
import { dayOf, daysBetween, daysInWords, momentInWords, type MomentInWords } from '../dates.js';
import { precisionOfWhen, whenInWords, type When } from '../when.js';
import { withCommas } from '../with-commas.js';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign]!);

/** What every view may call. `zone` is the reader's own. */
export function viewHelpers(zone: string, now: Date) {
  return {
    markdown,
    escapeHtml,
    line: cleanLine,
    fileName: cleanName,
    day,
    /** the same after a verb: `on 1 May 2026`, `in May 2026` */
    onDay: (when: When) => `${precisionOfWhen(when) === 'day' ? 'on' : 'in'} ${day(when)}`,
    /** two days and all between them */
    fromTo: daysInWords,
    when: (instant: Date, theirZone?: string) => when(instant, zone, theirZone),
    whenDay: (instant: Date, precision?: Precision | null) => whenDay(instant, precision, zone),
    ago: (day: string) => ago(daysBetween(dayOf(now, zone), day)),
    fileSize: fileSizeInWords,
    withCommas,
    plural: (count: number, one: string, many = `${one}s`) =>
      `${withCommas(count)} ${count === 1 ? one : many}`,
  };
}

/** A day, or a month, a quarter or a year where no more is known. HTML has no date for a quarter. */
function day(when: When): string {
  const words = whenInWords(when);
  return precisionOfWhen(when) === 'quarter' ? words : `<time datetime="${escapeHtml(when)}">${words}</time>`;
}

/** The day of a moment. One that is known only as a day has no exact instant to show. */
function whenDay(instant: Date, precision: Precision | null | undefined, zone: string): string {
  const own = momentInWords(instant, zoneOfDay(precision, zone));
  if (precision === 'time' || !precision) return timeElement(instant, own, own.day);
  return `<time datetime="${dayOf(instant, 'UTC')}">${own.day}</time>`;
}

/** A moment as a person reads it; the exact instant on hover, and beside it the recipient's own clock where it differs. */
function when(instant: Date, zone: string, theirZone = zone): string {
  const own = momentInWords(instant, zone);
  const element = timeElement(instant, own, clock(own));
  if (theirZone === zone) return element;
  const theirs = momentInWords(instant, theirZone);
  if (clock(theirs) === clock(own)) return element;
  return `${element} <small>(${clock(theirs)} in ${escapeHtml(theirs.zone)})</small>`;
}

const clock = ({ day, time }: MomentInWords): string => `${day}, ${time}`;

function timeElement(instant: Date, own: MomentInWords, words: string): string {
  const exactly = `${instant.toISOString()}; ${clock(own)} in ${own.zone}`;
  return `<time datetime="${instant.toISOString()}" title="${escapeHtml(exactly)}">${words}</time>`;
}

function ago(days: number): string {
  if (days === 0) return 'today';
  if (Math.abs(days) === 1) return days > 0 ? 'tomorrow' : 'yesterday';
  const count = Math.abs(days).toLocaleString('en-GB');
  return days > 0 ? `in ${count} days` : `${count} days ago`;
}
