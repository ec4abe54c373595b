import type { QueryFilter } from 'mongoose';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import type { Seen, SeenCampaign } from './seen.js';

/**
 * The recipients of these campaigns whom somebody looks after, as far as `which` says: named as owner, or as the campaign's
 * where nobody is. Each branch holds all of the filter, and so is answered from one index.
 * @returns null when there is no campaign
 */
export function mine(
  campaigns: readonly SeenCampaign[],
  me: Seen['user']['_id'],
  which: QueryFilter<RecipientRecord>,
): QueryFilter<RecipientRecord> | null {
  const owned = campaigns.filter(({ owner }) => owner?.equals(me));
  const others = campaigns.filter(({ owner }) => !owner?.equals(me));
  const branches = [
    owned.length > 0 && { campaign: among(owned), owner: { $in: [me, null] }, ...which },
    others.length > 0 && { campaign: among(others), owner: me, ...which },
  ].filter((branch) => branch !== false);
  return branches.length < 2 ? (branches[0] ?? null) : { $or: branches };
}

const among = (campaigns: readonly SeenCampaign[]) => ({ $in: campaigns.map(({ _id }) => _id) });
