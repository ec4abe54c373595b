import type { Types } from 'mongoose';
import { isDuplicate } from '../database.js';
import { dayInWords } from '../dates.js';
import { NotFound, RuleBroken } from '../errors.js';
import { countAnew, type CountingDeps } from '../organisations/count-anew.js';
import { countryName } from '../public-holidays.js';
import type { HolidayForm } from './holiday.form.js';
import { Holiday, type HolidayRecord } from './holiday.model.js';

/** @throws RuleBroken when that day is written down for this country or region already */
export async function addHoliday(form: HolidayForm, by: Types.ObjectId, deps: CountingDeps): Promise<void> {
  try {
    await Holiday.create({ ...form, addedBy: by, addedAt: deps.now() });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new RuleBroken(
      `${dayInWords(form.day)} is written down already (${countryName(form.country)}). Remove that one first if it is wrong.`,
    );
  }
  await countAnew(countedOf(form), deps);
}

/** @returns what was removed @throws NotFound */
export async function removeHoliday(id: Types.ObjectId, deps: CountingDeps): Promise<HolidayRecord> {
  const removed = await Holiday.findOneAndDelete({ _id: id }).lean<HolidayRecord>();
  if (!removed) throw new NotFound('There is no such holiday. Somebody may have removed it meanwhile.');
  await countAnew(countedOf(removed), deps);
  return removed;
}

const countedOf = ({ country, day, name }: HolidayForm) => ({ country, day, name });
