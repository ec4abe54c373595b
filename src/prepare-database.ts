import type { Types } from 'mongoose';
import { bringFeedsUpToDate } from './calendar/feed.model.js';
import { createIndexes, dropIndex } from './database.js';
import { inBatches } from './in-batches.js';
import { Track } from './legislation/track.model.js';
import { searchWords } from './organisations/found-by.rules.js';
import { Organisation } from './organisations/organisation.model.js';
import { Recipient } from './recipients/recipient.model.js';
import { refreshRecipients } from './recipients/refresh.js';
import { evenRemoved } from './removal.model.js';
import { updateEach } from './update-each.js';

const BATCH = 200;

/** Makes the indexes there are to be, and brings up to date what an earlier version stored. Safe to run twice. */
export async function prepareDatabase(progress?: (done: number, of: number) => void): Promise<void> {
  await createIndexes(progress);
  await bringFeedsUpToDate();
  await dropIndex(Recipient, 'foundBy_1');
  await keepWordsOfNames();
  // of a version before tracks had a procedure: their stages are those of the free one
  await Track.updateMany({ procedure: null }, { $set: { procedure: 'free', revision: 0 } });
  // of a version before a status had two axes: without them the gate does not know who has answered; before figures; or
  // before both axes stood in one field
  const old = await Recipient.find(
    { $or: [{ engagement: null }, { stood: null }, { status: null }] },
    { _id: 1 },
  ).lean();
  const ids = old.map(({ _id }) => _id);
  for (let i = 0; i < ids.length; i += BATCH) await refreshRecipients(ids.slice(i, i + BATCH));
}

/** Of a version before they were found by any word of their names. One that was renamed meanwhile has them. */
async function keepWordsOfNames(): Promise<void> {
  const old = { foundBy: null };
  const organisations = Organisation.find(old, { name: 1 }, evenRemoved).lean().cursor();
  for await (const batch of inBatches(organisations, BATCH))
    await updateEach(Organisation, batch.map(withWords(({ name }) => name)), old);
  const names = { organisationName: 1, officeTitle: 1, holderName: 1 } as const;
  const recipients = Recipient.find(old, names, evenRemoved);
  for await (const batch of inBatches(recipients.lean().cursor(), BATCH))
    await updateEach(
      Recipient,
      batch.map(withWords((one) => `${one.organisationName} ${one.officeTitle} ${one.holderName}`)),
      old,
    );
}

const withWords =
  <R extends { _id: Types.ObjectId }>(namesOf: (record: R) => string) =>
  (record: R) => ({ _id: record._id, set: { foundBy: searchWords(namesOf(record)) } });
