import type { Types } from 'mongoose';
import { Campaign, type CampaignRecord } from '../campaigns/campaign.model.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { Recipient } from '../recipients/recipient.model.js';
import { byId } from '../group-by.js';
import { named, nameOf, type Named } from './late-recipients.js';
import { COUNTED_FOR_DAYS, DAY_MS, isToldWith, type End, type Untold } from './news.rules.js';
import { whoIsTold, type Staff } from './reminder.rules.js';

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
  settledAs: End;
  toldTo?: Types.ObjectId[];
};

/**
 * What was settled until `now` and not told to everybody whose it is, in the order it happened. Rows settled before
 * this was noted have no `settledAt` and are not found; those a person has dealt with since are no news any more.
 */
export async function findUntold(staff: readonly Staff[], now: Date): Promise<Untold[]> {
  const since = new Date(now.getTime() - COUNTED_FOR_DAYS * DAY_MS);
  const found = await FollowUp.find({ settledAt: { $gte: since, $lte: now }, toldAt: null }, shown)
    .sort({ settledAt: 1 })
    .lean<Row[]>();
  const rows = found.filter(({ state, settledAs }) => state === settledAs);
  if (rows.length === 0) return [];
  const [recipients, campaigns] = await Promise.all([
    Recipient.find({ _id: { $in: rows.map(({ recipient }) => recipient) } }, named).lean<Named[]>(),
    Campaign.find({}, { owner: 1 }).lean<Pick<CampaignRecord, '_id' | 'owner'>[]>(),
  ]);
  const recipientOf = byId(recipients);
  const campaignOf = byId(campaigns);
  return rows.map(({ _id, campaign, recipient: id, subject, stateReasons, settledAt, settledAs, toldTo }) => {
    const recipient = recipientOf.get(String(id)) ?? null;
    return {
      id: String(_id),
      recipient: recipient ? nameOf(recipient) : 'A recipient',
      subject,
      end: settledAs,
      at: settledAt,
      reasons: stateReasons,
      readers: whoIsTold(recipient, campaignOf.get(String(campaign)) ?? null, staff),
      toldTo: (toldTo ?? []).map(String),
    };
  });
}

/**
 * Writes down that `reader` has been told of these, which were settled until `now`: what came to another end meanwhile
 * is news again.
 */
export async function markTold(untold: readonly Untold[], reader: string, now: Date): Promise<void> {
  const asFound = (rows: readonly Untold[]) => ({
    _id: { $in: rows.map(({ id }) => id) },
    settledAt: { $lte: now },
  });
  const toAll = untold.filter((row) => isToldWith(reader, row));
  const toSome = untold.filter((row) => !isToldWith(reader, row));
  if (toAll.length > 0) await FollowUp.updateMany(asFound(toAll), { $set: { toldAt: now } });
  if (toSome.length > 0) await FollowUp.updateMany(asFound(toSome), { $addToSet: { toldTo: reader } });
}
