import type { Types } from 'mongoose';
import { Commitment, type CommitmentRecord } from './commitment.model.js';
import { currentOf } from './commitment.rules.js';

/** One ask to one recipient. */
export type Cell = { recipient: Types.ObjectId; ask: Types.ObjectId };

export const cellFacts = { stance: 1, on: 1, setAt: 1, takenBackAt: 1, isCurrent: 1 } as const;

/**
 * Marks the one that holds in a cell. Whoever writes reads once more afterwards: of two who do this at once the later one has seen
 * what the other added. @returns whether anything had to be marked
 */
export async function refreshCell({ recipient, ask }: Cell): Promise<boolean> {
  let marked = false;
  for (;;) {
    const records = await Commitment.find({ recipient, ask }, cellFacts).lean<CommitmentRecord[]>();
    const holds = currentOf(records)?._id ?? null;
    if (records.every(({ _id, isCurrent }) => isCurrent === Boolean(holds?.equals(_id)))) return marked;
    marked = true;
    await Commitment.collection.updateMany({ recipient, ask }, [
      { $set: { isCurrent: { $eq: ['$_id', holds] } } },
    ]);
  }
}
