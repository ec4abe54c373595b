import { saying, writeAnew } from '../cadences/write-anew.js';
import type { Deps } from '../deps.js';
import type { MergeField } from '../follow-ups/merge-fields.js';
import { asksInWords } from '../follow-ups/merge-values.js';
import type { CampaignRecord } from './campaign.model.js';
import { findCampaign } from './campaigns.js';

/**
 * What is planned has the title and the asks that a campaign has by now.
 * @param before the campaign as it was before it was saved
 * @returns a sentence for whoever saved it, where anything that says them is ahead
 */
export async function writeAnewAfter(before: CampaignRecord, deps: Deps): Promise<string> {
  const now = await findCampaign(before._id);
  const changed: MergeField[] = [];
  if (now.title !== before.title) changed.push('campaign');
  if (asksInWords(now.asks) !== asksInWords(before.asks)) changed.push('asks');
  return changed.length === 0 ? '' : writeAnew({ campaign: now._id, ...saying(changed) }, deps);
}
