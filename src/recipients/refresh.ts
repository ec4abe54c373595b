import type { Types } from 'mongoose';
import { Entry, type EntryRecord } from '../history/entry.model.js';
import { isContact, standing } from '../history/entry.rules.js';
import { pastDeadlocks } from '../database.js';
import { ofEach, updateEach } from '../update-each.js';
import { Recipient } from './recipient.model.js';
import { statusOf } from './recipient.rules.js';

export type Facts = Pick<
  EntryRecord,
  '_id' | 'recipient' | 'kind' | 'direction' | 'receivedAs' | 'occurredAt' | 'precision' | 'supersedes'
>;

export const facts = {
  recipient: 1,
  kind: 1,
  direction: 1,
  receivedAs: 1,
  occurredAt: 1,
  precision: 1,
  supersedes: 1,
} as const;

/** What the entries of one recipient amount to. */
export function derive(entries: readonly Facts[]) {
  const counting = standing(entries);
  const contacts = counting
    .filter(isContact)
    .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  const [first, last] = [contacts.at(0), contacts.at(-1)];
  const contactsOut = contacts.filter(({ direction }) => direction === 'out').length;
  return {
    status: statusOf(counting),
    firstContactAt: first?.occurredAt ?? null,
    firstContactPrecision: first?.precision ?? null,
    lastContactAt: last?.occurredAt ?? null,
    lastContactPrecision: last?.precision ?? null,
    contactsOut,
    contactsIn: contacts.length - contactsOut,
    entriesCounted: entries.length,
  };
}

/** Writes the derived copies of these recipients anew. Entries only ever grow, so the larger count is the later truth. */
export async function refreshRecipients(ids: readonly Types.ObjectId[]): Promise<void> {
  if (ids.length === 0) return;
  const histories = await Entry.collection
    // one record for each recipient: unpacking them one by one costs several times as much
    .aggregate<{ _id: Types.ObjectId; entries: Facts[] }>([
      { $match: { recipient: { $in: ids } } },
      { $project: facts },
      { $group: { _id: '$recipient', entries: { $push: '$$ROOT' } } },
    ])
    .toArray();
  const entriesOf = new Map(histories.map(({ _id, entries }) => [String(_id), entries]));
  const changes = ids.map((_id) => ({ _id, set: derive(entriesOf.get(String(_id)) ?? []) }));
  const counted = changes.map(({ set }) => set.entriesCounted);
  const notNewer = { $expr: { $lte: ['$entriesCounted', ofEach(changes, counted)] } };
  await pastDeadlocks(() => updateEach(Recipient, changes, notNewer));
}
