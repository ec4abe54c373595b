import type { Types } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { Recipient } from '../recipients/recipient.model.js';
import { toNobodyRemoved } from '../recipients/removed.js';
import { byId } from '../group-by.js';
import { named, nameOf, type Named } from '../attention/named.js';
import { untoldAt, type FollowUpEnd, type Untold } from './news.rules.js';
import { whoIsTold, type Staff } from '../attention/whose.rules.js';

const shown = {
  campaign: 1,
  recipient: 1,
  subject: 1,
  state: 1,
  stateReasons: 1,
  settledAt: 1,
  settledAs: 1,
  toldTo: 1,
} as const;
type Row = Pick<FollowUpRecord, '_id' | 'campaign' | 'recipient' | 'subject' | 'state' | 'stateReasons'> & {
  settledAt: Date;
  settledAs: FollowUpEnd;
  toldTo?: Types.ObjectId[];
};

/**
 * Follow-ups that were settled until `now` and not told to everybody whose they are. Rows settled before this was noted have
 * no `settledAt` and are not found; those a person has dealt with since are no news any more.
 */
export async function untoldFollowUps(staff: readonly Staff[], now: Date): Promise<Untold[]> {
  const found = await FollowUp.find({ ...untoldAt(now), ...(await toNobodyRemoved()) }, shown)
    .sort({ settledAt: 1 })
    .lean<Row[]>();
  const rows = found.filter(({ state, settledAs }) => state === settledAs);
  if (rows.length === 0) return [];
  const [recipients, campaigns] = await Promise.all([
    Recipient.find({ _id: { $in: rows.map(({ recipient }) => recipient) } }, named).lean<Named[]>(),
    Campaign.find({}, { owner: 1 }).lean(),
  ]);
  const recipientOf = byId(recipients);
  const campaignOf = byId(campaigns);
  return rows.map(({ _id, campaign, recipient: id, subject, stateReasons, settledAt, settledAs, toldTo }) => {
    const recipient = recipientOf.get(String(id)) ?? null;
    return {
      id: String(_id),
      about: recipient ? nameOf(recipient) : 'A recipient',
      subject: subject || 'No subject yet',
      end: settledAs,
      at: settledAt,
      reasons: stateReasons,
      readers: whoIsTold(recipient, campaignOf.get(String(campaign)) ?? null, staff),
      toldTo: (toldTo ?? []).map(String),
    };
  });
}
