import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { ApprovalRule } from '../campaigns/campaign.rules.js';
import { sendingOf } from '../campaigns/campaigns.js';
import { addressInWords, type Address } from '../mail/message.js';
import { contentHashOf, type Content } from './follow-up.rules.js';

type Saved = Content & { holderName: string; problems: readonly string[]; trigger?: unknown };
type Saving = { by: Types.ObjectId; at: Date; from: Address };

/** What a trigger set in motion waits for a person always: nobody may have been there when the day came. */
export const approvalRuleFor = ({ trigger }: { trigger?: unknown }, rule: ApprovalRule): ApprovalRule =>
  trigger && rule === 'none' ? 'one' : rule;

/** An approval of everything that would leave now. */
export const approvalOf = (content: Content, { by, at, from }: Saving) => ({
  by,
  at,
  contentHash: contentHashOf(content, from),
  from: addressInWords(from),
});

/** What is saved waits for approval, unless the campaign asks for none and nothing is wrong with it. */
export function approvalBySaving(content: Saved, campaign: Partial<CampaignRecord>, saving: Saving) {
  const complete = content.problems.length === 0 && content.to.address && content.holderName;
  if (approvalRuleFor(content, sendingOf(campaign).approval) !== 'none' || !complete)
    return { state: 'planned' as const, approval: null };
  return { state: 'scheduled' as const, approval: approvalOf(content, saving) };
}
