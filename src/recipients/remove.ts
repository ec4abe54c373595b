import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { cancelOpen } from '../follow-ups/cancel.js';
import { findOffice, findOrganisation } from '../organisations/organisations.js';
import { takeBackRemovalsOf } from '../organisations/removed.js';
import { evenRemoved } from '../removal.model.js';
import { notRemovedAnyMore, removedBy, type Removing, type Writing } from '../removal.rules.js';
import { relistRecipients } from './listing.js';
import { Recipient } from './recipient.model.js';
import { findEvenRemoved, findRecipient } from './recipients.js';
import { removedInWords } from './removal.rules.js';
import { takeBackRemoval } from './removed.js';
import { readHappened } from './what-happened.js';

/**
 * A recipient with whom nothing happened is kept, and shown nowhere; what is planned for it is cancelled.
 * @returns how many follow-ups were cancelled @throws NotFound, or RuleBroken where something happened
 */
export async function removeRecipient(id: Types.ObjectId, removing: Removing): Promise<number> {
  await findRecipient(id);
  if ((await readHappened(id)).length > 0) throw new RuleBroken(HAPPENED);
  const reason = removedInWords(removing.why);
  // first: should the process end in between, nothing is planned for somebody whom no page shows
  const cancelled = await cancelOpen(id, reason);
  const { matchedCount } = await Recipient.updateOne({ _id: id }, { $set: { removed: removedBy(removing) } });
  if (matchedCount === 0) throw new RuleBroken('Somebody has removed it a moment ago.');
  // whoever logged, planned or sent something at this moment found it there still
  if ((await readHappened(id)).length > 0) {
    await takeBackRemoval([id]);
    throw new RuleBroken(HAPPENED);
  }
  return cancelled + (await cancelOpen(id, reason));
}

const HAPPENED =
  'Something happened with them. The recipient is not removed: read below what it is, and what to do instead.';

/**
 * What was cancelled for it stays cancelled. Nothing changes where somebody else put it back.
 * @throws NotFound, also while its office or its organisation is removed
 */
export async function putRecipientBack(id: Types.ObjectId, { by, now }: Writing): Promise<void> {
  const recipient = await findEvenRemoved(id);
  if (!recipient.removed) return;
  const office = await findOffice(recipient.office);
  await findOrganisation(office.organisation);
  // what was planned in the very moment of the removal, and found by nobody since
  await cancelOpen(id, removedInWords(recipient.removed.why));
  await Recipient.updateOne(
    { _id: id, 'removed.at': recipient.removed.at },
    { $set: notRemovedAnyMore(recipient, { by, at: now }) },
  ).setOptions(evenRemoved);
  await takeBackRemovalsOf(office);
  // nobody kept its copies meanwhile
  await relistRecipients({ office: recipient.office }, now);
}
