import type { Response } from 'express';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { countryOptions } from '../public-holidays.js';
import { STAFF } from '../users/user.rules.js';
import { timeZones } from '../users/time-zones.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import type { OfficeRecord } from './office.model.js';
import { holderForm, officeForm } from './organisation.form.js';
import type { OrganisationRecord } from './organisation.model.js';
import { createOffice, editOffice, findOffice, findOrganisation, saveHolder } from './organisations.js';

/** The posts of an organisation, and who holds them. */
export function officesRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/organisations/:id/offices/new', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    await showForm(
      res,
      emptyForm({ title: 'Chief executive', timeZone: req.user!.timeZone }),
      organisation,
      null,
    );
  });

  routes.post('/organisations/:id/offices', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const read = parseForm(officeForm, req.body);
    if (!read.ok) return showForm(res, read.form, organisation, null);
    await createOffice(organisation._id, read.value, deps.now());
    req.session.notice = `The office is saved. Name who holds it next.`;
    return res.redirect(`/organisations/${String(organisation._id)}`);
  });

  routes.get('/offices/:id/edit', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    await showForm(res, emptyForm({ ...office }), await findOrganisation(office.organisation), office);
  });

  routes.post('/offices/:id', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const read = parseForm(officeForm, req.body);
    if (!read.ok) return showForm(res, read.form, await findOrganisation(office.organisation), office);
    await editOffice(office._id, read.value, deps.now());
    req.session.notice = 'The office is saved.';
    return res.redirect(`/organisations/${String(office.organisation)}`);
  });

  routes.get('/offices/:id/holders/new', STAFF, async (req, res) =>
    showHolderForm(res, emptyForm(), await findOffice(idOf(req))),
  );

  routes.get('/offices/:id/holders/:holder/edit', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const holder = office.holders.find(({ _id }) => _id.equals(idOf(req, 'holder')));
    if (!holder) throw new NotFound('There is no such person.');
    await showHolderForm(res, emptyForm({ ...holder }), office, String(idOf(req, 'holder')));
  });

  routes.post('/offices/:id/holders', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const read = parseForm(holderForm, req.body);
    if (!read.ok) return showHolderForm(res, read.form, office);
    await saveHolder(office._id, read.value, deps.now());
    req.session.notice = `${read.value.name} is saved.`;
    return res.redirect(`/organisations/${String(office.organisation)}`);
  });

  routes.post('/offices/:id/holders/:holder', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const read = parseForm(holderForm, req.body);
    if (!read.ok) return showHolderForm(res, read.form, office, String(idOf(req, 'holder')));
    await saveHolder(office._id, read.value, deps.now(), idOf(req, 'holder'));
    req.session.notice = `${read.value.name} is saved.`;
    return res.redirect(`/organisations/${String(office.organisation)}`);
  });

  return routes.handler;
}

async function showForm(
  res: Response,
  form: FormState,
  organisation: OrganisationRecord,
  office: OfficeRecord | null,
) {
  const title = office ? `Edit ${office.title}, ${organisation.name}` : `New office at ${organisation.name}`;
  await renderForm(res, 'organisations/office-form', title, {
    form,
    organisation,
    office,
    timeZones,
    countries: countryOptions(),
  });
}

async function showHolderForm(
  res: Response,
  form: FormState,
  office: OfficeRecord,
  holder: string | null = null,
) {
  const organisation = await findOrganisation(office.organisation);
  await renderForm(
    res,
    'organisations/holder-form',
    `Who holds the office: ${office.title}, ${organisation.name}`,
    { form, office, organisation, holder },
  );
}
