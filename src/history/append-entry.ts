import { Types } from 'mongoose';
import { isDuplicate, pastDeadlocks } from '../database.js';
import { byId, groupBy } from '../group-by.js';
import { refreshRecipients } from '../recipients/refresh.js';
import { takeBackRemoval } from '../recipients/removed.js';
import { createOnce } from '../stored-once.js';
import { countActivity } from './activity.model.js';
import { Entry, type EntryRecord } from './entry.model.js';

export type NewEntry = Partial<Omit<EntryRecord, '_id'>> &
  Pick<
    EntryRecord,
    'campaign' | 'recipient' | 'kind' | 'direction' | 'occurredAt' | 'precision' | 'recordedAt'
  >;

/**
 * The one way anything gets into history: the fact first, then the copies that lists show.
 * @returns the entry's id, the same where a form was sent twice; null when the follow-up or incoming mail has its entry, or the note
 * that settles it, already
 */
export async function appendEntry(entry: NewEntry): Promise<Types.ObjectId | null> {
  const replaced = entry.supersedes ? await Entry.findById(entry.supersedes).lean<EntryRecord>() : null;
  try {
    const { _id, isFirst } = await createOnce(
      Entry,
      entry,
      (mark) => Entry.create({ ...entry, ...mark }),
      (first) => isUndone(first, entry),
    );
    if (isFirst) {
      await takeBackRemoval([entry.recipient]);
      await countActivity(entry.campaign, [entry], replaced ? [replaced] : []);
    }
    await refreshRecipients([entry.recipient]);
    return _id;
  } catch (error) {
    if (isDuplicate(error) && (entry.followUp || entry.settles || entry.placement)) return null;
    throw error;
  }
}

/** Was it corrected or taken back since, or the closing of a matter undone by its reopening? */
async function isUndone(first: Types.ObjectId, { kind, recipient }: NewEntry): Promise<boolean> {
  const reopened = { recipient, kind: 'reopening', _id: { $gt: first } } as const;
  const undoing = kind === 'closing' ? { $or: [{ supersedes: first }, reopened] } : { supersedes: first };
  return (await Entry.exists(undoing)) !== null;
}

/** What the model would fill in: many are not stored by way of it, which takes longer than all that follows from them. */
const unsaid = { who: '', channel: '', text: '', attachments: [] as never };

/** The same for many that correct nothing, in as few commands as for one. Those that are there already are left out. */
export async function appendEntries(entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const added = await insertNew(entries.map((entry) => ({ _id: new Types.ObjectId(), ...unsaid, ...entry })));
  for (const ofCampaign of groupBy(added, ({ campaign }) => String(campaign)).values())
    await countActivity(ofCampaign[0]!.campaign, ofCampaign);
  const recipients = new Map(entries.map(({ recipient }) => [String(recipient), recipient]));
  await takeBackRemoval([...recipients.values()]);
  await refreshRecipients([...recipients.values()]);
}

async function insertNew<E extends NewEntry & { _id: Types.ObjectId }>(entries: readonly E[]): Promise<E[]> {
  // what is in history stays there
  if (entries.some(({ occurredAt }) => Number.isNaN(occurredAt.getTime())))
    throw new TypeError('An entry has to have happened at some time.');
  try {
    await pastDeadlocks(() => Entry.collection.insertMany([...entries], { ordered: false }));
    return [...entries];
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const there = byId(await Entry.find({ _id: { $in: entries.map(({ _id }) => _id) } }, { _id: 1 }).lean());
    return entries.filter(({ _id }) => there.has(String(_id)));
  }
}
