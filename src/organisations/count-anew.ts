import type { QueryFilter, Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { patientlyInBackground } from '../in-background.js';
import { countries } from '../public-holidays.js';
import type { OfficeRecord } from './office.model.js';
import { recloseOffices } from './reclose-offices.js';
import { Recount, type RecountRecord } from './recount.model.js';

/** Of whom nothing was heard for so many milliseconds has died. */
const TAKEN_FOR_DEAD = 60_000;

/** A holiday of a country or region, or a closure of one organisation, with its first day. */
type Change = { day: string; name: string } & ({ country: string } | { organisation: Types.ObjectId });
export type UnderWay = RecountRecord & { brokenOff: boolean };

/**
 * Counts anew whatever is counted in working days of a calendar to which this was added, or from which it was removed. Nothing
 * goes on with it after a crash, and nothing needs to: the daily check of the copies (jobs/check-copies) starts from the holidays
 * and closures that are written down, puts right the offices and the recipients that it finds behind, and takes away the record
 * of this.
 */
export async function countAnew(change: Change, { now, log }: CountingDeps): Promise<void> {
  const { _id } = await Recount.create({ ...change, heardAt: now() });
  const progress = (done: number, of: number) =>
    Recount.updateOne({ _id }, { $set: { done, of, heardAt: now() } });
  const work = () => recloseOffices(officesOf(change), progress).then(() => Recount.deleteOne({ _id }));
  await patientlyInBackground('counting anew after a change of working days', work, log);
}
export type CountingDeps = Pick<Deps, 'now' | 'log'>;

/** What is being counted anew of this, and what was broken off and waits for the next check of the copies. */
export async function readRecounts(of: QueryFilter<RecountRecord>, now: Date): Promise<UnderWay[]> {
  const found = await Recount.find(of).sort({ _id: 1 }).lean<RecountRecord[]>();
  return found.map((one) => ({
    ...one,
    brokenOff: now.getTime() - one.heardAt.getTime() > TAKEN_FOR_DEAD,
  }));
}

/** Those of the organisation; or those in a country, with those in its regions, or in one region. */
function officesOf(change: Change): QueryFilter<OfficeRecord> {
  if ('organisation' in change) return { organisation: change.organisation };
  const { country: code } = change;
  const regions = countries().find((country) => country.code === code)?.regions ?? [];
  return { country: { $in: [code, ...regions.map((region) => region.code)] } };
}
