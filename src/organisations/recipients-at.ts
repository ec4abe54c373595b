import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { byId } from '../group-by.js';
import { Recipient } from '../recipients/recipient.model.js';

/** A recipient by the title of its campaign. */
export type RecipientIn = { recipient: Types.ObjectId; office: Types.ObjectId; campaign: string };

/** In which campaigns the offices of this organisation are recipients, by title. */
export async function recipientsAt(organisation: Types.ObjectId): Promise<RecipientIn[]> {
  const found = await Recipient.find({ organisation }, { office: 1, campaign: 1 }).lean();
  const campaigns = await Campaign.find(
    { _id: { $in: found.map(({ campaign }) => campaign) } },
    { title: 1 },
  ).lean();
  const campaignOf = byId(campaigns);
  return found
    .flatMap(({ _id, office, campaign }) => {
      const title = campaignOf.get(String(campaign))?.title;
      return title ? [{ recipient: _id, office, campaign: title }] : [];
    })
    .toSorted((one, other) => one.campaign.localeCompare(other.campaign, 'en-GB'));
}
