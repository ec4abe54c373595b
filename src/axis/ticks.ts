import type { ScaleTime } from 'd3-scale';
import { DateTime } from 'luxon';
import type { Day } from '../dates.js';
import { FONT_SIZE } from './place-labels.js';
import { textWidth } from './text-width.js';

/** A tick and its label, which stands in the middle below it. */
export type Tick = { x: number; label: string };
export type TodayLine = Tick & { labelX: number; anchor: 'start' | 'middle' | 'end' };

const GAP = 12;
const APART = 120;

/** A calendar day as an instant: its midnight in UTC, which is all the picture knows. */
export const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

/** Today's line, its label pushed inside the picture where it stands at an edge. */
export function todayAt(x: number, width: number): TodayLine {
  const half = textWidth('Today', FONT_SIZE) / 2;
  if (x - half < 0) return { x, label: 'Today', labelX: 0, anchor: 'start' };
  if (x + half > width) return { x, label: 'Today', labelX: width, anchor: 'end' };
  return { x, label: 'Today', labelX: x, anchor: 'middle' };
}

/** Round dates along the axis, without those whose labels would touch each other, an edge or `Today`. */
export function ticksFor(scale: ScaleTime<number, number>, width: number, today: TodayLine | null): Tick[] {
  const taken = today ? [spanOf(today.label, today.labelX, today.anchor)] : [];
  const inside = (span: Span): boolean => span.left >= 0 && span.right <= width;
  const ticks: Tick[] = [];
  for (const date of scale.ticks(Math.round(width / APART))) {
    const x = Math.round(scale(date) * 10) / 10;
    const label = tickLabel(date, ticks.length === 0);
    const span = spanOf(label, x, 'middle');
    if (
      !inside(span) ||
      taken.some((other) => span.left < other.right + GAP && other.left < span.right + GAP)
    )
      continue;
    taken.push(span);
    ticks.push({ x, label });
  }
  return ticks;
}

type Span = { left: number; right: number };

function spanOf(label: string, x: number, anchor: TodayLine['anchor']): Span {
  const length = textWidth(label, FONT_SIZE);
  const left = { start: x, middle: x - length / 2, end: x - length }[anchor];
  return { left, right: left + length };
}

/** `2024` at the turn of a year, `Apr` at that of a month, else `13 Nov`; the first one always says its year. */
function tickLabel(date: Date, first: boolean): string {
  const day = DateTime.fromJSDate(date, { zone: 'utc' }).setLocale('en-GB');
  if (day.ordinal === 1) return day.toFormat('yyyy');
  return day.toFormat(`${day.day === 1 ? '' : 'd '}LLL${first ? ' yyyy' : ''}`);
}
