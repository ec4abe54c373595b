import { byId } from '../group-by.js';
import type { Types } from 'mongoose';
import type { Day } from '../dates.js';
import { readNextSteps } from '../follow-ups/next-steps.js';
import { Track, wasRemovedAfter } from '../legislation/track.model.js';
import { notRemoved } from '../removal.model.js';
import { Recipient } from '../recipients/recipient.model.js';
import {
  feedTrackFields,
  sharedContacts,
  sharedPlan,
  sharedSteps,
  type FeedTrackSource,
  type SharedContact,
  type SharedPlan,
  type SharedStep,
} from './feed-projection.js';
import { recipientFields, type CampaignSource, type RecipientSource } from './projections.js';
import {
  removedTrackFields,
  sharedRemovals,
  type RemovedTrackSource,
  type SharedRemoval,
} from './removal-projection.js';
import { findReadable, readingOf, type Reader } from './shared-campaigns.js';

/** The milestones of all laws. `today`: the calendar day where the reader is. */
export async function readSharedSteps(today: Day): Promise<SharedStep[]> {
  const tracks = await Track.find(notRemoved, feedTrackFields)
    .sort({ title: 1, _id: 1 })
    .lean<FeedTrackSource[]>();
  return tracks.flatMap((track) => sharedSteps(track, today));
}

/** The milestones of all laws that were removed after an instant. */
export async function readSharedRemovals(since: Date): Promise<SharedRemoval[]> {
  const tracks = await Track.find(wasRemovedAfter(since), removedTrackFields)
    .sort({ title: 1, _id: 1 })
    .lean<RemovedTrackSource[]>();
  return tracks.flatMap((track) => sharedRemovals(track, since));
}

/** Something of a campaign, and the page of it. */
export type OfCampaign<T> = T & { href: string };

/** The days of the next follow-ups in the campaigns that somebody may read. */
export const readSharedPlans = (reader: Reader, now: Date): Promise<OfCampaign<SharedPlan>[]> =>
  ofEach(reader, async (campaign) => {
    const next = await readNextSteps({ campaign: campaign._id });
    const ids = [...next.values()].map(({ recipient }) => recipient);
    const recipients = await Recipient.find({ _id: { $in: ids } }, recipientFields).lean<RecipientSource[]>();
    const reading = readingOf(campaign, now);
    return recipients.flatMap((one) => sharedPlan(one, next.get(String(one._id))!, reading) ?? []);
  });

/** The latest days of contact in each of the campaigns that somebody may read, and at least `most` where there are so many. */
export const readSharedContacts = (
  reader: Reader,
  now: Date,
  most: number,
): Promise<OfCampaign<SharedContact>[]> =>
  ofEach(reader, async (campaign) => {
    const [last, first] = await Promise.all(
      (['lastContactAt', 'firstContactAt'] as const).map((at) => latestBy(at, campaign._id, most)),
    );
    const recipients = byId([...last!, ...first!]);
    const reading = readingOf(campaign, now);
    return [...recipients.values()].flatMap((one) => sharedContacts(one, reading));
  });

const latestBy = (at: 'firstContactAt' | 'lastContactAt', campaign: Types.ObjectId, most: number) =>
  Recipient.find({ campaign, [at]: { $ne: null } }, recipientFields)
    .sort({ [at]: -1, _id: 1 })
    .limit(most)
    .lean<RecipientSource[]>()
    .exec();

async function ofEach<T>(
  reader: Reader,
  read: (campaign: CampaignSource) => Promise<T[]>,
): Promise<OfCampaign<T>[]> {
  const campaigns = await findReadable(reader);
  const all = await Promise.all(
    campaigns.map(async (campaign) => {
      const href = `/shared/campaigns/${String(campaign._id)}`;
      return (await read(campaign)).map((one) => ({ ...one, href }));
    }),
  );
  return all.flat();
}
