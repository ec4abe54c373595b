import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { Track } from '../legislation/track.model.js';
import type { SignedInUser } from '../users/user.model.js';
import type { PictureTrack } from './picture.js';

export type SeenCampaign = Pick<CampaignRecord, '_id' | keyof typeof campaignFields>;

/** What every part of the first page is read against. Campaigns and tracks are few: all of them, the latest campaign first. */
export type Seen = { user: SignedInUser; now: Date; campaigns: SeenCampaign[]; tracks: PictureTrack[] };

const campaignFields = { title: 1, owner: 1, timeZone: 1, lateAfter: 1, acknowledgementDays: 1 } as const;
const trackFields = {
  title: 1,
  jurisdiction: 1,
  'milestones._id': 1,
  'milestones.title': 1,
  'milestones.stage': 1,
  'milestones.expectedOn': 1,
  'milestones.happenedOn': 1,
} as const;

export async function readSeen(user: SignedInUser, now: Date): Promise<Seen> {
  const [campaigns, tracks] = await Promise.all([
    Campaign.find({}, campaignFields).sort({ createdAt: -1 }).lean<SeenCampaign[]>(),
    Track.find({}, trackFields).sort({ title: 1 }).lean<PictureTrack[]>(),
  ]);
  return { user, now, campaigns, tracks };
}
