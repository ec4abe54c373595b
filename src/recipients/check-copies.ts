import { isDeepStrictEqual } from 'node:util';
import { byId, groupBy } from '../group-by.js';
import { Entry } from '../history/entry.model.js';
import { inBatches } from '../in-batches.js';
import { Office, type OfficeRecord } from '../organisations/office.model.js';
import { Organisation } from '../organisations/organisation.model.js';
import { readExpected } from './expected.js';
import { listingOf } from './listing.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';
import { readStated } from './stated.js';
import { derive, facts, type Facts } from './refresh.js';

export type Checked = { checked: number; differed: number };

const BATCH = 200;

/** What a recipient's copies are, or ought to be. */
type Copies = ReturnType<typeof derive> & Partial<ReturnType<typeof listingOf>>;
type Difference = { stored: RecipientRecord; right: Copies };

export type Checking = {
  /** false: what differs is only counted */
  repair?: boolean;
  stopping?: AbortSignal;
  progress?: (checked: number, of: number) => unknown;
  /** is told of each that differs, and in which fields */
  found?: (recipient: string, names: string[]) => unknown;
};

/** Compares what is stored for lists with a recomputation from the facts, and puts right what differs. */
export async function checkRecipientCopies(
  now: Date,
  { repair = true, stopping, progress = () => {}, found: tell = () => {} }: Checking = {},
): Promise<Checked> {
  const result = { checked: 0, differed: 0 };
  const of = await Recipient.countDocuments();
  const all = Recipient.find().sort({ _id: 1 }).lean<RecipientRecord[]>().cursor({ batchSize: BATCH });
  for await (const batch of inBatches(all, BATCH)) {
    if (stopping?.aborted) break;
    const first = await differences(batch, now);
    // an entry that is being logged at this moment is no damage: look again at those that differ
    const found = first.length > 0 ? await differences(await readAgain(first), now) : [];
    for (const { stored, right } of found) tell(String(stored._id), differing(stored, right));
    if (repair && found.length > 0) await putRight(found);
    result.checked += batch.length;
    result.differed += found.length;
    await progress(result.checked, of);
  }
  return result;
}

const readAgain = (found: Difference[]): Promise<RecipientRecord[]> =>
  Recipient.find({ _id: { $in: found.map(({ stored }) => stored._id) } })
    .lean<RecipientRecord[]>()
    .exec();

async function differences(recipients: RecipientRecord[], now: Date): Promise<Difference[]> {
  const ids = recipients.map(({ _id }) => _id);
  const [entries, expectedOf, statedOf, offices, organisations] = await Promise.all([
    Entry.find({ recipient: { $in: ids } }, facts).lean<Facts[]>(),
    readExpected(ids),
    readStated(ids),
    Office.find({ _id: { $in: recipients.map(({ office }) => office) } }).lean<OfficeRecord[]>(),
    Organisation.find(
      { _id: { $in: recipients.map(({ organisation }) => organisation) } },
      { name: 1 },
    ).lean(),
  ]);
  const entriesOf = groupBy(entries, ({ recipient }) => String(recipient));
  const officeOf = byId(offices);
  const organisationOf = byId(organisations);
  return recipients
    .map((stored) => {
      const office = officeOf.get(String(stored.office));
      const organisation = organisationOf.get(String(stored.organisation));
      const listing = office && organisation ? listingOf(office, organisation, now) : {};
      const id = String(stored._id);
      const derived = derive(entriesOf.get(id) ?? [], expectedOf.get(id), statedOf.get(id));
      const right: Copies = { ...derived, ...listing };
      return { stored, right };
    })
    .filter(({ stored, right }) => differing(stored, right).length > 0);
}

/** Writes only where the copies are still those that were read: whoever changed them meanwhile knew better. */
async function putRight(found: Difference[]): Promise<void> {
  // past the model: a damaged copy is compared as it was read, not as the model would have it
  await Recipient.collection.bulkWrite(
    found.map(({ stored, right }) => {
      const asRead = Object.fromEntries(namesOf(right).map((name) => [name, stored[name] ?? null]));
      return { updateOne: { filter: { _id: stored._id, ...asRead }, update: { $set: right } } };
    }),
    { ordered: false },
  );
}

const differing = (stored: RecipientRecord, right: Copies) =>
  namesOf(right).filter((name) => !isDeepStrictEqual(stored[name] ?? null, right[name] ?? null));

const namesOf = (copies: Copies) => Object.keys(copies) as (keyof Copies & keyof RecipientRecord)[];
