import type { Response } from 'express';
import { dayInWords, dayOf } from '../dates.js';
import { writeAnewFor } from '../cadences/write-anew.js';
import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, withError, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { takeOver, vacateOffice, type HolderRecord } from './change-holder.js';
import { holderOf } from './confirmation.js';
import type { OfficeRecord } from './office.model.js';
import { holderForm, vacancyForm } from './organisation.form.js';
import { holderOn } from './organisation.rules.js';
import { editHolder, findOffice, findOrganisation } from './organisations.js';

/** Who holds an office from when, and that it is vacant. */
export function holdersRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/offices/:id/holders/new', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const from = office.holders.length > 0 ? dayOf(deps.now(), office.timeZone) : '';
    await showHolderForm(res, emptyForm({ from }), office);
  });

  routes.post('/offices/:id/holders', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const read = parseForm(holderForm, req.body);
    if (!read.ok) return showHolderForm(res, read.form, office);
    const { name, from, until } = read.value;
    const days = { from: from || null, until: until || null };
    const taken = await takeOver(office, { ...read.value, ...days }, deps.now());
    if ('field' in taken)
      return showHolderForm(res, withError(read.form, taken.field, taken.sentence), office);
    if (office.holders.length === 0 || (until && until < dayOf(deps.now(), office.timeZone))) {
      const next =
        office.holders.length === 0 ? ' The office can be added to the recipients of a campaign now.' : '';
      req.session.notice = `${name} is saved.${next}`;
      return res.redirect(pageOf(office));
    }
    const since = from && ` from ${dayInWords(from)}`;
    req.session.notice = `${name} holds the office${since}. What goes to them waits until you have confirmed this.`;
    return res.redirect(`/offices/${String(office._id)}/holders/${String(taken.id)}/confirmation`);
  });

  routes.get('/offices/:id/holders/:holder/edit', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const holder = holderOf(office, idOf(req, 'holder'));
    await showHolderForm(res, emptyForm({ ...holder }), office, holder);
  });

  routes.post('/offices/:id/holders/:holder', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const holder = holderOf(office, idOf(req, 'holder'));
    const read = parseForm(holderForm, req.body);
    if (!read.ok) return showHolderForm(res, read.form, office, holder);
    const refused = await editHolder(office, holder._id, read.value, deps.now());
    if (refused)
      return showHolderForm(res, withError(read.form, refused.field, refused.sentence), office, holder);
    const isSame = read.value.salutation === holder.salutation;
    const planned = isSame ? '' : await writeAnewFor({ office: office._id }, deps);
    req.session.notice = `${read.value.name} is saved.${planned}`;
    return res.redirect(pageOf(office));
  });

  routes.get('/offices/:id/vacancy/new', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    await showVacancyForm(res, emptyForm({ from: dayOf(deps.now(), office.timeZone) }), office, deps);
  });

  routes.post('/offices/:id/vacancy', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const read = parseForm(vacancyForm, req.body);
    if (!read.ok) return showVacancyForm(res, read.form, office, deps);
    const refused = await vacateOffice(office, read.value.from, deps.now());
    if (refused)
      return showVacancyForm(res, withError(read.form, refused.field, refused.sentence), office, deps);
    req.session.notice = `The office is vacant from ${dayInWords(read.value.from)}. Nothing goes to it by itself from then on, until somebody who holds it is named and confirmed.`;
    return res.redirect(pageOf(office));
  });

  return routes.handler;
}

const pageOf = ({ organisation }: OfficeRecord): string => `/organisations/${String(organisation)}`;

async function showHolderForm(
  res: Response,
  form: FormState,
  office: OfficeRecord,
  holder: HolderRecord | null = null,
) {
  const organisation = await findOrganisation(office.organisation);
  const what = !holder && office.holders.length > 0 ? 'Who takes over' : 'Who holds the office';
  const title = `${what}: ${office.title}, ${organisation.name}`;
  await renderForm(res, 'organisations/holder-form', title, { form, office, organisation, holder });
}

async function showVacancyForm(res: Response, form: FormState, office: OfficeRecord, { now }: Deps) {
  const organisation = await findOrganisation(office.organisation);
  await renderForm(
    res,
    'organisations/vacancy-form',
    `The office is vacant: ${office.title}, ${organisation.name}`,
    { form, office, organisation, holder: holderOn(office.holders, dayOf(now(), office.timeZone)) },
  );
}
