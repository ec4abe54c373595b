import mongoose from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';

/** A read, or a write with what it looks for. */
export type Query = { collection: string; filter: object; sort: object | undefined };

const LOOKED_FOR = /^(find|findOne|countDocuments|findOneAndUpdate|update(One|Many)|deleteMany)$/;

/** Whatever is asked of these collections meanwhile. */
export async function queriesOf(
  collections: readonly string[],
  action: () => Promise<unknown>,
): Promise<Query[]> {
  const queries: Query[] = [];
  mongoose.set('debug', (collection: string, method: string, ...args: unknown[]) => {
    const [filter, options] = args as [object, { sort?: object } | undefined];
    if (collections.includes(collection) && LOOKED_FOR.test(method))
      queries.push({ collection, filter, sort: method.startsWith('find') ? options?.sort : undefined });
  });
  try {
    await action();
  } finally {
    mongoose.set('debug', false);
  }
  return queries;
}

const planOf = async ({ collection, filter, sort }: Query): Promise<string> =>
  JSON.stringify(
    await mongoose.connection
      .collection(collection)
      .find(filter)
      .sort((sort ?? {}) as never)
      .explain(),
  );

/**
 * Where no index fits, the engine walks all of a collection by its ids: the only condition is which collection. What asks for
 * nothing is answered without looking.
 */
export const isScan = (plan: string): boolean =>
  /Seq Scan|COLLSCAN|"Index Cond":"\(shard_key_value = '\d+'::bigint\)"/.test(plan) ||
  !/"Index Name"|IXSCAN|"Node Type":"Result"/.test(plan);

/**
 * Those of the queries that no index answers, or none that is right for them. The engine plans by statistics, which it takes by itself within half a minute
 * of many new rows, so a wrong plan is looked at again for a minute.
 */
export async function scansAmong(
  queries: readonly Query[],
  isWrong: (plan: string, query: Query) => boolean = isScan,
): Promise<Query[]> {
  for (let tries = 0; ; tries += 1) {
    const plans = await Promise.all(queries.map(async (query) => ({ query, plan: await planOf(query) })));
    const scans = plans.filter(({ plan, query }) => isWrong(plan, query)).map(({ query }) => query);
    if (scans.length === 0 || tries === 60) return scans;
    await pause(1000);
  }
}
