import type { When } from '../when.js';
import type { FormerRecord } from './track.model.js';

type Dated = {
  expectedOn?: When | null;
  happenedOn?: When | null;
  formerly?: readonly Pick<FormerRecord, 'field' | 'value' | 'until'>[] | null;
};

/**
 * One slip: when a milestone was expected, when it was expected then (null where nobody could say), and the instant that
 * changed. `n` is its own among those of the milestone for good.
 */
export type Slip = { n: number; from: When; to: When | null; at: Date };

/**
 * Every time the expected date of a milestone moved, the first time first. One that was undone is two slips. That a milestone
 * lost its expected date by happening is none.
 */
export function datedSlipsOf({ formerly, expectedOn, happenedOn }: Dated): Slip[] {
  const former = (formerly ?? []).filter(({ field, value }) => field === 'expectedOn' && value);
  return former.flatMap(({ value: from, until: at }, n) => {
    const to = former[n + 1]?.value || expectedOn || null;
    return !from || to === from || (!to && happenedOn) ? [] : [{ n, from, to, at }];
  });
}

/** How often a milestone has got another date, or has happened. It rises with each, but where a mistake is taken back. */
export const timesDated = ({ formerly, happenedOn }: Dated): number =>
  (formerly ?? []).filter(({ field }) => field === 'expectedOn' || field === 'happenedOn').length +
  (happenedOn ? 1 : 0);
