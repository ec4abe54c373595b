import { setTimeout } from 'node:timers/promises';

/**
 * For work that costs by the command more than by the item: those who ask within a moment, or while the same work is
 * under way, are served together by the next round.
 * @param moment how long a round waits for more, in milliseconds
 * @returns asks for one item, and answers with its result
 */
export function gathered<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  moment: number,
): (item: Item) => Promise<Result> {
  let waiting: Item[] = [];
  let nextRound: Promise<readonly Result[]> | null = null;
  let lastRound: Promise<unknown> = Promise.resolve();

  function openRound(): Promise<readonly Result[]> {
    const round = lastRound
      .then(() => setTimeout(moment))
      .then(() => {
        const items = waiting;
        waiting = [];
        nextRound = null;
        return work(items);
      });
    // whoever asked hears of its failure; the round after it goes ahead all the same
    lastRound = round.catch(() => {});
    return round;
  }

  return async (item) => {
    const place = waiting.push(item) - 1;
    nextRound ??= openRound();
    return (await nextRound)[place]!;
  };
}
