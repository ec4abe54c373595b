import { markdown } from '../markdown.js';
import { dayInWords, dayOf, daysBetween, instantInWords, zoneInWords } from '../dates.js';

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
    day: (day: string) => `<time datetime="${escapeHtml(day)}">${dayInWords(day)}</time>`,
    when: (instant: Date, theirZone?: string) => when(instant, zone, theirZone),
    whenDay: (instant: Date) =>
      `<time datetime="${instant.toISOString()}" title="${exactly(instant, zone)}">${dayInWords(dayOf(instant, zone))}</time>`,
    ago: (day: string) => ago(daysBetween(dayOf(now, zone), day)),
    plural: (count: number, one: string, many = `${one}s`) =>
      `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`,
  };
}

/** A moment as a person reads it; the exact instant on hover, and beside it the recipient's own clock where it differs. */
function when(instant: Date, zone: string, theirZone?: string): string {
  const own = instantInWords(instant, zone);
  const theirs = theirZone && instantInWords(instant, theirZone);
  const beside =
    theirs && theirs !== own
      ? ` <small>(${theirs} in ${escapeHtml(zoneInWords(instant, theirZone))})</small>`
      : '';
  return `<time datetime="${instant.toISOString()}" title="${exactly(instant, zone)}">${own}</time>${beside}`;
}

const exactly = (instant: Date, zone: string): string =>
  escapeHtml(`${instant.toISOString()}; ${instantInWords(instant, zone)} in ${zoneInWords(instant, zone)}`);

function ago(days: number): string {
  if (days === 0) return 'today';
  if (Math.abs(days) === 1) return days > 0 ? 'tomorrow' : 'yesterday';
  const count = Math.abs(days).toLocaleString('en-GB');
  return days > 0 ? `in ${count} days` : `${count} days ago`;
}
