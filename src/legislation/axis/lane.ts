import { fitted, textWidth } from '../../axis/text-width.js';
import type { Day } from '../../dates.js';
import { sumOfCounts, type AxisDot, type AxisTrack, type Span } from './axis-track.js';
import { marksOf, type Mark, type Row } from './marks.js';
import { labelOfNext, LABEL_SIZE, type NextLabel } from './next-label.js';
import { slipsOf, type Slip } from './slips.js';
import { nextOf } from './words.js';

const TITLE_SIZE = 14;
const STATE_WIDTH = 160;
const GAP = 12;

/** `beside`: how many pixels the title has to the left of the marks, or null where it stands above them. */
export type Shape = { width: number; beside: number | null };

/** `left`, `right`: what no mark leaves. `today`: the pixel of today's line. */
export type Plot = Shape & {
  xOf: (day: Day) => number;
  left: number;
  right: number;
  from: Day;
  to: Day;
  today: number;
};

/** Marks and slips at one height; all that is drawn of them is within 9 pixels above and 10 below `y`. */
export type LaneRow = { y: number; radius: number; marks: Mark[]; slips: Slip[]; label: NextLabel | null };
type Words = { text: string; x: number; y: number; anchor: 'start' | 'end' };

export type Lane = Pick<AxisTrack, 'id' | 'href'> & {
  top: number;
  height: number;
  title: Words;
  state: Words;
  /** the procedure, and below it what runs beside it */
  rows: LaneRow[];
  /** how many milestones lie before and after what is drawn */
  before: number;
  after: number;
};

export const isBefore = (span: Span, { from }: Span): boolean => span.to < from;
export const isAfter = (span: Span, { to }: Span): boolean => span.from > to;

/** One track, its milestones in order, from the pixel `top` downwards. */
export function laneOf(track: AxisTrack, top: number, plot: Plot): Lane {
  const { milestones } = track;
  const next = nextOf(milestones);
  const [procedure, parallel] = [false, true].map((parallel) =>
    milestones.filter((dot) => dot.parallel === parallel),
  );
  const rowsTop = top + (plot.beside === null ? 22 : 0);
  const rows = [rowOf(procedure!, next, { y: rowsTop + 16, radius: 7 }, plot)];
  if (parallel!.length > 0) rows.push(rowOf(parallel!, next, { y: rowsTop + 38, radius: 6 }, plot));
  const bottom = rows.at(-1)!.y + 16;
  return {
    id: track.id,
    href: track.href,
    top,
    height: Math.max(bottom - top, plot.beside === null ? 0 : 46),
    ...wordsOf(track, top, plot),
    rows,
    before: sumOfCounts(milestones.filter((dot) => isBefore(dot, plot))),
    after: sumOfCounts(milestones.filter((dot) => isAfter(dot, plot))),
  };
}

/** A milestone beyond the edges has no mark; where it was expected within them before, it is seen to have left. */
function rowOf(
  dots: readonly AxisDot[],
  next: AxisDot | undefined,
  { y, radius }: { y: number; radius: number },
  plot: Plot,
): LaneRow {
  const row: Row = { xOf: plot.xOf, left: plot.left, right: plot.right, radius };
  const isWithin = (span: Span): boolean => !isBefore(span, plot) && !isAfter(span, plot);
  const marks = marksOf(dots.filter(isWithin), row, plot.today);
  const slips = slipsOf(
    dots.filter((dot) => dot.formerly.length > 0 && [dot, ...dot.formerly].some(isWithin)),
    plot.xOf,
  );
  return { y, radius, marks, slips, label: labelOfNext({ next, marks, slips, row }, plot.today) };
}

/** Title and state one below the other, or, above the marks, at the two ends of a line. */
function wordsOf(track: AxisTrack, top: number, { beside, width }: Shape): { title: Words; state: Words } {
  const state = fitted(track.state, beside ?? STATE_WIDTH, LABEL_SIZE);
  const room = beside ?? width - textWidth(state, LABEL_SIZE);
  const title = fitted(track.title, room - GAP, TITLE_SIZE);
  return {
    title: { text: title, x: 0, y: top + 18, anchor: 'start' },
    state:
      beside === null
        ? { text: state, x: width, y: top + 18, anchor: 'end' }
        : { text: state, x: 0, y: top + 36, anchor: 'start' },
  };
}
