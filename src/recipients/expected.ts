import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { byId } from '../group-by.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import type { Place } from '../working-days.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';

/**
 * What a campaign expects of a recipient, in working days of the recipient's calendar: an acknowledgement, an answer. Null
 * where it does not watch for that.
 */
export type Expected = {
  acknowledgementDays: number | null;
  lateAfter: number | null;
  veryLateAfter: number | null;
  place: Place;
};

/** What is expected of these recipients, by their id. Those whose office or campaign is gone are left out. */
export async function readExpected(ids: readonly Types.ObjectId[]): Promise<Map<string, Expected>> {
  const recipients = await Recipient.find({ _id: { $in: ids } }, { campaign: 1, office: 1 }).lean<
    Pick<RecipientRecord, '_id' | 'campaign' | 'office'>[]
  >();
  const [campaigns, offices] = await Promise.all([
    Campaign.find(
      { _id: { $in: recipients.map(({ campaign }) => campaign) } },
      { acknowledgementDays: 1, lateAfter: 1, veryLateAfter: 1 },
    ).lean(),
    Office.find(
      { _id: { $in: recipients.map(({ office }) => office) } },
      { timeZone: 1, country: 1, closed: 1 },
    ).lean<Pick<OfficeRecord, '_id' | 'timeZone' | 'country' | 'closed'>[]>(),
  ]);
  const [campaignOf, officeOf] = [byId(campaigns), byId(offices)];
  const expected = new Map<string, Expected>();
  for (const { _id, campaign, office } of recipients) {
    const place = officeOf.get(String(office));
    const rules = campaignOf.get(String(campaign));
    if (!place || !rules) continue;
    const { acknowledgementDays = null, lateAfter = null, veryLateAfter = null } = rules;
    expected.set(String(_id), { acknowledgementDays, lateAfter, veryLateAfter, place });
  }
  return expected;
}
