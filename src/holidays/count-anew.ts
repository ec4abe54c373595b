import { setTimeout } from 'node:timers/promises';
import type { QueryFilter } from 'mongoose';
import type { Deps } from '../deps.js';
import { inBackground } from '../in-background.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { recloseOffices } from '../organisations/reclose-offices.js';
import { countries } from '../public-holidays.js';
import type { HolidayRecord } from './holiday.model.js';
import { Recount, type RecountRecord } from './recount.model.js';

/** So long, in milliseconds, somebody waits for a page; what takes longer goes on behind it, and the page says how far it is. */
const PATIENCE = 1000;

/** Of whom nothing was heard for so many milliseconds has died. */
const TAKEN_FOR_DEAD = 60_000;

type Counted = Pick<HolidayRecord, 'country' | 'day' | 'name'>;
export type UnderWay = RecountRecord & { brokenOff: boolean };

/**
 * Counts anew whatever is counted in working days of the country of this holiday, which was added or removed. Nothing goes on
 * with it after a crash, and nothing needs to: the daily check of the copies (jobs/check-copies) starts from the holidays that
 * are written down, puts right the offices and the recipients that it finds behind, and takes away the record of this.
 */
export async function countAnew({ country, day, name }: Counted, { now, log }: CountingDeps): Promise<void> {
  const { _id } = await Recount.create({ country, day, name, heardAt: now() });
  const progress = (done: number, of: number) =>
    Recount.updateOne({ _id }, { $set: { done, of, heardAt: now() } });
  const work = recloseOffices(officesIn(country), progress).then(() => Recount.deleteOne({ _id }));
  inBackground('counting anew after a change of holidays', () => work, log);
  await Promise.race([work.catch(() => {}), setTimeout(PATIENCE, null, { ref: false })]);
}
export type CountingDeps = Pick<Deps, 'now' | 'log'>;

/** What is being counted anew, and what was broken off and waits for the next check of the copies. */
export async function readRecounts(now: Date): Promise<UnderWay[]> {
  const found = await Recount.find().sort({ _id: 1 }).lean<RecountRecord[]>();
  return found.map((one) => ({
    ...one,
    brokenOff: now.getTime() - one.heardAt.getTime() > TAKEN_FOR_DEAD,
  }));
}

/** The offices in a country, with those in its regions, or in one region. */
function officesIn(code: string): QueryFilter<OfficeRecord> {
  const regions = countries().find((country) => country.code === code)?.regions ?? [];
  return { country: { $in: [code, ...regions.map((region) => region.code)] } };
}
