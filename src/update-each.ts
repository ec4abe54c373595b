import type { Types } from 'mongoose';

type Change = { _id: Types.ObjectId; set: object };

/**
 * Updates many records in one statement, each with values of its own: one that is an update for each of them is planned
 * anew for every record, which costs more than the writing. Fields that a change does not name stay as they are.
 * @returns how many were there, and as the filter wants them
 */
export async function updateEach(
  { collection }: { collection: Updatable },
  changes: readonly Change[],
  filter: object = {},
): Promise<number> {
  const mine = ofEach(
    changes,
    changes.map(({ set }) => set),
  );
  const { matchedCount } = await collection.updateMany(
    { _id: { $in: changes.map(({ _id }) => _id) }, ...filter },
    [{ $replaceWith: { $mergeObjects: ['$$ROOT', mine] } }],
  );
  return matchedCount;
}

type Updatable = { updateMany: (filter: object, pipeline: object[]) => Promise<{ matchedCount: number }> };

/** An expression that stands, in each record, for the value that belongs to it. */
export const ofEach = (changes: readonly Pick<Change, '_id'>[], values: readonly unknown[]) => ({
  $arrayElemAt: [
    { $literal: values },
    { $indexOfArray: [{ $literal: changes.map(({ _id }) => _id) }, '$_id'] },
  ],
});
