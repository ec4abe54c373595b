import { fitted, textWidth } from '../../axis/text-width.js';
import type { AxisDot } from './axis-track.js';
import type { Mark, Row } from './marks.js';
import type { Slip } from './slips.js';

export const LABEL_SIZE = 12;
const LONGEST = 220;
const GAP = 5;

export type NextLabel = { text: string; x: number; anchor: 'start' | 'end'; left: number; right: number };

type Taken = { left: number; right: number };
type Wanted = { next: AxisDot | undefined; marks: readonly Mark[]; slips: readonly Slip[]; row: Row };

/**
 * The title of the next milestone to the right of its mark, or else to the left, where neither another mark, a slip nor
 * today's line is in the way; null where it has no mark of its own, or no room.
 */
export function labelOfNext({ next, marks, slips, row }: Wanted, today: number): NextLabel | null {
  const mark = marks.find(({ dots }) => dots.length === 1 && dots[0] === next);
  if (!next || !mark) return null;
  const text = fitted(next.title, LONGEST, LABEL_SIZE);
  const width = textWidth(text, LABEL_SIZE);
  const taken: Taken[] = [
    ...marks,
    ...slips.map(({ from, to }) => ({ left: Math.min(from, to), right: Math.max(from, to) })),
    { left: today, right: today },
  ];
  const nearest = Math.min(row.right, ...taken.filter((o) => o.right > mark.right).map((o) => o.left));
  const start = mark.right + GAP;
  if (start + width + GAP <= nearest)
    return { text, x: start, anchor: 'start', left: start, right: start + width };
  const before = Math.max(row.left, ...taken.filter((o) => o.left < mark.left).map((o) => o.right));
  const end = mark.left - GAP;
  if (end - width - GAP >= before) return { text, x: end, anchor: 'end', left: end - width, right: end };
  return null;
}
