/** `Map.groupBy` of newer runtimes. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Records to be looked up by their id, as text. */
export const byId = <T extends { _id: unknown }>(records: readonly T[]): Map<string, T> =>
  new Map(records.map((record) => [String(record._id), record]));
