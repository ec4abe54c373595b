import type { When } from '../when.js';
import type { FormerRecord } from './track.model.js';

type Dated = {
  expectedOn?: When | null;
  happenedOn?: When | null;
  formerly?: readonly Pick<FormerRecord, 'field' | 'value' | 'until'>[] | null;
};

/** One slip: when a milestone was expected, when it was expected then (null where nobody could say), and the instant that changed. */
export type Move = { from: When; to: When | null; at: Date };

/**
 * Every time the expected date of a milestone moved, the first time first: a move keeps its place in this list for good. One
 * that was undone is two moves. That a milestone lost its expected date by happening is none.
 */
export function movesOf({ formerly, expectedOn, happenedOn }: Dated): Move[] {
  const former = (formerly ?? []).filter(({ field, value }) => field === 'expectedOn' && value);
  return former.flatMap(({ value, until }, i) => {
    const to = former[i + 1]?.value ?? expectedOn ?? null;
    return to || !happenedOn ? [{ from: value ?? '', to, at: until }] : [];
  });
}

/** How often a milestone has got another date, or has happened: each time the number is higher than before. */
export const timesDated = ({ formerly, happenedOn }: Dated): number =>
  (formerly ?? []).filter(({ field }) => field === 'expectedOn' || field === 'happenedOn').length +
  (happenedOn ? 1 : 0);
