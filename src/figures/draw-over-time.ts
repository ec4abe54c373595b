import { engagements } from '../recipients/status.rules.js';
import { stackedColumns } from './stacked-columns.js';
import type { OverTime } from './standing-over-time.rules.js';

/** in pixels: for a screen with room and for paper, and for a phone */
const WIDE = 1080;
const NARROW = 380;

/** The picture in both widths, and what its table shows: the latest first, without engagements nobody ever had. */
export const drawOverTime = (overTime: OverTime) => ({
  wide: stackedColumns(overTime, WIDE),
  narrow: stackedColumns(overTime, NARROW),
  unit: overTime.unit,
  rows: overTime.points.toReversed(),
  columns: engagements.filter((engagement) => overTime.points.some(({ counts }) => counts[engagement] > 0)),
});
