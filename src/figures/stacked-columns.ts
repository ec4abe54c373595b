import { scaleLinear } from 'd3-scale';
import { textWidth } from '../axis/text-width.js';
import { engagementNames, engagements, type Engagement } from '../recipients/status.rules.js';
import { columnTicks, FONT_SIZE, type ColumnTick } from './column-ticks.js';
import type { Counts, OverTime } from './standing-over-time.rules.js';
import { withCommas } from '../with-commas.js';

const TOP = 10;
const BOTTOM = 290;
const TICKS_Y = BOTTOM + 20;
const LINE = 19;
const WIDEST = 72;
/** narrower columns touch each other */
const NARROWEST_APART = 12;
/** between the last column and the words beside it */
const LEADER = 16;

/** What one engagement takes up: its area and the edges of it, as paths of SVG, and the words beside the last column. */
export type Band = { engagement: Engagement; area: string; edges: string; label: Label | null };
type Label = { text: string; x: number; y: number; fromX: number; fromY: number };

export type StackedColumns = {
  width: number;
  height: number;
  left: number;
  right: number;
  bottom: number;
  bands: Band[];
  /** numbers of recipients, on the left */
  levels: { y: number; label: string }[];
  ticks: ColumnTick[];
  ticksY: number;
};

/** Lays out a column for each point, the first of the engagements on top: positions in pixels at a font size of 14. */
export function stackedColumns(overTime: OverTime, width: number): StackedColumns {
  const { points } = overTime;
  const yOf = scaleLinear([0, Math.max(1, ...points.map(({ total }) => total))], [BOTTOM, TOP]);
  const levels = yOf
    .ticks(5)
    .filter(Number.isInteger)
    .map((count) => ({ y: round(yOf(count)), label: withCommas(count) }));
  const left = Math.ceil(Math.max(...levels.map(({ label }) => textWidth(label, FONT_SIZE)))) + 8;
  const words = wordsOf(points.at(-1)!.counts);
  const room = width - LEADER - Math.max(0, ...words.map(({ text }) => textWidth(text, FONT_SIZE))) - left;
  const step = Math.min(WIDEST, room / points.length);
  const gap = step < NARROWEST_APART ? 0 : Math.min(10, step / 5);
  const right = round(left + points.length * step - gap);

  const columns = points.map(({ counts }, i) => {
    const x = left + i * step;
    return stack(counts, yOf, { x: round(x), right: round(x + step - gap) });
  });
  const middles = words.map(({ engagement }) => middleOf(columns.at(-1)!.get(engagement)!));
  const labelsY = spread(middles, TOP + LINE / 2, BOTTOM - LINE / 2);
  const labels = new Map<Engagement, Label>(
    words.map(({ engagement, text }, i) => [
      engagement,
      { text, x: right + LEADER, y: round(labelsY[i]!), fromX: right, fromY: middles[i]! },
    ]),
  );
  return {
    width,
    height: TICKS_Y + 8,
    left,
    right,
    bottom: BOTTOM,
    bands: engagements
      .filter((engagement) => columns.some((column) => column.has(engagement)))
      .map((engagement) => ({
        engagement,
        ...pathsOf(
          columns.map((column) => column.get(engagement)),
          gap === 0,
        ),
        label: labels.get(engagement) ?? null,
      })),
    levels,
    ticks: columnTicks(overTime, (i) => left + (i + 0.5) * step - gap / 2, width),
    ticksY: TICKS_Y,
  };
}

type Box = { x: number; right: number; top: number; bottom: number };

function stack(
  counts: Counts,
  yOf: (count: number) => number,
  { x, right }: Pick<Box, 'x' | 'right'>,
): Map<Engagement, Box> {
  const boxes = new Map<Engagement, Box>();
  let below = 0;
  for (const engagement of engagements.toReversed().filter((one) => counts[one] > 0)) {
    const bottom = round(yOf(below));
    below += counts[engagement];
    boxes.set(engagement, { x, right, top: round(yOf(below)), bottom });
  }
  return boxes;
}

/** Where columns touch, the lines between them are left out: an engagement is then one area with steps. */
function pathsOf(boxes: readonly (Box | undefined)[], touching: boolean): Pick<Band, 'area' | 'edges'> {
  const all = boxes.map((box) => box && `M${box.x} ${box.bottom}V${box.top}H${box.right}V${box.bottom}z`);
  const area = all.filter(Boolean).join('');
  if (!touching) return { area, edges: area };
  const edges = boxes.map((box, i) => {
    if (!box) return '';
    const begin = boxes[i - 1] ? '' : `M${box.x} ${box.bottom}`;
    return `${begin}V${box.top}H${box.right}${boxes[i + 1] ? '' : `V${box.bottom}`}`;
  });
  return { area, edges: edges.join('') };
}

const wordsOf = (counts: Counts): { engagement: Engagement; text: string }[] =>
  engagements
    .filter((engagement) => counts[engagement] > 0)
    .map((engagement) => ({
      engagement,
      text: `${engagementNames[engagement]} ${withCommas(counts[engagement])}`,
    }));

const middleOf = ({ top, bottom }: Box): number => round((top + bottom) / 2);

/** Moves what is in order apart until nothing is nearer than a line to the next, within two bounds. */
export function spread(wished: readonly number[], from: number, to: number): number[] {
  const places = [...wished];
  for (let i = 0; i < places.length; i += 1)
    places[i] = Math.max(places[i]!, i === 0 ? from : places[i - 1]! + LINE);
  for (let i = places.length - 1; i >= 0; i -= 1)
    places[i] = Math.min(places[i]!, i === places.length - 1 ? to : places[i + 1]! - LINE);
  return places;
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
