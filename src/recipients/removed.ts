import type { Types } from 'mongoose';
import { evenRemoved, type RemovedRecord } from '../removal.model.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';

/**
 * They are few, and have an index of their own. Asked whether the field is there, the engine goes through all recipients of a
 * campaign as well.
 */
export const wereRemoved = { 'removed.at': { $gt: new Date(0) } };

const shown = { organisationName: 1, officeTitle: 1, removed: 1 } as const;
export type RemovedRecipient = Pick<RecipientRecord, '_id' | 'organisationName' | 'officeTitle'> & {
  removed: RemovedRecord;
};

/** The recipients that were removed from a campaign, the latest first. */
export const listRemovedRecipients = (campaign: Types.ObjectId): Promise<RemovedRecipient[]> =>
  Recipient.find({ campaign, ...wereRemoved }, shown, evenRemoved)
    .sort({ 'removed.at': -1 })
    .lean<RemovedRecipient[]>()
    .exec();

/** Those of these recipients that were removed, as text. */
export async function removedAmong(ids: readonly (Types.ObjectId | string)[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const found = await Recipient.find(
    { _id: { $in: [...new Set(ids.map(String))] }, ...wereRemoved },
    { _id: 1 },
    evenRemoved,
  ).lean();
  return new Set(found.map(({ _id }) => String(_id)));
}

/** The recipients that were removed, of all campaigns. */
export const removedIds = async (): Promise<Types.ObjectId[]> =>
  (await Recipient.find(wereRemoved, { _id: 1 }, evenRemoved).lean()).map(({ _id }) => _id);

/** For lists and counts of follow-ups: what was cancelled or captured for somebody who was removed stands in none of them. */
export async function toNobodyRemoved(): Promise<{ recipient?: { $nin: Types.ObjectId[] } }> {
  const ids = await removedIds();
  return ids.length > 0 ? { recipient: { $nin: ids } } : {};
}

/** Something happened with these recipients at the very moment in which they were removed: they were no mistake. */
export async function takeBackRemoval(ids: readonly Types.ObjectId[]): Promise<void> {
  await Recipient.updateMany(
    { _id: { $in: [...ids] }, ...wereRemoved },
    { $set: { removed: null } },
  ).setOptions(evenRemoved);
}
