export const PAGE_SIZE = 50;

export type Page<T> = { rows: T[]; number: number; hasMore: boolean };

type List<T> = { skip(count: number): { limit(count: number): PromiseLike<T[]> } };

/** One page of a list, from 1. Asks for one row more than it shows, instead of counting them all. */
export async function readPage<T>(list: List<T>, number: number): Promise<Page<T>> {
  const rows = await list.skip((number - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1);
  return { rows: rows.slice(0, PAGE_SIZE), number, hasMore: rows.length > PAGE_SIZE };
}

/** The same of a list that is at hand as a whole. */
export const pageOf = <T>(rows: readonly T[], number: number, size = PAGE_SIZE): Page<T> => ({
  rows: rows.slice((number - 1) * size, number * size),
  number,
  hasMore: rows.length > number * size,
});
