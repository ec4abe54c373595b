import type { QueryFilter, Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { dayOf } from '../dates.js';
import { NotFound } from '../errors.js';
import { readNextSteps } from '../follow-ups/next-steps.js';
import { inBatches } from '../in-batches.js';
import { Track } from '../legislation/track.model.js';
import { notRemoved } from '../removal.model.js';
import { byEngagement } from '../recipients/recipient-filter.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { countStanding } from '../recipients/recipient-list.js';
import type { Delivery, Engagement } from '../recipients/status.rules.js';
import type { SignedInUser } from '../users/user.model.js';
import { shownNotices } from '../triggers/shown-notices.js';
import { readPage, type Page } from '../web/paging.js';
import {
  campaignFields,
  recipientFields,
  sharedCampaign,
  sharedNotice,
  sharedRecipient,
  type CampaignSource,
  type NextStepSource,
  type Reading,
  type RecipientSource,
  type SharedRecipient,
} from './projections.js';
import { sharedTrack, trackFields, type TrackSource } from './track-projection.js';

export type Reader = Pick<SignedInUser, 'role' | 'campaigns'>;

/** Which campaigns somebody may read here: a partner those of their invitation, staff all of them. */
const readable = ({ role, campaigns }: Reader): QueryFilter<CampaignRecord> =>
  role === 'partner' ? { _id: { $in: campaigns } } : {};

export const findReadable = (reader: Reader): Promise<CampaignSource[]> =>
  Campaign.find(readable(reader), campaignFields).sort({ createdAt: -1 }).lean<CampaignSource[]>().exec();

/** Asked before anything is read. @throws NotFound for a campaign of others: that it exists is private */
function assertReadable(id: Types.ObjectId, { role, campaigns }: Reader): void {
  if (role === 'partner' && !campaigns.includes(String(id))) throw noSuchCampaign();
}

const noSuchCampaign = () => new NotFound('There is no such campaign.');

/** @throws NotFound */
export async function findSharedCampaign(id: Types.ObjectId, reader: Reader): Promise<CampaignSource> {
  assertReadable(id, reader);
  const campaign = await Campaign.findById(id, campaignFields).lean<CampaignSource>();
  if (!campaign) throw noSuchCampaign();
  return campaign;
}

export const readingOf = ({ timeZone }: CampaignSource, now: Date): Reading => ({
  now,
  timeZone,
  today: dayOf(now, timeZone),
});

export type Wanted = { delivery: Delivery | null; engagement: Engagement | null; page: number };

/** Everything on a campaign's page, read at once. @throws NotFound */
export async function readSharedPage(id: Types.ObjectId, reader: Reader, wanted: Wanted, now: Date) {
  assertReadable(id, reader);
  const [found, counts, { rows, ...page }, tracks, notices] = await Promise.all([
    findSharedCampaign(id, reader),
    countStanding(id),
    readRecipients(id, wanted),
    Track.find(notRemoved, trackFields).sort({ title: 1 }).lean<TrackSource[]>(),
    shownNotices(id, now),
  ]);
  const reading = readingOf(found, now);
  return {
    campaign: sharedCampaign(found),
    counts,
    page: { ...page, rows: rows.map(([recipient, next]) => sharedRecipient(recipient, next, reading)) },
    notices: notices.map(sharedNotice),
    tracks: tracks.map((track) => sharedTrack(track, reading.today)),
  };
}

type WithNextStep = [RecipientSource, NextStepSource | null];

/** One page of a campaign's recipients by name; `delivery` and `engagement` keep those who stand there. */
async function readRecipients(
  campaign: Types.ObjectId,
  { delivery, engagement, page }: Wanted,
): Promise<Page<WithNextStep>> {
  const filter: QueryFilter<RecipientRecord> = {
    campaign,
    ...(engagement && byEngagement(engagement)),
    ...(delivery && { delivery }),
  };
  const list = Recipient.find(filter, recipientFields).sort({ listedAs: 1 }).lean<RecipientSource[]>();
  const { rows, ...rest } = await readPage(list, page);
  const next = await readNextSteps({ recipient: { $in: rows.map(({ _id }) => _id) } });
  return { ...rest, rows: rows.map((row): WithNextStep => [row, next.get(String(row._id)) ?? null]) };
}

const BATCH = 500;

/** Every recipient of a campaign by name, for those who take the figures away. */
export async function* allShared(
  campaign: Types.ObjectId,
  reading: Reading,
): AsyncGenerator<SharedRecipient> {
  const next = await readNextSteps({ campaign });
  const list = Recipient.find({ campaign }, recipientFields).sort({ listedAs: 1 }).lean<RecipientSource[]>();
  for await (const batch of inBatches(list.cursor({ batchSize: BATCH }), BATCH)) {
    for (const row of batch) yield sharedRecipient(row, next.get(String(row._id)) ?? null, reading);
  }
}
