import type { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { refreshRecipients } from '../recipients/refresh.js';
import { countActivity } from './activity.model.js';
import { Entry, type EntryRecord } from './entry.model.js';

export type NewEntry = Partial<Omit<EntryRecord, '_id'>> &
  Pick<
    EntryRecord,
    'campaign' | 'recipient' | 'kind' | 'direction' | 'occurredAt' | 'precision' | 'recordedAt'
  >;

/**
 * The one way anything gets into history: the fact first, then the copies that lists show.
 * @returns the new entry's id, or null when the follow-up or incoming mail has its entry, or the note that settles it, already
 */
export async function appendEntry(entry: NewEntry): Promise<Types.ObjectId | null> {
  const replaced = entry.supersedes ? await Entry.findById(entry.supersedes).lean<EntryRecord>() : null;
  try {
    const { _id } = await Entry.create(entry);
    await countActivity(entry.campaign, [entry], replaced ? [replaced] : []);
    await refreshRecipients([entry.recipient]);
    return _id;
  } catch (error) {
    if (isDuplicate(error) && (entry.followUp || entry.settles || entry.placement)) return null;
    throw error;
  }
}
