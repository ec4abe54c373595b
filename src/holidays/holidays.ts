import type { QueryFilter, Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { dayInWords } from '../dates.js';
import { NotFound, RuleBroken } from '../errors.js';
import type { OfficeRecord } from '../organisations/office.model.js';
import { recloseOffices } from '../organisations/reclose-offices.js';
import { countries, countryName } from '../public-holidays.js';
import type { HolidayForm } from './holiday.form.js';
import { Holiday, type HolidayRecord } from './holiday.model.js';

/** @throws RuleBroken when that day is written down for this country or region already */
export async function addHoliday(form: HolidayForm, by: Types.ObjectId, now: Date): Promise<void> {
  try {
    await Holiday.create({ ...form, addedBy: by, addedAt: now });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new RuleBroken(
      `${dayInWords(form.day)} is written down already (${countryName(form.country)}). Remove that one first if it is wrong.`,
    );
  }
  await recloseOffices(officesIn(form.country));
}

/** @returns what was removed @throws NotFound */
export async function removeHoliday(id: Types.ObjectId): Promise<HolidayRecord> {
  const removed = await Holiday.findOneAndDelete({ _id: id }).lean<HolidayRecord>();
  if (!removed) throw new NotFound('There is no such holiday. Somebody may have removed it meanwhile.');
  await recloseOffices(officesIn(removed.country));
  return removed;
}

/** The offices in a country, with those in its regions, or in one region. */
function officesIn(code: string): QueryFilter<OfficeRecord> {
  const regions = countries().find((country) => country.code === code)?.regions ?? [];
  return { country: { $in: [code, ...regions.map((region) => region.code)] } };
}
