import { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { byId, groupBy } from '../group-by.js';
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

/** The same for many that correct nothing, in as few commands as for one. Those that are there already are left out. */
export async function appendEntries(entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const added = await insertNew(entries.map((entry) => ({ _id: new Types.ObjectId(), ...entry })));
  for (const ofCampaign of groupBy(added, ({ campaign }) => String(campaign)).values())
    await countActivity(ofCampaign[0]!.campaign, ofCampaign);
  const recipients = new Map(entries.map(({ recipient }) => [String(recipient), recipient]));
  await refreshRecipients([...recipients.values()]);
}

async function insertNew<E extends NewEntry & { _id: Types.ObjectId }>(entries: readonly E[]): Promise<E[]> {
  try {
    await Entry.insertMany(entries, { ordered: false, throwOnValidationError: true });
    return [...entries];
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const there = byId(await Entry.find({ _id: { $in: entries.map(({ _id }) => _id) } }, { _id: 1 }).lean());
    return entries.filter(({ _id }) => there.has(String(_id)));
  }
}
