import type { Request, Response } from 'express';
import type { Deps } from '../deps.js';
import { dayInWords } from '../dates.js';
import { readRecounts } from '../organisations/count-anew.js';
import { countryName, countryOptions } from '../public-holidays.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, pageNumber } from '../web/params.js';
import { readPage } from '../web/paging.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { holidayForm } from './holiday.form.js';
import { Holiday, type HolidayRecord } from './holiday.model.js';
import { addHoliday, removeHoliday } from './holidays.js';

/** Public holidays that were announced after the calendars were published. */
export function holidaysRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/holidays', STAFF, (req, res) => showHolidays(req, res, deps, emptyForm()));

  routes.post('/holidays', STAFF, async (req, res) => {
    const read = parseForm(holidayForm, req.body);
    if (!read.ok) return showHolidays(req, res, deps, read.form);
    const added = await refusedAsField(() => addHoliday(read.value, req.user!._id, deps));
    if ('refused' in added) return showHolidays(req, res, deps, withError(read.form, 'day', added.refused));
    const { name, day, country } = read.value;
    req.session.notice = `${dayInWords(day)} is no working day any more (${countryName(country)}: ${name}). What is planned for that day stays, and does not leave on it.`;
    return res.redirect('/holidays');
  });

  routes.post('/holidays/:id/removal', STAFF, async (req, res) => {
    const { name, day, country } = await removeHoliday(idOf(req), deps);
    req.session.notice = `${name} is removed. ${dayInWords(day)} counts like any other day again (${countryName(country)}).`;
    return res.redirect('/holidays');
  });

  return routes.handler;
}

async function showHolidays(req: Request, res: Response, deps: Deps, form: FormState) {
  const list = Holiday.find().sort({ day: -1, country: 1 });
  const page = await readPage(list.lean<HolidayRecord[]>(), pageNumber(req));
  const recounts = await readRecounts({ organisation: null }, deps.now());
  const by = page.rows.map(({ addedBy }) => addedBy);
  const colleagues = await User.find({ _id: { $in: by } }, { name: 1 }).lean();
  await renderForm(res, 'holidays/index', 'Holidays written down by hand', {
    form,
    page,
    recounts,
    script: recounts.some(({ brokenOff }) => !brokenOff) && 'progress',
    countries: countryOptions(),
    countryName,
    nameOf: Object.fromEntries(colleagues.map(({ _id, name }) => [String(_id), name])),
  });
}
