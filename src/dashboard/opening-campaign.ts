import type { Types } from 'mongoose';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { Recipient } from '../recipients/recipient.model.js';

type Some = { _id: Types.ObjectId };

/**
 * The campaign that the first page shows unless one is asked for: the one that this person looked at last, otherwise the one
 * with the latest history. One without recipients, such as a draft that somebody else began, shows only where all are.
 * @param campaigns the latest first
 * @param lookedAt the id of the one that they looked at last
 */
export async function openingCampaign<C extends Some>(
  campaigns: readonly C[],
  lookedAt?: string,
): Promise<C | null> {
  if (campaigns.length < 2) return campaigns[0] ?? null;
  const last = campaigns.find(({ _id }) => String(_id) === lookedAt);
  if (last && (await hasRecipients(last))) return last;
  return (await withLatestHistory(campaigns)) ?? (await withRecipients(campaigns)) ?? last ?? campaigns[0]!;
}

const hasRecipients = async ({ _id: campaign }: Some): Promise<boolean> =>
  (await Recipient.exists({ campaign })) !== null;

async function withRecipients<C extends Some>(campaigns: readonly C[]): Promise<C | undefined> {
  const have = await Promise.all(campaigns.map(hasRecipients));
  return campaigns.find((_, i) => have[i]);
}

/** One look into an index for each: all of history is too much to sort. */
async function withLatestHistory<C extends Some>(campaigns: readonly C[]): Promise<C | undefined> {
  const latest = await Promise.all(
    campaigns.map(async (campaign) => ({
      campaign,
      entry: await Entry.findOne({ campaign: campaign._id }, { occurredAt: 1 })
        .sort({ occurredAt: -1 })
        .lean<Pick<EntryRecord, 'occurredAt'>>(),
    })),
  );
  const known = latest.flatMap(({ campaign, entry }) => (entry ? [{ campaign, at: entry.occurredAt }] : []));
  return known.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]?.campaign;
}
