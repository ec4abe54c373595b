import type { Response } from 'express';
import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { closureForm } from './closure.form.js';
import { addClosure, removeClosure } from './closures.js';
import type { OrganisationRecord } from './organisation.model.js';
import { findOrganisation } from './organisations.js';

/** When nobody works at an organisation although it is no public holiday. */
export function closuresRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/organisations/:id/closures/new', STAFF, async (req, res) =>
    showForm(res, emptyForm(), await findOrganisation(idOf(req))),
  );

  routes.post('/organisations/:id/closures', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const read = parseForm(closureForm, req.body);
    if (!read.ok) return showForm(res, read.form, organisation);
    const added = await refusedAsField(() => addClosure(organisation._id, read.value, req.user!._id, deps));
    if ('refused' in added) return showForm(res, withError(read.form, 'from', added.refused), organisation);
    req.session.notice = `${read.value.name} is written down. Deadlines do not count these days, and no follow-up leaves on them.`;
    return res.redirect(`/organisations/${String(organisation._id)}`);
  });

  routes.post('/organisations/:id/closures/:closure/removal', STAFF, async (req, res) => {
    const organisation = idOf(req);
    await removeClosure(organisation, idOf(req, 'closure'), deps);
    req.session.notice = 'The closure is removed, and its days count as working days again.';
    return res.redirect(`/organisations/${String(organisation)}`);
  });

  return routes.handler;
}

async function showForm(res: Response, form: FormState, organisation: OrganisationRecord) {
  await renderForm(res, 'organisations/closure-form', `Add a closure of ${organisation.name}`, {
    form,
    organisation,
  });
}
