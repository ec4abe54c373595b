import { scaleUtc } from 'd3-scale';
import type { Day } from '../dates.js';
import { dateOf, ticksFor, todayAt, type Tick, type TodayLine } from '../axis/ticks.js';
import { placeLabels, ROW_HEIGHT, type Placed } from '../axis/place-labels.js';

/** Contact in one week, by its Monday. */
export type Week = { monday: Day; out: number; in: number };
export type AxisMilestone = { day: Day; label: string; happened: boolean };

const BARS = 150;
const WEEK = 7 * 86_400_000;
const LANE = 24;
const TICKS = 22;
const EDGE = 12;
const LONGEST_LABEL = 44;

type Bar = { x: number; width: number; y: number; height: number };
type Mark = { x: number; happened: boolean; label: string; text: string; place: Placed | null };

export type TimeAxis = {
  width: number;
  height: number;
  /** in pixels from the top: what the boxes of labels are relative to, the marks, and the line that outreach grows from */
  rowsY: number;
  marksY: number;
  lineY: number;
  ticksY: number;
  out: Bar[];
  in: Bar[];
  marks: Mark[];
  ticks: Tick[];
  today: TodayLine | null;
  /** the most contacts in one week and one direction: what the longest bar stands for */
  most: number;
};

/** Days are calendar days; `from` and `to` are both on the axis, what lies outside them is left out. */
export type Drawn = {
  weeks: readonly Week[];
  milestones: readonly AxisMilestone[];
  from: Day;
  to: Day;
  today: Day;
  /** in pixels, at a font size of 14 */
  width: number;
};

/** Lays out the picture of outreach and milestones on one time axis: plain positions in pixels, ready to be drawn. */
export function timeAxis({ weeks, milestones, from, to, today, width }: Drawn): TimeAxis {
  const scale = scaleUtc([dateOf(from), dateOf(to)], [EDGE, width - EDGE]);
  const xOf = (day: Day): number => round(scale(dateOf(day)));
  const within = (day: Day): boolean => day >= from && day <= to;

  const marks = marksFor(
    milestones.filter(({ day }) => within(day)),
    xOf,
    width,
  );
  const rowsY = (1 + Math.max(-1, ...marks.map(({ place }) => place?.row ?? -1))) * ROW_HEIGHT;
  const marksY = rowsY + LANE / 2;
  const shown = weeks.filter(({ monday }) => within(monday));
  const [mostOut, mostIn] = (['out', 'in'] as const).map((way) =>
    Math.max(0, ...shown.map((week) => week[way])),
  );
  const unit = BARS / Math.max(1, mostOut! + mostIn!);
  const lineY = round(marksY + LANE / 2 + mostOut! * unit);
  const ticksY = round(lineY + mostIn! * unit + TICKS);

  const week = Math.max(2, round(scale(dateOf(from).getTime() + WEEK) - EDGE - 1));
  const bar = (monday: Day, count: number, way: 'up' | 'down'): Bar => {
    const height = Math.max(1, round(count * unit));
    return { x: xOf(monday), width: week, height, y: way === 'up' ? round(lineY - height) : lineY };
  };
  const todayLine = within(today) ? todayAt(xOf(today), width) : null;
  return {
    width,
    height: ticksY + 8,
    rowsY,
    marksY,
    lineY,
    ticksY,
    out: shown.filter(({ out }) => out > 0).map(({ monday, out }) => bar(monday, out, 'up')),
    in: shown.filter((week) => week.in > 0).map((week) => bar(week.monday, week.in, 'down')),
    marks,
    ticks: ticksFor(scale, width, todayLine),
    today: todayLine,
    most: Math.max(mostOut!, mostIn!),
  };
}

/** A milestone whose label finds no place keeps its mark. */
function marksFor(milestones: readonly AxisMilestone[], xOf: (day: Day) => number, width: number): Mark[] {
  const longest = Math.min(LONGEST_LABEL, Math.floor(width / 10));
  const marks = milestones
    .map(({ day, label, happened }) => ({ x: xOf(day), happened, label, text: shorten(label, longest) }))
    .sort((a, b) => a.x - b.x);
  const places = placeLabels(marks, width);
  return marks.map((mark, i) => ({ ...mark, place: places[i]! }));
}

function shorten(label: string, longest: number): string {
  const signs = Array.from(label);
  return signs.length > longest
    ? `${signs
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : label;
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
