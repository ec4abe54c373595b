import type { Response } from 'express';
import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { dayOf } from '../dates.js';
import { countryName } from '../public-holidays.js';
import { NotFound } from '../errors.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { idOf, pageNumber } from '../web/params.js';
import { readPage } from '../web/paging.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { inOrderOfDays } from './closed.rules.js';
import { waitsForConfirmation } from './holder.rules.js';
import { Office, type OfficeRecord } from './office.model.js';
import { organisationForm, personForm } from './organisation.form.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';
import { holderOn, organisationKindNames, organisationKinds } from './organisation.rules.js';
import { planAnew } from './plan-anew.js';
import { createOrganisation, editOrganisation, findOrganisation, savePerson } from './organisations.js';

export function organisationsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/organisations', STAFF, async (req, res) => {
    const list = Organisation.find({}, { name: 1, kind: 1 }).sort({ nameFolded: 1 });
    const page = await readPage(list.lean<OrganisationRecord[]>(), pageNumber(req));
    await renderPage(res, 'organisations/index', 'Organisations', { page, organisationKindNames });
  });

  routes.get('/organisations/new', STAFF, (_req, res) => showForm(res, emptyForm({ kind: 'company' }), null));

  routes.post('/organisations', STAFF, async (req, res) => {
    const read = parseForm(organisationForm, req.body);
    if (!read.ok) return showForm(res, read.form, null);
    const saved = await refusedAsField(() => createOrganisation(read.value, deps.now()));
    if ('refused' in saved) return showForm(res, withError(read.form, 'name', saved.refused), null);
    req.session.notice = `${read.value.name} is saved. Add the office that the letter is addressed to next.`;
    return res.redirect(`/organisations/${String(saved.value)}`);
  });

  routes.get('/organisations/:id', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const found = await Office.find({ organisation: organisation._id }).lean<OfficeRecord[]>();
    const offices = found.map((office) => withHolder(office, deps.now()));
    await renderPage(res, 'organisations/show', organisation.name, {
      organisation,
      offices,
      closures: inOrderOfDays(organisation.closures ?? []),
      countryName,
      suppressed: await suppressedAt(organisation, offices, deps.now()),
      waitsForConfirmation,
      organisationKindNames,
    });
  });

  routes.get('/organisations/:id/edit', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    await showForm(res, emptyForm({ ...organisation }), organisation);
  });

  routes.post('/organisations/:id', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const read = parseForm(organisationForm, req.body);
    if (!read.ok) return showForm(res, read.form, organisation);
    const saved = await refusedAsField(() => editOrganisation(organisation._id, read.value, deps.now()));
    if ('refused' in saved) return showForm(res, withError(read.form, 'name', saved.refused), organisation);
    const isSame = read.value.name === organisation.name;
    const planned = isSame ? '' : await planAnew({ organisation: organisation._id }, deps);
    req.session.notice = `${read.value.name} is saved.${planned}`;
    return res.redirect(`/organisations/${String(organisation._id)}`);
  });

  routes.get('/organisations/:id/people/new', STAFF, async (req, res) =>
    showPersonForm(res, emptyForm(), await findOrganisation(idOf(req))),
  );

  routes.get('/organisations/:id/people/:person/edit', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const person = organisation.people.find(({ _id }) => _id.equals(idOf(req, 'person')));
    if (!person) throw new NotFound('There is no such person.');
    await showPersonForm(res, emptyForm({ ...person }), organisation, String(idOf(req, 'person')));
  });

  routes.post('/organisations/:id/people', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const read = parseForm(personForm, req.body);
    if (!read.ok) return showPersonForm(res, read.form, organisation);
    await savePerson(organisation._id, read.value);
    req.session.notice = `${read.value.name} is saved.`;
    return res.redirect(`/organisations/${String(organisation._id)}`);
  });

  routes.post('/organisations/:id/people/:person', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const read = parseForm(personForm, req.body);
    if (!read.ok) return showPersonForm(res, read.form, organisation, String(idOf(req, 'person')));
    await savePerson(organisation._id, read.value, idOf(req, 'person'));
    req.session.notice = `${read.value.name} is saved.`;
    return res.redirect(`/organisations/${String(organisation._id)}`);
  });

  return routes.handler;
}

/** An office with whoever holds it on this day there. */
function withHolder(office: OfficeRecord, now: Date) {
  const today = dayOf(now, office.timeZone);
  const isToCome = ({ from }: { from?: string | null }) => Boolean(from && from > today);
  return { ...office, holder: holderOn(office.holders, today), isToCome };
}

/** Why nobody is to write to the organisation, its offices and whoever is named there; each reason once. */
async function suppressedAt(
  { _id: organisation, people }: OrganisationRecord,
  offices: readonly (OfficeRecord & { holder: { name: string } | null })[],
  now: Date,
): Promise<string[]> {
  const targets = [
    { organisation },
    ...offices.map(({ email, holder, timeZone }) => ({
      address: email,
      personName: holder?.name ?? '',
      organisation,
      timeZone,
    })),
    ...people.map(({ email, name }) => ({ address: email, personName: name, organisation })),
  ];
  return [...new Set((await readSuppressions(targets, now)).flat())];
}

async function showForm(res: Response, form: FormState, organisation: OrganisationRecord | null) {
  const title = organisation ? `Edit ${organisation.name}` : 'New organisation';
  const kinds = organisationKinds.map((kind) => [kind, organisationKindNames[kind]]);
  await renderForm(res, 'organisations/form', title, { form, organisation, kinds });
}

async function showPersonForm(
  res: Response,
  form: FormState,
  organisation: OrganisationRecord,
  person: string | null = null,
) {
  await renderForm(res, 'organisations/person-form', `A person at ${organisation.name}`, {
    form,
    organisation,
    person,
  });
}
