import type { QueryFilter, Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { dayOf } from '../dates.js';
import { NotFound } from '../errors.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import { Track } from '../legislation/track.model.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { recipientStatuses } from '../recipients/recipient.rules.js';
import type { SignedInUser } from '../users/user.model.js';
import { readPage, type Page } from '../web/paging.js';
import {
  campaignFields,
  nextStepFields,
  recipientFields,
  sharedRecipient,
  type CampaignSource,
  type NextStepSource,
  type Reading,
  type RecipientSource,
  type SharedRecipient,
} from './projections.js';
import { sharedTrack, trackFields, type SharedTrack, type TrackSource } from './track-projection.js';

type Reader = Pick<SignedInUser, 'role' | 'campaigns'>;

/** Which campaigns somebody may read here: a partner those of their invitation, staff all of them. */
const readable = ({ role, campaigns }: Reader): QueryFilter<CampaignRecord> =>
  role === 'partner' ? { _id: { $in: campaigns } } : {};

export const findReadable = (reader: Reader): Promise<CampaignSource[]> =>
  Campaign.find(readable(reader), campaignFields).sort({ createdAt: -1 }).lean<CampaignSource[]>().exec();

/** @throws NotFound, also for a campaign of others: that it exists is private */
export async function findSharedCampaign(id: Types.ObjectId, reader: Reader): Promise<CampaignSource> {
  const mine = reader.role !== 'partner' || reader.campaigns.includes(String(id));
  const campaign = mine ? await Campaign.findById(id, campaignFields).lean<CampaignSource>() : null;
  if (!campaign) throw new NotFound('There is no such campaign.');
  return campaign;
}

export const readingOf = ({ answerDueOn, timeZone }: CampaignSource, now: Date): Reading => ({
  answerDueOn,
  timeZone,
  today: dayOf(now, timeZone),
});

/** One page of a campaign's recipients by name; `status` keeps those that stand there. */
export async function listShared(
  campaign: Types.ObjectId,
  reading: Reading,
  { status, page }: { status: string; page: number },
): Promise<Page<SharedRecipient>> {
  const filter: QueryFilter<RecipientRecord> = { campaign };
  const known = recipientStatuses.find((one) => one === status);
  if (known) filter.status = known;
  const list = Recipient.find(filter, recipientFields).sort({ listedAs: 1 }).lean<RecipientSource[]>();
  const { rows, ...rest } = await readPage(list, page);
  const next = await nextSteps({ recipient: { $in: rows.map(({ _id }) => _id) } });
  return {
    ...rest,
    rows: rows.map((row) => sharedRecipient(row, next.get(String(row._id)) ?? null, reading)),
  };
}

/** Every recipient of a campaign by name, for those who take the figures away. */
export async function* allShared(
  campaign: Types.ObjectId,
  reading: Reading,
): AsyncGenerator<SharedRecipient> {
  const next = await nextSteps({ campaign });
  const list = Recipient.find({ campaign }, recipientFields).sort({ listedAs: 1 }).lean<RecipientSource[]>();
  for await (const row of list.cursor({ batchSize: 500 })) {
    yield sharedRecipient(row, next.get(String(row._id)) ?? null, reading);
  }
}

type Of = { campaign: Types.ObjectId } | { recipient: { $in: Types.ObjectId[] } };

/** The earliest follow-up ahead of each recipient. */
async function nextSteps(of: Of): Promise<Map<string, NextStepSource>> {
  const open = await FollowUp.find({ ...of, state: { $in: aheadStates } }, nextStepFields)
    .sort({ dueAt: -1 })
    .lean<NextStepSource[]>();
  return new Map(open.map((followUp) => [String(followUp.recipient), followUp]));
}

/** The laws that are followed; all campaigns share them. */
export async function sharedTracks(today: string): Promise<SharedTrack[]> {
  const tracks = await Track.find({}, trackFields).sort({ title: 1 }).lean<TrackSource[]>();
  return tracks.map((track) => sharedTrack(track, today));
}
