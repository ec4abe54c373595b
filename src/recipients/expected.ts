import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { byId } from '../group-by.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import type { Expected } from './acknowledgement.rules.js';
import { Recipient } from './recipient.model.js';

/**
 * Within how many working days, and on which calendar, an acknowledgement is expected of these recipients, by their id.
 * Those whose campaign expects none are left out, and so are those whose office is gone.
 */
export async function readExpected(ids: readonly Types.ObjectId[]): Promise<Map<string, Expected>> {
  const campaigns = await Campaign.find(
    { acknowledgementDays: { $gte: 1 } },
    { acknowledgementDays: 1 },
  ).lean();
  if (campaigns.length === 0) return new Map();
  const recipients = await Recipient.find(
    { _id: { $in: ids }, campaign: { $in: campaigns.map(({ _id }) => _id) } },
    { campaign: 1, office: 1 },
  ).lean();
  const offices = await Office.find(
    { _id: { $in: recipients.map(({ office }) => office) } },
    { timeZone: 1, country: 1 },
  ).lean<Pick<OfficeRecord, '_id' | 'timeZone' | 'country'>[]>();
  const [campaignOf, officeOf] = [byId(campaigns), byId(offices)];
  const expected = new Map<string, Expected>();
  for (const { _id, campaign, office } of recipients) {
    const place = officeOf.get(String(office));
    const days = campaignOf.get(String(campaign))?.acknowledgementDays;
    if (place && days) expected.set(String(_id), { days, place });
  }
  return expected;
}
