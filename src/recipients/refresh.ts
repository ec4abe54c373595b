import type { Types } from 'mongoose';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { isContact, standing } from '../history/entry.rules.js';
import { groupBy } from '../group-by.js';
import { Recipient } from './recipient.model.js';
import { statusOf } from './recipient.rules.js';

type Facts = Pick<EntryRecord, '_id' | 'recipient' | 'kind' | 'direction' | 'receivedAs' | 'occurredAt' | 'supersedes'>;

const facts = { recipient: 1, kind: 1, direction: 1, receivedAs: 1, occurredAt: 1, supersedes: 1 } as const;

/** What the entries of one recipient amount to. */
export function derive(entries: readonly Facts[]) {
  const counting = standing(entries);
  const contacts = counting.filter(isContact).map(({ occurredAt }) => occurredAt.getTime());
  return {
    status: statusOf(counting),
    lastContactAt: contacts.length > 0 ? new Date(Math.max(...contacts)) : null,
    entriesCounted: entries.length,
  };
}

/** Writes the derived copies of these recipients anew. Entries only ever grow, so the larger count is the later truth. */
export async function refreshRecipients(ids: readonly Types.ObjectId[]): Promise<void> {
  if (ids.length === 0) return;
  const entries = await Entry.find({ recipient: { $in: ids } }, facts).lean<Facts[]>();
  const byRecipient = groupBy(entries, ({ recipient }) => String(recipient));
  await Recipient.bulkWrite(
    ids.map((_id) => {
      const derived = derive(byRecipient.get(String(_id)) ?? []);
      return { updateOne: { filter: { _id, entriesCounted: { $lte: derived.entriesCounted } }, update: { $set: derived } } };
    }),
    { ordered: false },
  );
}
