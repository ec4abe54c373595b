import type { Request, Response } from 'express';
import type { Deps } from '../deps.js';
import { removeAsAsked } from '../removal.form.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import type { OfficeRecord } from './office.model.js';
import type { OrganisationRecord } from './organisation.model.js';
import { findOffice, findOrganisation } from './organisations.js';
import {
  putOfficeBack,
  putOrganisationBack,
  readKeeping,
  removeOffice,
  removeOrganisation,
} from './remove.js';

/** Takes away an organisation or an office that was entered by mistake, after a page that says what becomes of it; and puts it back. */
export function organisationRemovalRoutes(deps: Deps) {
  const routes = createRouter();
  const writing = (req: Request) => ({ by: req.user!._id, now: deps.now() });

  routes.get('/organisations/:id/removal', STAFF, async (req, res) =>
    askAboutOrganisation(res, await findOrganisation(idOf(req))),
  );

  routes.post('/organisations/:id/removal', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const wrong = await removeAsAsked(req.body, ({ why }) =>
      removeOrganisation(organisation._id, { ...writing(req), why }),
    );
    if (wrong) return askAboutOrganisation(res, organisation, wrong);
    req.session.notice = `${organisation.name} is removed. It is kept at the end of this page and can be put back.`;
    return res.redirect('/organisations');
  });

  routes.post('/organisations/:id/return', STAFF, async (req, res) => {
    await putOrganisationBack(idOf(req), writing(req));
    req.session.notice = 'The organisation is put back, with all it had.';
    res.redirect(`/organisations/${String(idOf(req))}`);
  });

  routes.get('/offices/:id/removal', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    await askAboutOffice(res, office, await findOrganisation(office.organisation));
  });

  routes.post('/offices/:id/removal', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const wrong = await removeAsAsked(req.body, ({ why }) =>
      removeOffice(office._id, { ...writing(req), why }),
    );
    if (wrong) return askAboutOffice(res, office, await findOrganisation(office.organisation), wrong);
    req.session.notice = `The office “${office.title}” is removed. It is kept below the offices and can be put back.`;
    return res.redirect(`/organisations/${String(office.organisation)}`);
  });

  routes.post('/offices/:id/return', STAFF, async (req, res) => {
    const { organisation } = await putOfficeBack(idOf(req), writing(req));
    req.session.notice = 'The office is put back.';
    res.redirect(`/organisations/${String(organisation)}`);
  });

  return routes.handler;
}

async function askAboutOrganisation(
  res: Response,
  { _id, name }: OrganisationRecord,
  form: FormState = emptyForm(),
) {
  const keeping = await readKeeping({ organisation: _id });
  const back = `/organisations/${String(_id)}`;
  await renderForm(res, 'organisations/removal', `Remove ${name}`, {
    form,
    keeping,
    back: { href: back, name },
    action: `${back}/removal`,
    what: 'organisation',
    kept: 'It is kept at the end of the list of organisations with its offices and people',
  });
}

async function askAboutOffice(
  res: Response,
  { _id, title }: OfficeRecord,
  organisation: OrganisationRecord,
  form: FormState = emptyForm(),
) {
  const keeping = await readKeeping({ office: _id });
  await renderForm(res, 'organisations/removal', `Remove ${title}, ${organisation.name}`, {
    form,
    keeping,
    back: { href: `/organisations/${String(organisation._id)}`, name: organisation.name },
    action: `/offices/${String(_id)}/removal`,
    what: 'office',
    kept: 'It is kept with its holders below the offices of its organisation',
  });
}
