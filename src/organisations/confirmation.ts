import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { dayBefore, type Day } from '../dates.js';
import { NotFound } from '../errors.js';
import { FollowUp, standsIn, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates, followUpStateNames } from '../follow-ups/follow-up.rules.js';
import { byId } from '../group-by.js';
import { Recipient } from '../recipients/recipient.model.js';
import { User } from '../users/user.model.js';
import type { HolderRecord } from './change-holder.js';
import { namedInAddress } from './holder.rules.js';
import type { OfficeRecord } from './office.model.js';
import { holderOn } from './organisation.rules.js';

/** @throws NotFound */
export function holderOf({ holders }: Pick<OfficeRecord, 'holders'>, id: Types.ObjectId): HolderRecord {
  const holder = holders.find(({ _id }) => _id.equals(id));
  if (!holder) throw new NotFound('There is no such person.');
  return holder;
}

const NEXT = 10;

/** What a person who confirms a holder is shown beside the form. `today`: the calendar day where the office is. */
export async function readConfirmation(office: OfficeRecord, holder: HolderRecord, today: Day) {
  const recipients = await Recipient.find({ office: office._id }, { campaign: 1 }).lean();
  const [ahead, campaigns, confirmer] = await Promise.all([
    FollowUp.find(
      { recipient: { $in: recipients.map(({ _id }) => _id) }, ...standsIn(aheadStates) },
      { campaign: 1, subject: 1, state: 1, dueAt: 1, to: 1, cadence: 1 },
    )
      .sort({ dueAt: 1 })
      .limit(NEXT)
      .lean<FollowUpRecord[]>(),
    Campaign.find({ _id: { $in: recipients.map(({ campaign }) => campaign) } }, { title: 1 }).lean(),
    holder.confirmedBy && User.findById(holder.confirmedBy, { name: 1 }).lean(),
  ]);
  const titleOf = byId(campaigns);
  return {
    next: ahead.map((one) => ({ ...one, campaignTitle: titleOf.get(String(one.campaign))?.title ?? '' })),
    followUpStateNames,
    confirmerName: confirmer?.name ?? 'somebody',
    before: holderOn(office.holders, holder.from ? dayBefore(holder.from) : today),
    personalTo: personalTo(office, holder),
  };
}

/** The former holders in whose name the address seems to be; none of them has the name of the new one. */
function personalTo({ email, holders }: OfficeRecord, holder: HolderRecord): string[] {
  if (namedInAddress(email, [holder]).length > 0) return [];
  const others = holders.filter(({ _id }) => !_id.equals(holder._id));
  return [...new Set(namedInAddress(email, others).map(({ name }) => name))];
}
