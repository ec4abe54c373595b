import type { Types } from 'mongoose';
import { User, type UserRecord } from '../users/user.model.js';

type Owned = { owner?: Types.ObjectId | null };
type Person = Pick<UserRecord, '_id' | 'name' | 'closedAt'>;

/**
 * Who looks after a recipient, in words: its owner, otherwise the owner of its campaign, otherwise the administrators. Somebody
 * whose account is closed is told of nothing, so whoever is told instead is named with them.
 */
export async function whoLooksAfter(recipient: Owned, campaign: Owned): Promise<string> {
  const ids = [recipient.owner, campaign.owner].filter((id) => id != null);
  const people = ids.length
    ? await User.find({ _id: { $in: ids } }, { name: 1, closedAt: 1 }).lean<Person[]>()
    : [];
  const named = ({ owner }: Owned) => people.find(({ _id }) => owner?.equals(_id));
  const [own, ofCampaign] = [named(recipient), named(campaign)];
  if (own && !own.closedAt) return own.name;
  const otherwise =
    ofCampaign && !ofCampaign.closedAt ? `${ofCampaign.name}, who owns the campaign` : 'the administrators';
  if (own) return `${own.name} had it, and their account is closed; now ${otherwise}`;
  return otherwise.replace(/^the/, 'The');
}
