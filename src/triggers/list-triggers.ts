import type { QueryFilter, Types } from 'mongoose';
import { User } from '../users/user.model.js';
import { Firing } from './firing.model.js';
import { campaignPlace, dayFor, readTrigger, type ReadTrigger } from './read-trigger.js';
import { effectInWords, occasionInWords, stateInWords } from './trigger-words.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';

/** A trigger as lists show it. */
export type ListedTrigger = {
  id: string;
  occasion: string;
  effect: string;
  state: string;
  track: string;
  campaign: string;
};

/** The triggers of a campaign, or on a milestone, the oldest first; removed ones are left out. */
export async function listTriggers(
  of: Pick<QueryFilter<TriggerRecord>, 'campaign'> | { milestone: Types.ObjectId },
  now: Date,
): Promise<ListedTrigger[]> {
  const triggers = await Trigger.find({ ...of, removedAt: null })
    .sort({ _id: 1 })
    .lean<TriggerRecord[]>();
  return Promise.all(triggers.map(async (trigger) => listed(await readTrigger(trigger), now)));
}

async function listed(read: ReadTrigger, now: Date): Promise<ListedTrigger> {
  return {
    id: String(read.trigger._id),
    ...(await inWords(read, now)),
    track: read.track?.title ?? 'A law that is gone',
    campaign: read.campaign.title,
  };
}

/** What a trigger says, and where it stands. */
export async function inWords(read: ReadTrigger, now: Date) {
  const { trigger } = read;
  const [people, fired] = await Promise.all([
    User.find({ _id: { $in: trigger.staff ?? [] } }, { name: 1 })
      .sort({ name: 1 })
      .lean(),
    countFired(trigger),
  ]);
  return {
    occasion: occasionInWords(read),
    effect: effectInWords(
      read,
      people.map(({ name }) => name),
    ),
    state: stateInWords(read, dayFor(read, campaignPlace(read), now), fired, now),
  };
}

export const countFired = ({ _id, milestone }: Pick<TriggerRecord, '_id' | 'milestone'>): Promise<number> =>
  Firing.countDocuments({ trigger: _id, milestone, state: { $in: ['planned', 'done'] } }).exec();
