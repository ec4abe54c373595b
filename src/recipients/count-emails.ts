import type { Types } from 'mongoose';
import { groupBy } from '../group-by.js';
import { Entry } from '../history/entry.model.js';
import { ofEach, updateEach } from '../update-each.js';
import { afterEmail, type LastContact } from './after-email.rules.js';
import { Recipient } from './recipient.model.js';
import { refreshRecipients } from './refresh.js';

export type Emailed = { recipient: Types.ObjectId; sentAt: Date };

/**
 * Brings the copies of these recipients up to date after emails of ours that history holds already. To read a whole history for
 * one more email costs a third of what sending it does: where nothing else follows from it, it is added to what is counted.
 */
export async function countEmails(emails: readonly Emailed[]): Promise<void> {
  if (emails.length === 0) return;
  const byRecipient = groupBy(emails, ({ recipient }) => String(recipient));
  const ids = [...byRecipient.values()].map(([first]) => first!.recipient);
  // counted before the copies are read: whoever adds an entry after that reads the whole history, this email included
  const inHistory = await countEntries(ids);
  const found = await Recipient.find({ _id: { $in: ids } }, copies).lean();
  const added = found.flatMap((recipient) => {
    const [email, another] = byRecipient.get(String(recipient._id))!;
    const isNext = inHistory.get(String(recipient._id)) === (recipient.entriesCounted ?? 0) + 1;
    const change = another || !isNext ? null : afterEmail(recipient, email!.sentAt);
    return change ? [{ _id: recipient._id, counted: recipient.entriesCounted ?? 0, change }] : [];
  });
  const complete = await add(added);
  const done = new Set(complete ? added.map(({ _id }) => String(_id)) : []);
  await refreshRecipients(ids.filter((id) => !done.has(String(id))));
}
const copies = {
  delivery: 1,
  clockStartedAt: 1,
  lastContactAt: 1,
  contactsOut: 1,
  entriesCounted: 1,
} as const;

type Added = { _id: Types.ObjectId; counted: number; change: LastContact };

/** @returns false where the copies of one of them changed meanwhile, and its own are not written */
async function add(added: readonly Added[]): Promise<boolean> {
  if (added.length === 0) return true;
  const counted = added.map((one) => one.counted);
  const asRead = { $expr: { $eq: ['$entriesCounted', ofEach(added, counted)] } };
  const changes = added.map(({ _id, counted: before, change }) => ({
    _id,
    set: { ...change, entriesCounted: before + 1 },
  }));
  return (await updateEach(Recipient, changes, asRead)) === added.length;
}

/** How many entries history holds of these recipients, by their id; none where it holds none. */
export async function countEntries(recipients: readonly Types.ObjectId[]): Promise<Map<string, number>> {
  const counts = await Entry.collection
    .aggregate<{ _id: Types.ObjectId; count: number }>([
      { $match: { recipient: { $in: recipients } } },
      { $group: { _id: '$recipient', count: { $sum: 1 } } },
    ])
    .toArray();
  return new Map(counts.map(({ _id, count }) => [String(_id), count]));
}
