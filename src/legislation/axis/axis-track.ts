import type { Day } from '../../dates.js';

/** What is known to the day begins and ends on it; a month, quarter or year is all of its days. */
export type Span = { from: Day; to: Day };

/**
 * A milestone as the picture of all tracks needs it. `passed`: it should have happened and nobody has said so;
 * `overtaken`: the same, but a later stage happened.
 */
export type AxisDot = Span & {
  id: string;
  title: string;
  stageName: string;
  href: string;
  state: 'happened' | 'expected' | 'passed' | 'overtaken';
  /** when it was expected before, the oldest first; for one that happened, the last expected date too if it was another */
  formerly: readonly Span[];
  /** 1; or how many sittings of one stage in a row it stands for, from the first to the last */
  count: number;
  /** runs beside the procedure, as informal negotiations do, and stands in a second row */
  parallel: boolean;
};

/** `state`: in a few words, as people read it. `about`: whose law it is and its reference, which only the words have room for. */
export type AxisTrack = {
  id: string;
  title: string;
  href: string;
  state: string;
  about: string;
  milestones: AxisDot[];
};

/** The same track, its dots by when they begin, then by when they end. */
export const inOrder = (track: AxisTrack): AxisTrack => ({
  ...track,
  milestones: track.milestones.toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
});

// localeCompare would take as long as the whole picture
const compare = (a: Day, b: Day): number => (a < b ? -1 : a > b ? 1 : 0);

export const sumOfCounts = (dots: readonly AxisDot[]): number =>
  dots.reduce((sum, { count }) => sum + count, 0);
