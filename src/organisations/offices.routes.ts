import type { Response } from 'express';
import { writeAnewFor } from '../cadences/write-anew.js';
import type { Deps } from '../deps.js';
import { countryOptions } from '../public-holidays.js';
import { STAFF } from '../users/user.rules.js';
import { timeZones } from '../users/time-zones.js';
import { sentForm } from '../web/form-id.js';
import { openedForm, saveOpened, shownAs } from '../web/opened-form.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import type { OfficeRecord } from './office.model.js';
import { officeForm } from './organisation.form.js';
import type { OrganisationRecord } from './organisation.model.js';
import { createOffice, editOffice, findOffice, findOrganisation } from './organisations.js';

/** The posts of an organisation. */
export function officesRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/organisations/:id/offices/new', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    // no time zone is chosen for anybody: one that was only left standing would send mail at night
    await showForm(res, emptyForm({ title: 'Chief executive' }), organisation, null);
  });

  routes.post('/organisations/:id/offices', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const read = parseForm(officeForm, req.body);
    if (!read.ok) return showForm(res, read.form, organisation, null);
    await createOffice(organisation._id, { ...read.value, ...sentForm(req) }, deps.now());
    req.session.notice = `The office is saved. Name who holds it next.`;
    return res.redirect(`/organisations/${String(organisation._id)}`);
  });

  routes.get('/offices/:id/edit', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    await showForm(res, openedForm(shownOf(office)), await findOrganisation(office.organisation), office);
  });

  routes.post('/offices/:id', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const read = parseForm(officeForm, req.body);
    if (!read.ok) return showForm(res, read.form, await findOrganisation(office.organisation), office);
    const changed = await saveOpened(read.form, {
      read: () => findOffice(office._id),
      shown: shownOf,
      save: (asRead) => editOffice(office._id, read.value, deps.now(), asRead),
    });
    if (changed) return showForm(res, changed, await findOrganisation(office.organisation), office);
    const planned = read.value.title === office.title ? '' : await writeAnewFor({ office: office._id }, deps);
    req.session.notice = `The office is saved.${planned}`;
    return res.redirect(`/organisations/${String(office.organisation)}`);
  });

  return routes.handler;
}

const shownOf = (office: OfficeRecord) => shownAs(office, officeForm.keyof().options);

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
