import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { isDuplicate, sameAs } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import type { FollowUpRecord } from '../follow-ups/follow-up.model.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { findOffice, findOrganisation } from '../organisations/organisations.js';
import { listingOf } from './listing.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';

/** @throws NotFound */
export async function findRecipient(id: Types.ObjectId): Promise<RecipientRecord> {
  const recipient = await Recipient.findById(id).lean<RecipientRecord>();
  if (!recipient) throw new NotFound('There is no such recipient.');
  return recipient;
}

const listedFollowUp = {
  subject: 1,
  state: 1,
  stateReasons: 1,
  dueAt: 1,
  step: 1,
  revision: 1,
  sentAt: 1,
  cadence: 1,
  how: 1,
} as const;
type ListedFollowUp = Pick<FollowUpRecord, '_id' | keyof typeof listedFollowUp>;

type Found = RecipientRecord & {
  campaigns: CampaignRecord[];
  offices: OfficeRecord[];
  followUps: ListedFollowUp[];
};

/** A recipient with its campaign, its office and its latest follow-ups, in one read. @throws NotFound */
export async function findRecipientInFull(id: Types.ObjectId) {
  const latest = [
    { $sort: { dueAt: -1, revision: -1 } },
    { $limit: 40 },
    { $project: listedFollowUp },
  ] as const;
  const [found] = await Recipient.aggregate<Found>([
    { $match: { _id: id } },
    { $lookup: { from: 'campaigns', localField: 'campaign', foreignField: '_id', as: 'campaigns' } },
    { $lookup: { from: 'offices', localField: 'office', foreignField: '_id', as: 'offices' } },
    {
      $lookup: {
        from: 'followups',
        localField: '_id',
        foreignField: 'recipient',
        pipeline: [...latest],
        as: 'followUps',
      },
    },
  ]);
  if (!found) throw new NotFound('There is no such recipient.');
  const { campaigns, offices, followUps, ...recipient } = found;
  return { recipient, campaign: campaigns[0]!, office: offices[0]!, followUps };
}

/** @throws RuleBroken when the office is a recipient of this campaign already */
export async function addRecipient(
  campaign: Types.ObjectId,
  officeId: Types.ObjectId,
  now: Date,
): Promise<Types.ObjectId> {
  const office = await findOffice(officeId);
  const organisation = await findOrganisation(office.organisation);
  try {
    const { _id } = await Recipient.create({
      campaign,
      office: officeId,
      organisation: organisation._id,
      createdAt: now,
      ...listingOf(office, organisation, now),
    });
    return _id;
  } catch (error) {
    if (isDuplicate(error)) throw new RuleBroken('That office is a recipient of this campaign already.');
    throw error;
  }
}

/** @returns false, and nothing is written, when somebody has changed it since it was read */
export async function editRecipient(
  asRead: RecipientRecord,
  { owner, notes }: { owner: string; notes: string },
): Promise<boolean> {
  const { matchedCount } = await Recipient.updateOne(
    { _id: asRead._id, ...sameAs(asRead, ['owner', 'notes']) },
    { $set: { owner: owner || null, notes } },
  );
  return matchedCount > 0;
}
