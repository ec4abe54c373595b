import { isDatabaseGone } from './database.js';

/**
 * Does it for all of them at once, which is quick; where that goes wrong, for each alone, so that one keeps no other from it.
 * What is done may be done twice: it has to bear that.
 * @param failed what to do with one for which it goes wrong even alone
 * @returns what came of it @throws where the database is gone, and what `failed` throws
 */
export async function togetherOrAlone<T, R>(
  all: readonly T[],
  work: (some: readonly T[]) => Promise<readonly R[]>,
  failed: (one: T, error: unknown) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  if (all.length === 0) return [];
  try {
    return await work(all);
  } catch (error) {
    if (isDatabaseGone(error)) throw error;
    if (all.length === 1) return failed(all[0]!, error);
  }
  const done: R[] = [];
  for (const one of all) done.push(...(await togetherOrAlone([one], work, failed)));
  return done;
}
