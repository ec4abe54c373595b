import type { QueryFilter, Types } from 'mongoose';
import { byId } from '../group-by.js';
import { Holiday } from '../holidays/holiday.model.js';
import { inBatches } from '../in-batches.js';
import { countryOf } from '../public-holidays.js';
import type { Checked, Checking } from '../recipients/check-copies.js';
import { refreshAtOffices } from '../recipients/refresh-at-offices.js';
import type { Closed } from '../working-days.js';
import { updateEach } from '../update-each.js';
import { closedOf } from './closed.rules.js';
import { Office, type OfficeRecord } from './office.model.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';

const BATCH = 200;

/** How often one change looks again while others go on changing the same; what is left then is for check-copies. */
const MOST_LOOKS = 20;

type Ids = readonly Types.ObjectId[];
type Difference = { _id: Types.ObjectId; right: Closed[] };

/**
 * Writes anew which days these offices are closed, after a closure, a holiday or their country changed; what is counted in
 * working days of their calendar follows. First all the offices, because no mail leaves on such a day; `progress` is told how far
 * their recipients are, which takes longer. Where the process ends in between, `check-copies` finds the rest of both.
 */
export async function recloseOffices(
  of: QueryFilter<OfficeRecord>,
  progress?: (done: number, of: number) => unknown,
): Promise<void> {
  // read to the end first: on the local engine a cursor returns again what is changed behind it
  const found = await Office.find(of, { _id: 1 }).lean();
  const ids = found.map(({ _id }) => _id);
  const changed: Types.ObjectId[] = [];
  for (let i = 0; i < ids.length; i += BATCH) changed.push(...(await reclose(ids.slice(i, i + BATCH))));
  await refreshAtOffices(changed, progress);
}

/** Compares the stored copies with a recomputation, and puts right what differs. */
export async function checkOfficeCopies({ repair = true, stopping }: Checking = {}): Promise<Checked> {
  const result = { checked: 0, differed: 0 };
  const all = Office.find({}, { _id: 1 }).sort({ _id: 1 }).lean().cursor({ batchSize: BATCH });
  for await (const batch of inBatches(all, BATCH)) {
    if (stopping?.aborted) break;
    const first = await differences(batch.map(({ _id }) => _id));
    // a closure that is being added at this moment is no damage: look again at those that differ
    const found = first.length > 0 ? await differences(idsOf(first)) : [];
    if (repair && found.length > 0) await refreshAtOffices(await reclose(idsOf(found)));
    result.checked += batch.length;
    result.differed += found.length;
  }
  return result;
}

/**
 * Several may do this at once, each after a change of their own: the last to write looks once more, and sees every change.
 * @returns those that were changed
 */
async function reclose(ids: Ids): Promise<Ids> {
  const changed = new Map<string, Types.ObjectId>();
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const found = await differences(ids);
    if (found.length === 0) break;
    const changes = found.map(({ _id, right }) => ({ _id, set: { closed: right } }));
    await updateEach(Office, changes);
    for (const { _id } of found) changed.set(String(_id), _id);
  }
  return [...changed.values()];
}

async function differences(ids: Ids): Promise<Difference[]> {
  const fields = { organisation: 1, country: 1, closed: 1 } as const;
  const offices = await Office.find({ _id: { $in: [...ids] } }, fields).lean<OfficeRecord[]>();
  const codes = new Set(offices.flatMap(({ country }) => (country ? [country, countryOf(country)] : [])));
  const [organisations, holidays] = await Promise.all([
    Organisation.find(
      { _id: { $in: offices.map(({ organisation }) => organisation) } },
      { closures: 1 },
    ).lean<Pick<OrganisationRecord, '_id' | 'closures'>[]>(),
    Holiday.find({ country: { $in: [...codes] } }, { country: 1, day: 1, name: 1 }).lean(),
  ]);
  const organisationOf = byId(organisations);
  return offices
    .map((office) => {
      const closures = organisationOf.get(String(office.organisation))?.closures ?? [];
      return { _id: office._id, stored: office.closed, right: closedOf(office, closures, holidays) };
    })
    .filter(({ stored, right }) => !isSame(stored ?? [], right));
}

const idsOf = (found: readonly Difference[]): Ids => found.map(({ _id }) => _id);

const isSame = (stored: readonly Closed[], right: readonly Closed[]): boolean =>
  JSON.stringify(stored.map(inWords)) === JSON.stringify(right.map(inWords));
const inWords = ({ from, until, name }: Closed) => [from, until, name];
