import type { AxisDot, Span } from './axis-track.js';
import { round } from './marks.js';

/** A move of an expected date, from the pixel where it stood to where it stood next, or stands now. */
export type Slip = { from: number; to: number };

/** The moves of some dots, each from the middle of where it was expected to the middle of where it was expected next. */
export const slipsOf = (dots: readonly AxisDot[], xOf: (day: string) => number): Slip[] =>
  dots.flatMap((dot) => {
    const stops = [...dot.formerly, dot].map((span) => middleOf(span, xOf));
    return stops.slice(1).map((to, i) => ({ from: stops[i]!, to }));
  });

const middleOf = ({ from, to }: Span, xOf: (day: string) => number): number =>
  round((xOf(from) + xOf(to)) / 2);
