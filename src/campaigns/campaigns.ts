import type { Types } from 'mongoose';
import { NotFound } from '../errors.js';
import type { SignedInUser } from '../users/user.model.js';
import { readAsks, writeAsks, type CampaignForm } from './campaign.form.js';
import { Campaign, type CampaignRecord } from './campaign.model.js';

/** @throws NotFound */
export async function findCampaign(id: Types.ObjectId | string): Promise<CampaignRecord> {
  const campaign = await Campaign.findById(id).lean<CampaignRecord>();
  if (!campaign) throw new NotFound('There is no such campaign.');
  return campaign;
}

export async function createCampaign(form: CampaignForm, now: Date): Promise<Types.ObjectId> {
  const { _id } = await Campaign.create({ ...fieldsOf(form), createdAt: now });
  return _id;
}

export async function editCampaign(id: Types.ObjectId, form: CampaignForm): Promise<void> {
  const { matchedCount } = await Campaign.updateOne({ _id: id }, fieldsOf(form));
  if (matchedCount === 0) throw new NotFound('There is no such campaign.');
}

/** Lets this campaign's messages leave, or captures them in the outbox again. */
export async function switchLive(
  id: Types.ObjectId,
  live: boolean,
  by: SignedInUser,
  now: Date,
): Promise<void> {
  const change = live
    ? { $set: { liveSince: now, liveBy: by._id } }
    : { $unset: { liveSince: 1, liveBy: 1 } };
  const { matchedCount } = await Campaign.updateOne({ _id: id }, change);
  if (matchedCount === 0) throw new NotFound('There is no such campaign.');
}

export function toFormValues(campaign: CampaignRecord): Record<string, unknown> {
  return {
    title: campaign.title,
    letter: campaign.letter,
    asks: writeAsks(campaign.asks),
    owner: campaign.owner ? String(campaign.owner) : '',
    timeZone: campaign.timeZone,
    answerDueOn: campaign.answerDueOn ?? '',
  };
}

function fieldsOf({ title, letter, asks, owner, timeZone, answerDueOn }: CampaignForm) {
  return {
    title,
    letter,
    asks: readAsks(asks),
    owner: owner || null,
    timeZone,
    answerDueOn: answerDueOn || null,
  };
}
