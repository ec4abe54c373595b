import type { Types } from 'mongoose';
import type { CadenceRecord } from '../cadences/cadence.model.js';
import { findCadence, readSteps, type ReadyStep } from '../cadences/cadences.js';
import { seenStepsOf } from '../cadences/preview-start.js';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { sendingOf } from '../campaigns/campaigns.js';
import { dayOf, type Day } from '../dates.js';
import { NotFound } from '../errors.js';
import { Track, type MilestoneRecord, type TrackRecord } from '../legislation/track.model.js';
import { notRemoved } from '../removal.model.js';
import type { Place } from '../working-days.js';
import { approvalStateOf, triggerHashOf, type ApprovalState } from './approval.rules.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';
import { dayOfTrigger, type TriggerDay } from './trigger.rules.js';

/** A trigger with everything that what it does depends on, as it is now. */
export type ReadTrigger = {
  trigger: TriggerRecord;
  campaign: CampaignRecord;
  /** null where it is gone, or was removed */
  track: TrackRecord | null;
  milestone: MilestoneRecord | null;
  plan: { cadence: CadenceRecord; steps: ReadyStep[]; ask: string | null } | null;
  hash: string;
  approval: ApprovalState;
};

/** @throws NotFound */
export async function findTrigger(id: Types.ObjectId): Promise<TriggerRecord> {
  const trigger = await Trigger.findById(id).lean<TriggerRecord>();
  if (!trigger) throw new NotFound('There is no such trigger.');
  return trigger;
}

export async function readTrigger(trigger: TriggerRecord): Promise<ReadTrigger> {
  const [campaign, track, cadence] = await Promise.all([
    Campaign.findById(trigger.campaign).lean<CampaignRecord>(),
    Track.findOne({ _id: trigger.track, ...notRemoved }).lean<TrackRecord>(),
    trigger.cadence ? findCadence(trigger.cadence) : null,
  ]);
  if (!campaign) throw new NotFound('There is no such campaign.');
  const steps = cadence ? await readSteps(cadence) : [];
  const hash = triggerHashOf(trigger, cadence ? seenStepsOf(steps) : '');
  const ask = campaign.asks.find(({ _id }) => trigger.ask?.equals(_id))?.title ?? null;
  return {
    trigger,
    campaign,
    track,
    milestone: track?.milestones.find(({ _id }) => _id.equals(trigger.milestone)) ?? null,
    plan: cadence && { cadence, steps, ask },
    hash,
    approval: approvalStateOf(trigger, { hash, approvalRule: sendingOf(campaign).approval }),
  };
}

/** The calendar day where the campaign is. */
export const todayIn = ({ campaign }: Pick<ReadTrigger, 'campaign'>, now: Date): Day =>
  dayOf(now, campaign.timeZone);

/** Staff and partners are in many places: for them weekends are left out, and nothing else. */
export const campaignPlace = ({ campaign }: Pick<ReadTrigger, 'campaign'>): Place => ({
  timeZone: campaign.timeZone,
});

/** Its day by the calendar of a place, or why it has none, whatever the reason. */
export function dayFor(read: ReadTrigger, place: Place, now: Date): TriggerDay {
  const { trigger, track, milestone, plan } = read;
  if (trigger.removedAt) return { rests: 'It was removed.' };
  if (trigger.pausedAt) return { rests: 'It is paused.' };
  if (!track || !milestone) return { rests: 'It rests: the milestone is not there any more.' };
  if (plan && plan.ask === null) return { rests: 'It rests: the ask is not in the campaign any more.' };
  return dayOfTrigger(trigger, milestone, { track, place, today: todayIn(read, now) });
}
