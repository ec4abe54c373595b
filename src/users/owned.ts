import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import { Recipient } from '../recipients/recipient.model.js';

/** What names somebody: the campaigns they own, and how many recipients they look after and follow-ups of theirs are to come. */
export async function readOwned(id: Types.ObjectId) {
  const [campaigns, recipients, followUps] = await Promise.all([
    Campaign.find({ owner: id }, { title: 1 }).sort({ title: 1 }).lean(),
    Recipient.countDocuments({ owner: id }),
    FollowUp.countDocuments({ plannedBy: id, state: { $in: aheadStates } }),
  ]);
  return { campaigns, recipients, followUps };
}
