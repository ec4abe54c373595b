import type { Types } from 'mongoose';
import { findCampaign } from '../campaigns/campaigns.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { NotFound } from '../errors.js';
import { findRecipient } from '../recipients/recipients.js';
import { Commitment, type CommitmentRecord } from './commitment.model.js';

export type AskRecord = CampaignRecord['asks'][number];

/** A recipient and an ask of its campaign. @throws NotFound */
export async function findCell(recipientId: Types.ObjectId, askId: Types.ObjectId) {
  const recipient = await findRecipient(recipientId);
  const campaign = await findCampaign(recipient.campaign);
  const ask = campaign.asks.find(({ _id }) => _id.equals(askId));
  if (!ask) throw new NotFound('There is no such ask.');
  return { recipient, campaign, ask };
}

/** @throws NotFound */
export async function findCommitment(id: Types.ObjectId): Promise<CommitmentRecord> {
  const commitment = await Commitment.findById(id).lean<CommitmentRecord>();
  if (!commitment) throw new NotFound('There is no such commitment.');
  return commitment;
}
