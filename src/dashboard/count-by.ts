import type { Model } from 'mongoose';
import { groupBy } from '../group-by.js';

/** `rows`: the latest that the filter finds, at most one more than are shown. */
type Counted<Row> = { filter: object; rows: readonly Row[]; shown: number; by: keyof Row & string };

/** How many there are with each value of a field. The database is asked only where there are more than were read. */
export async function countBy<Row>(
  model: Pick<Model<unknown>, 'aggregate'>,
  { filter, rows, shown, by }: Counted<Row>,
): Promise<Map<string, number>> {
  if (rows.length <= shown)
    return new Map(
      [...groupBy(rows, (row) => String(row[by]))].map(([value, { length }]) => [value, length]),
    );
  const counted = await model.aggregate<{ _id: string; count: number }>([
    { $match: filter },
    { $group: { _id: `$${by}`, count: { $sum: 1 } } },
  ]);
  return new Map(counted.map(({ _id, count }) => [_id, count]));
}
