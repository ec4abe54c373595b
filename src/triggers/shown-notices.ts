import type { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { sendingOf } from '../campaigns/campaigns.js';
import { dayOf } from '../dates.js';
import { approvalStateOf, triggerHashOf } from './approval.rules.js';
import { Firing } from './firing.model.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';

/** The triggers whose notice the partners of a campaign see now: shown once, approved as it stands, not paused, not over. */
export async function shownNotices(campaign: Types.ObjectId, now: Date): Promise<TriggerRecord[]> {
  const shown = { campaign, effect: 'show notice', state: 'done' } as const;
  const firings = await Firing.find(shown, { trigger: 1 }).sort({ at: -1 }).lean();
  if (firings.length === 0) return [];
  const [of, triggers] = await Promise.all([
    Campaign.findById(campaign).lean<CampaignRecord>(),
    Trigger.find({
      _id: { $in: firings.map(({ trigger }) => trigger) },
      removedAt: null,
      pausedAt: null,
    }).lean<TriggerRecord[]>(),
  ]);
  const today = dayOf(now, of!.timeZone);
  const approvalRule = sendingOf(of!).approval;
  return firings
    .flatMap(({ trigger }) => triggers.find(({ _id }) => _id.equals(trigger)) ?? [])
    .filter(({ until }) => !until || until >= today)
    .filter((one) => approvalStateOf(one, { hash: triggerHashOf(one, ''), approvalRule }) === 'approved');
}

/** What whoever changes a milestone is told where partners read a notice that it set in motion; nothing where they read none. */
export async function noticeShownFor(milestone: Types.ObjectId, now: Date): Promise<string> {
  const campaigns = await Trigger.distinct('campaign', { milestone, effect: 'show notice', removedAt: null });
  const shown = await Promise.all(campaigns.map((campaign) => shownNotices(campaign, now)));
  return shown.flat().some((trigger) => trigger.milestone.equals(milestone)) ? READ_THE_NOTICE : '';
}

const READ_THE_NOTICE =
  ' Partners read a notice about it, which stays as it is: see under “Set something in motion” whether its words still hold.';
