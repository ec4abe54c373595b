import type { QueryFilter, Types } from 'mongoose';
import { inBatches } from '../in-batches.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { PAGE_SIZE } from '../web/paging.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';

const BATCH = 200;

type Sorted = {
  campaign: Types.ObjectId;
  ask: Types.ObjectId;
  /** only these recipients; null for all of the campaign */
  within: Types.ObjectId[] | null;
  page: number;
};

/**
 * The ids of one page of recipients, and one more where there are more: whoever went furthest in this ask first, of equals who
 * spoke last, then by name those who have said nothing to it.
 */
export async function idsByAsk(sorted: Sorted): Promise<Types.ObjectId[]> {
  const skip = (sorted.page - 1) * PAGE_SIZE;
  const spoken = await Commitment.find(spokenIn(sorted), { recipient: 1 })
    .sort({ farness: -1, on: -1, _id: 1 })
    .skip(skip)
    .limit(PAGE_SIZE + 1)
    .lean();
  const ids = spoken.map(({ recipient }) => recipient);
  return ids.length > PAGE_SIZE ? ids : [...ids, ...(await silentAfter(sorted, skip, ids.length))];
}

const spokenIn = ({ campaign, ask, within }: Sorted): QueryFilter<CommitmentRecord> => ({
  campaign,
  ask,
  isCurrent: true,
  ...(within && { recipient: { $in: within } }),
});

/** Walks through the names past those who have spoken, and stops as soon as the page is full. */
async function silentAfter(sorted: Sorted, skip: number, found: number): Promise<Types.ObjectId[]> {
  const { campaign, within } = sorted;
  const all = await Commitment.find(spokenIn(sorted), { recipient: 1 }).lean();
  const spoken = new Set(all.map(({ recipient }) => String(recipient)));
  let toSkip = Math.max(0, skip - spoken.size);
  const silent: Types.ObjectId[] = [];
  const filter: QueryFilter<RecipientRecord> = within ? { campaign, _id: { $in: within } } : { campaign };
  const byName = Recipient.find(filter, { _id: 1 }).sort({ listedAs: 1 }).lean();
  for await (const batch of inBatches(byName.cursor({ batchSize: BATCH }), BATCH)) {
    for (const { _id } of batch) {
      if (spoken.has(String(_id))) continue;
      if (toSkip > 0) toSkip -= 1;
      else silent.push(_id);
      if (found + silent.length > PAGE_SIZE) return silent;
    }
  }
  return silent;
}
