type Cursor<T> = AsyncIterable<T> & { close?: () => Promise<unknown> };

/**
 * What a cursor yields, so many at a time: memory stays flat however long the list is. A cursor that is left before its end is
 * closed: mongoose does not, and each that stays open keeps one of the few connections of the local engine.
 */
export async function* inBatches<T>(items: Cursor<T>, size: number): AsyncGenerator<T[]> {
  try {
    let batch: T[] = [];
    for await (const item of items) {
      batch.push(item);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    await items.close?.();
  }
}
