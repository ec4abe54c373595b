import type { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { stepFields, Track, type MilestoneRecord, type TrackRecord } from '../legislation/track.model.js';
import type { Address } from '../mail/message.js';
import { notRemoved } from '../removal.model.js';
import { Recipient } from '../recipients/recipient.model.js';
import { dayOf } from '../dates.js';
import { User } from '../users/user.model.js';
import { STAFF, type Role } from '../users/user.rules.js';
import { Snooze, type SnoozeRecord } from './snooze.model.js';
import { yoursOf, type House, type LookedAfter, type Yours } from './whose.js';

export type SeenCampaign = Pick<CampaignRecord, '_id' | keyof typeof campaignFields>;
export type Person = { _id: Types.ObjectId; timeZone: string };

/** `imported`: of one that was read from a source, since when that no longer lists it. */
export type SeenMilestone = Pick<MilestoneRecord, '_id' | 'title' | 'stage' | 'expectedOn' | 'happenedOn'> & {
  imported?: { goneAt?: Date | null } | null;
};
export type SeenTrack = Pick<TrackRecord, '_id' | 'title' | 'jurisdiction' | 'procedure' | 'ownStages'> & {
  milestones: SeenMilestone[];
};

/**
 * What everybody's things are read against. Campaigns, tracks and staff are few: all of them, the latest campaign first. `from`: the
 * sender of follow-ups.
 */
export type Everything = Omit<House, 'campaigns'> & {
  campaigns: SeenCampaign[];
  tracks: SeenTrack[];
  from: Address;
};

/** What is read for one person at `now`: what is theirs, but what they put off; or everybody's where `yours` is null. */
export type Seen = Everything & { user: Person; now: Date; yours: Yours | null; snoozes: SnoozeRecord[] };

const campaignFields = { title: 1, owner: 1, timeZone: 1, approval: 1, approvalDays: 1 } as const;
const trackFields = {
  ...stepFields,
  jurisdiction: 1,
  'milestones.imported.goneAt': 1,
} as const;

/** Staff with an account that is open and in use. */
export const presentStaff = { role: { $in: STAFF }, closedAt: null, passwordHash: { $ne: null } };

export async function readEverything(from: Address): Promise<Everything> {
  const [campaigns, tracks, staff] = await Promise.all([
    Campaign.find({}, campaignFields).sort({ createdAt: -1 }).lean<SeenCampaign[]>(),
    Track.find(notRemoved, trackFields).sort({ title: 1 }).lean<SeenTrack[]>(),
    User.find(presentStaff, { role: 1 }).lean<{ _id: Types.ObjectId; role: Role }[]>(),
  ]);
  const present = { owner: { $in: staff.map(({ _id }) => _id) } };
  const lookedAfter = await Recipient.find(present, { campaign: 1, owner: 1 }).lean<LookedAfter[]>();
  return { campaigns, tracks, staff, lookedAfter, from };
}

export async function seenBy(user: Person, everything: Everything, now: Date): Promise<Seen> {
  const today = dayOf(now, user.timeZone);
  const snoozes = await Snooze.find({ user: user._id, until: { $gt: today } }).lean<SnoozeRecord[]>();
  return { ...everything, user, now, yours: yoursOf(user._id, everything), snoozes };
}

export const readSeen = async (user: Person, from: Address, now: Date): Promise<Seen> =>
  seenBy(user, await readEverything(from), now);

/** The same, as somebody who looks at what is everybody's: what one person put off stands there too. */
export const asEverybody = (seen: Seen): Seen => ({ ...seen, yours: null, snoozes: [] });
