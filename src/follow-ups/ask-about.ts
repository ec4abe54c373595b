import type { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import type { Sending } from '../campaigns/campaigns.js';
import { byId, groupBy } from '../group-by.js';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { evenRemoved } from '../removal.model.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import type { Earlier } from './gated.js';

/** What is read of the recipient of a follow-up, and of everything around it, for the gate. */
export type Asked = Omit<Pick<RecipientRecord, '_id' | keyof typeof ofRecipient>, 'office' | 'campaign'> & {
  office: OfficeFacts | undefined;
  campaign: CampaignFacts | undefined;
  followUps: FollowUpFacts[];
  entries: EntryFacts[];
};
type OfficeFacts = Pick<OfficeRecord, '_id' | keyof typeof ofOffice>;
type CampaignFacts = Partial<Pick<CampaignRecord, 'title' | 'asks' | 'liveSince' | keyof Sending>>;
type FollowUpFacts = Earlier &
  Pick<FollowUpRecord, '_id' | 'recipient' | 'cadence' | 'sentAt' | 'to' | 'response' | 'claim'>;
type EntryFacts = Pick<EntryRecord, '_id' | keyof typeof facts>;

/**
 * The recipient first, even one that was removed, and then what is around it: a flag there, such as unread mail, is lifted only once
 * the fact it stood for is on record, so whoever sees no flag sees the fact. One command that joins them all costs the engine five
 * times as much.
 * @param earliest an entry, and what superseded it later, counts from the planning on: what was known before was taken into account
 */
export async function askAbout(concerned: readonly FollowUpRecord[], earliest: Date): Promise<Asked[]> {
  const recipients = await Recipient.find(
    { _id: { $in: concerned.map(({ recipient }) => recipient) } },
    ofRecipient,
    evenRemoved,
  ).lean();
  const ids = recipients.map(({ _id }) => _id);
  const [offices, campaigns, followUps, entries] = await Promise.all([
    Office.find({ _id: { $in: recipients.map(({ office }) => office) } }, ofOffice).lean(),
    Campaign.find({ _id: { $in: recipients.map(({ campaign }) => campaign) } }, ofCampaign).lean(),
    FollowUp.find({ recipient: { $in: ids }, ...mattering }, earlier).lean<FollowUpFacts[]>(),
    Entry.find({ recipient: { $in: ids }, recordedAt: { $gte: earliest } }, facts).lean<EntryFacts[]>(),
  ]);
  const [officeOf, campaignOf] = [byId(offices), byId(campaigns)];
  const [followUpsOf, entriesOf] = [byRecipient(followUps), byRecipient(entries)];
  return recipients.map((recipient) => ({
    ...recipient,
    office: officeOf.get(String(recipient.office)),
    campaign: campaignOf.get(String(recipient.campaign)),
    followUps: followUpsOf.get(String(recipient._id)) ?? [],
    entries: entriesOf.get(String(recipient._id)) ?? [],
  }));
}

const ofRecipient = {
  organisation: 1,
  organisationName: 1,
  office: 1,
  campaign: 1,
  engagement: 1,
  delivery: 1,
  promisedFor: 1,
  pausedAt: 1,
  pauseReason: 1,
  unreadMail: 1,
  removed: 1,
} as const;
const ofOffice = { title: 1, email: 1, holders: 1, timeZone: 1, country: 1, closed: 1 } as const;
const ofCampaign = {
  title: 1,
  'asks.title': 1,
  'asks.text': 1,
  liveSince: 1,
  window: 1,
  latestHours: 1,
  mostPerDay: 1,
  approval: 1,
  approvalDays: 1,
} as const;
export const wentOrMayHave: FollowUpRecord['state'][] = ['sending', 'sent', 'uncertain'];
const mattering = {
  $or: [
    { state: { $in: [...wentOrMayHave, 'failed'] as FollowUpRecord['state'][] } },
    { cadence: { $ne: null } },
  ],
};
const earlier = {
  recipient: 1,
  state: 1,
  step: 1,
  revision: 1,
  subject: 1,
  text: 1,
  cadence: 1,
  sentAt: 1,
  to: 1,
  response: 1,
  'claim.at': 1,
  'claim.stopped': 1,
  'claim.stoppedAs': 1,
} as const;
const facts = {
  recipient: 1,
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  recordedAt: 1,
  supersedes: 1,
  incoming: 1,
} as const;

const byRecipient = <T extends { recipient: Types.ObjectId }>(rows: readonly T[]): Map<string, T[]> =>
  groupBy(rows, ({ recipient }) => String(recipient));
