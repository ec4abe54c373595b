import { textWidth } from '../axis/text-width.js';
import { periodName } from './periods.rules.js';
import type { OverTime } from './standing-over-time.rules.js';

export const FONT_SIZE = 14;
const GAP = 6;

/** A column's name, in the middle below it, or pushed inside the picture. */
export type ColumnTick = { x: number; label: string };

/** Now comes first, then from the left whatever has room; whatever begins a year, or is the first, says which. */
export function columnTicks(
  { unit, points }: OverTime,
  middleOf: (column: number) => number,
  width: number,
): ColumnTick[] {
  const taken: { left: number; right: number }[] = [];
  const place = (column: number, label: string): ColumnTick | null => {
    const length = textWidth(label, FONT_SIZE);
    const left = Math.max(0, Math.min(middleOf(column) - length / 2, width - length));
    const span = { left: left - GAP, right: left + length + GAP };
    if (taken.some((other) => span.left < other.right && other.left < span.right)) return null;
    taken.push(span);
    return { x: Math.round(left + length / 2), label };
  };
  const ticks = [place(points.length - 1, 'Now')];
  let year = '';
  for (const [column, { on }] of points.entries()) {
    if (on === null) continue;
    const tick = place(column, periodName(on, unit, on.slice(0, 4) !== year));
    if (tick) year = on.slice(0, 4);
    ticks.push(tick);
  }
  return ticks.filter((tick) => tick !== null);
}
