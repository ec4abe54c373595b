import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Work beside other work, in rounds: what is added waits for the next round, which begins a pause after the last has ended.
 * @param pause in milliseconds
 * @returns `add`, and `end`, which does at once what is left and throws what any round threw
 */
export function inRounds<Item>(work: (items: readonly Item[]) => Promise<void>, pause: number) {
  const ending = new AbortController();
  let added: Item[] = [];
  let rounds: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;
  const run = async () => {
    while (added.length > 0) {
      // cut short when there is no more to come
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => {});
      const items = added;
      added = [];
      try {
        await work(items);
      } catch (error) {
        failure ??= { error };
      }
    }
    // in the same breath as the last look at what was added: what comes after it begins anew
    rounds = null;
  };
  return {
    add(item: Item): void {
      added.push(item);
      rounds ??= run();
    },
    async end(): Promise<void> {
      ending.abort();
      await rounds;
      if (failure) throw failure.error;
    },
  };
}
