import type { Types } from 'mongoose';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { Sending } from '../campaigns/campaigns.js';
import type { EntryRecord } from '../history/entry.model.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import type { FollowUpRecord } from './follow-up.model.js';
import type { Earlier } from './gated.js';

/** What is read of the recipient of a follow-up, and of everything around it, for the gate. */
export type Asked = {
  _id: Types.ObjectId;
  organisation: Types.ObjectId;
  organisationName: string;
  pausedAt?: RecipientRecord['pausedAt'];
  pauseReason?: RecipientRecord['pauseReason'];
  unreadMail?: RecipientRecord['unreadMail'];
  offices: Pick<OfficeRecord, 'title' | 'email' | 'holders' | 'timeZone' | 'country' | 'closed'>[];
  campaigns: Partial<Pick<CampaignRecord, 'liveSince' | keyof Sending>>[];
  engagement?: RecipientRecord['engagement'];
  delivery?: RecipientRecord['delivery'];
  promisedFor?: RecipientRecord['promisedFor'];
  followups: (Earlier & Pick<FollowUpRecord, '_id' | 'cadence' | 'sentAt' | 'to' | 'response' | 'claim'>)[];
  entries: EntryRecord[];
};

/**
 * Recipient, office, campaign, and what happened since, in one command, so that it is true of one instant.
 * @param earliest an entry, and what superseded it later, counts from the planning on: what was known before was taken into account
 */
export function askAbout(followUps: readonly FollowUpRecord[], earliest: Date): Promise<Asked[]> {
  return Recipient.aggregate<Asked>([
    { $match: { _id: { $in: followUps.map(({ recipient }) => recipient) } } },
    { $project: ofRecipient },
    lookUp('offices', 'office', '_id', {
      title: 1,
      email: 1,
      holders: 1,
      timeZone: 1,
      country: 1,
      closed: 1,
    }),
    lookUp('campaigns', 'campaign', '_id', sending),
    lookUp('followups', '_id', 'recipient', earlier, {
      $or: [{ state: { $in: [...wentOrMayHave, 'failed'] } }, { cadence: { $ne: null } }],
    }),
    lookUp('entries', '_id', 'recipient', facts, { recordedAt: { $gte: earliest } }),
  ]).exec();
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
} as const;
const sending = {
  liveSince: 1,
  window: 1,
  latestHours: 1,
  mostPerDay: 1,
  approval: 1,
  approvalDays: 1,
} as const;
export const wentOrMayHave: FollowUpRecord['state'][] = ['sending', 'sent', 'uncertain'];
const earlier = {
  state: 1,
  step: 1,
  revision: 1,
  subject: 1,
  text: 1,
  cadence: 1,
  sentAt: 1,
  to: 1,
  response: 1,
  'claim.stopped': 1,
  'claim.stoppedAs': 1,
} as const;
const facts = {
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  recordedAt: 1,
  supersedes: 1,
  incoming: 1,
} as const;

const lookUp = (
  from: 'offices' | 'campaigns' | 'entries' | 'followups',
  localField: string,
  foreignField: string,
  fields: Record<string, 1>,
  filter: Record<string, unknown> = {},
) => ({
  $lookup: { from, localField, foreignField, as: from, pipeline: [{ $match: filter }, { $project: fields }] },
});
