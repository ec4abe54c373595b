import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { isDuplicate, sameAs } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import type { FollowUpRecord } from '../follow-ups/follow-up.model.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { findOffice, findOrganisation } from '../organisations/organisations.js';
import { takeBackRemovalsOf } from '../organisations/removed.js';
import { evenRemoved } from '../removal.model.js';
import { listingOf } from './listing.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';

/** @throws NotFound, also for one that was removed */
export async function findRecipient(id: Types.ObjectId): Promise<RecipientRecord> {
  return present(await findEvenRemoved(id));
}

/** @throws NotFound */
export async function findEvenRemoved(id: Types.ObjectId): Promise<RecipientRecord> {
  const recipient = await Recipient.findById(id, null, evenRemoved).lean<RecipientRecord>();
  if (!recipient) throw new NotFound('There is no such recipient.');
  return recipient;
}

/** @throws NotFound for one that was removed */
export function present(recipient: RecipientRecord): RecipientRecord {
  const { removed, organisationName, officeTitle } = recipient;
  if (removed)
    throw new NotFound(
      `${organisationName}, ${officeTitle} was removed from its campaign. Whoever looks for it below the campaign’s recipients can read why, and put it back.`,
    );
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

/** A recipient, even one that was removed, with its campaign, its office and its latest follow-ups, in one read. @throws NotFound */
export async function findRecipientInFull(id: Types.ObjectId) {
  const latest = [
    { $sort: { dueAt: -1, revision: -1 } },
    { $limit: 40 },
    { $project: listedFollowUp },
  ] as const;
  const [found] = await Recipient.aggregate<Found>(
    [
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
    ],
    evenRemoved,
  );
  if (!found) throw new NotFound('There is no such recipient.');
  const { campaigns, offices, followUps, ...recipient } = found;
  return { recipient, campaign: campaigns[0]!, office: offices[0]!, followUps };
}

/** @throws RuleBroken when the office is a recipient of this campaign already, or was removed from it */
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
    await takeBackRemovalsOf(office);
    return _id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const isThere = await Recipient.exists({ campaign, office: officeId });
    const name = `${organisation.name}, ${office.title}`;
    throw new RuleBroken(
      isThere
        ? `${name} is a recipient of this campaign already.`
        : `${name} was a recipient of this campaign, and was removed. Put it back instead: it stands below, or at the end of the list of recipients.`,
    );
  }
}

/**
 * Adds several offices; what is wrong with one keeps no other back.
 * @returns those added, in the order given, and why each of the others was not
 * @throws NotFound, before anything is added, when one of the offices or its organisation is not there
 */
export async function addRecipients(
  campaign: Types.ObjectId,
  offices: readonly Types.ObjectId[],
  now: Date,
): Promise<{ added: Types.ObjectId[]; refused: string[] }> {
  for (const id of offices) await findOrganisation((await findOffice(id)).organisation);
  const added: Types.ObjectId[] = [];
  const refused: string[] = [];
  for (const id of offices) {
    try {
      added.push(await addRecipient(campaign, id, now));
    } catch (error) {
      if (!(error instanceof RuleBroken)) throw error;
      refused.push(error.message);
    }
  }
  return { added, refused };
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
