import mongoose from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';

type Options = Partial<Record<'sort' | 'skip' | 'limit' | 'hint', unknown>>;

/** A read, or a write with what it looks for. */
export type Query = { collection: string; filter: object; options?: Options };

const LOOKED_FOR = /^(find|findOne|countDocuments|findOneAndUpdate|update(One|Many)|deleteMany)$/;

/** Whatever is asked of these collections meanwhile. */
export async function queriesOf(
  collections: readonly string[],
  action: () => Promise<unknown>,
): Promise<Query[]> {
  const queries: Query[] = [];
  mongoose.set('debug', (collection: string, method: string, ...args: unknown[]) => {
    const [filter, options] = args as [object, Options | undefined];
    if (collections.includes(collection) && LOOKED_FOR.test(method))
      queries.push({ collection, filter, options: method.startsWith('find') ? decisive(options) : {} });
  });
  try {
    await action();
  } finally {
    mongoose.set('debug', false);
  }
  return queries;
}

/** What a plan depends on beside the filter. */
const decisive = ({ sort, skip, limit, hint }: Options = {}): Options => ({ sort, skip, limit, hint });

const planOf = async ({ collection, filter, options }: Query): Promise<string> =>
  JSON.stringify(
    await mongoose.connection
      .collection(collection)
      .find(filter, options as never)
      .explain(),
  );

/** How often a plan is looked at, a second apart: the engine plans by statistics, which it takes by itself within half a minute of many new rows. */
const TRIES = 90;

/** The plan of a query, as soon as it holds what is expected of it; the last one, where it never does. */
export async function planWith(expected: RegExp, query: Query): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const plan = await planOf(query);
    if (expected.test(plan) || tries === TRIES) return plan;
    await pause(1000);
  }
}

/**
 * Where no index fits, the engine walks all of a collection by its ids: the only condition is which collection. What asks for
 * nothing is answered without looking.
 */
export const isScan = (plan: string): boolean =>
  /Seq Scan|COLLSCAN|"Index Cond":"\(shard_key_value = '\d+'::bigint\)"/.test(plan) ||
  !/"Index Name"|IXSCAN|"Node Type":"Result"/.test(plan);

/** Those of the queries that no index answers, or none that is right for them, however often their plans are looked at. */
export async function scansAmong(
  queries: readonly Query[],
  isWrong: (plan: string, query: Query) => boolean = isScan,
): Promise<Query[]> {
  for (let tries = 1; ; tries += 1) {
    const plans = await Promise.all(queries.map(async (query) => ({ query, plan: await planOf(query) })));
    const scans = plans.filter(({ plan, query }) => isWrong(plan, query)).map(({ query }) => query);
    if (scans.length === 0 || tries === TRIES) return scans;
    await pause(1000);
  }
}
