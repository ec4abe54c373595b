import type { Types } from 'mongoose';
import { Activity, type ActivityRecord } from '../history/activity.model.js';
import { countStanding, listRecipients } from '../recipients/recipient-list.js';

/** Where the recipients of a campaign stand: how many where, the first page of them, and contact by week. */
export async function readStanding(campaign: Types.ObjectId, now: Date) {
  const [counts, page, activity] = await Promise.all([
    countStanding(campaign),
    listRecipients(campaign, { page: 1 }, now),
    Activity.findOne({ campaign }, { out: 1, in: 1 }).lean<ActivityRecord>(),
  ]);
  return { counts, page, activity };
}
