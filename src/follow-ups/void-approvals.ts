import type { QueryFilter } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { approvalHolds, type ApprovalRule } from '../campaigns/campaign.rules.js';
import { sendingOf } from '../campaigns/campaigns.js';
import { addressInWords, type Address } from '../mail/message.js';
import type { FollowUpRecord } from './follow-up.model.js';

/*
 * `void-approval.rules.ts` as filters, for lists. Of what would leave they compare the sender alone with what was approved: it is
 * a setting, and whatever else changes a message takes its approval back.
 */

type Filter = QueryFilter<FollowUpRecord>;
type Campaign = Partial<Pick<CampaignRecord, 'approval' | 'approvalDays'>>;

/**
 * Some follow-ups of a campaign: `of` finds them; for how long, in ms, their approval holds; `wrong`: which was not given by whom
 * it takes, or for another sender.
 */
export type HowApproved = { of: Filter; holds: number; wrong: Filter };

/** Longer than anything is planned ahead, in ms; a filter cannot count with infinity. */
const ENDLESS = 36_500 * 86_400_000;

const byItsAuthor = { $expr: { $eq: ['$approval.by', '$plannedBy'] } };
const byWrong: Record<ApprovalRule, Filter> = {
  none: { _id: { $in: [] } },
  one: { ...byItsAuthor, 'approval.read': { $ne: true } },
  'four eyes': byItsAuthor,
};

/** Each of a campaign's follow-ups is in one of these: what a trigger set in motion is approved by a person always. */
export function howApproved(campaign: Campaign, from: Address): HowApproved[] {
  const { approval, approvalDays } = sendingOf(campaign);
  const forAnother: Filter = { 'approval.from': { $exists: true, $ne: addressInWords(from) } };
  const how = (approvalRule: ApprovalRule, of: Filter): HowApproved => ({
    of,
    holds: Math.min(approvalHolds({ approvalRule, approvalDays }), ENDLESS),
    wrong: { $or: [byWrong[approvalRule], forAnother] },
  });
  return approval === 'none'
    ? [how('none', { trigger: null }), how('one', { trigger: { $ne: null } })]
    : [how(approval, {})];
}

export const later = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

/** An approval that is over at this instant. */
export const expiredBy = (instant: Date, holds: number): Filter => ({
  'approval.at': { $lt: later(instant, -holds) },
});

export const endsBeforeItLeaves = (holds: number): Filter => ({
  $expr: { $gt: [{ $subtract: ['$nextAttemptAt', '$approval.at'] }, holds] },
});

/** What is approved and would not leave as it is, where an approval given now would hold until it does. */
export const toApproveAgain = (campaign: Campaign, from: Address, now: Date): Filter => ({
  state: 'scheduled',
  $or: howApproved(campaign, from).map(({ of, holds, wrong }) => ({
    ...of,
    nextAttemptAt: { $lte: later(now, holds) },
    $or: [wrong, expiredBy(now, holds), endsBeforeItLeaves(holds)],
  })),
});
