import { scaleUtc } from 'd3-scale';
import { rangeOf } from '../../axis/range.js';
import { textWidth } from '../../axis/text-width.js';
import { dateOf, ticksFor, todayAt, type Tick, type TodayLine } from '../../axis/ticks.js';
import type { Day } from '../../dates.js';
import { withCommas } from '../../with-commas.js';
import { inOrder, sumOfCounts, type AxisTrack } from './axis-track.js';
import { isAfter, isBefore, laneOf, type Lane, type Plot, type Shape } from './lane.js';
import { round } from './marks.js';
import { LABEL_SIZE } from './next-label.js';
import { trackInWords, type TrackInWords } from './words.js';

const YEARS = { back: 5, ahead: 5 };
const WIDE: Shape = { width: 1080, beside: 260 };
const NARROW: Shape = { width: 380, beside: null };
const EDGE = 12;
const ARROW = 12;
const TICKS = 24;
/** beyond so many lanes nobody sees the foot and the head at once */
const LABELLED_BELOW = 10;

/** Plain positions in pixels, at a font size of 14, ready to be drawn. */
export type TracksDrawing = {
  width: number;
  height: number;
  /** where the lanes are: from the pixel `left` to `width`, from `top` to `bottom` */
  left: number;
  top: number;
  bottom: number;
  lanes: Lane[];
  ticks: Tick[];
  today: TodayLine;
  /** the heights at which ticks and today are labelled: below the lanes, and above them where there are many */
  labelsY: number[];
};

export type TracksAxis = {
  wide: TracksDrawing;
  narrow: TracksDrawing;
  from: Day;
  to: Day;
  /** how many milestones all tracks have together */
  count: number;
  words: TrackInWords[];
};

/**
 * All tracks on one time axis, a lane for each in the order given, for two widths and in words; null without tracks.
 * What lies more than five years from today is counted at the edges.
 * @param today the calendar day where the reader is
 */
export function axisOfTracks(given: readonly AxisTrack[], today: Day): TracksAxis | null {
  if (given.length === 0) return null;
  const tracks = given.map(inOrder);
  const dots = tracks.flatMap(({ milestones }) => milestones);
  const spans = dots.flatMap((dot) => (dot.formerly.length === 0 ? dot : [dot, ...dot.formerly]));
  const days = [today, ...spans.map(({ from }) => from), ...spans.map(({ to }) => to)];
  const span = { ...rangeOf(days, today, YEARS), today };
  return {
    wide: draw(tracks, span, WIDE),
    narrow: draw(tracks, span, NARROW),
    from: span.from,
    to: span.to,
    count: sumOfCounts(dots),
    words: tracks.map(trackInWords),
  };
}

type Drawn = { from: Day; to: Day; today: Day };

function draw(tracks: readonly AxisTrack[], drawn: Drawn, shape: Shape): TracksDrawing {
  const plot = plotOf(tracks, drawn, shape);
  const top = tracks.length > LABELLED_BELOW ? TICKS : 0;
  const lanes: Lane[] = [];
  let bottom = top;
  for (const track of tracks) {
    const lane = laneOf(track, bottom, plot);
    lanes.push(lane);
    bottom = lane.top + lane.height;
  }
  const today = todayAt(plot.today, shape.width);
  const scale = scaleUtc([dateOf(drawn.from), dateOf(drawn.to)], [plot.left + EDGE, plot.right - EDGE]);
  return {
    width: shape.width,
    height: bottom + TICKS + 4,
    left: shape.beside ?? 0,
    top,
    bottom,
    lanes,
    ticks: ticksFor(scale, shape.width, today),
    today,
    labelsY: [...(top > 0 ? [top - 8] : []), bottom + TICKS - 4],
  };
}

/** The marks leave room at the edges for the numbers of what lies beyond them. */
function plotOf(tracks: readonly AxisTrack[], { from, to, today }: Drawn, { width, beside }: Shape): Plot {
  const most = (isBeyond: typeof isBefore): number =>
    Math.max(
      ...tracks.map(({ milestones }) => sumOfCounts(milestones.filter((dot) => isBeyond(dot, { from, to })))),
    );
  const left = (beside ?? 0) + roomFor(most(isBefore));
  const right = width - roomFor(most(isAfter));
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const unit = (right - left - 2 * EDGE) / (end - start);
  const xOf = (day: Day): number =>
    left + EDGE + (Math.min(end, Math.max(start, Date.parse(day))) - start) * unit;
  return { width, beside, xOf, left, right, from, to, today: round(xOf(today)) };
}

const roomFor = (count: number): number =>
  count === 0 ? 0 : ARROW + Math.ceil(textWidth(withCommas(count), LABEL_SIZE));
