import type { Response } from 'express';
import { writeAnewFor } from '../cadences/write-anew.js';
import type { Deps } from '../deps.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { dayOf } from '../dates.js';
import { countryName } from '../public-holidays.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { sentForm } from '../web/form-id.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { readPage } from '../web/paging.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { inOrderOfDays } from './closed.rules.js';
import { readRecounts } from './count-anew.js';
import { foundByAll } from './found-by.rules.js';
import { waitsForConfirmation } from './holder.rules.js';
import { Office, type OfficeRecord } from './office.model.js';
import { organisationForm, personForm } from './organisation.form.js';
import { Organisation, type OrganisationRecord } from './organisation.model.js';
import { holderOn, organisationKindNames, organisationKinds } from './organisation.rules.js';
import {
  createOrganisation,
  editOrganisation,
  findEvenRemoved,
  findOrganisation,
  personOf,
  savePerson,
} from './organisations.js';
import { recipientsAt } from './recipients-at.js';
import { listRemovedOffices, listRemovedOrganisations, removersOf } from './removed.js';

export function organisationsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/organisations', STAFF, async (req, res) => {
    const find = queryText(req, 'find');
    const list = Organisation.find(foundByAll(find), { name: 1, kind: 1 }).sort({ nameFolded: 1 });
    // left to itself the engine walks through all of them by name, in search of a few
    if (find.trim()) list.hint({ foundBy: 1 });
    const [page, removed] = await Promise.all([
      readPage(list.lean<OrganisationRecord[]>(), pageNumber(req)),
      listRemovedOrganisations(),
    ]);
    const locals = { page, find, removed, organisationKindNames };
    await renderPage(res, 'organisations/index', 'Organisations', locals);
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
    const organisation = await findEvenRemoved(idOf(req));
    if (organisation.removed) return showRemoved(res, organisation);
    const [found, removedOffices] = await Promise.all([
      Office.find({ organisation: organisation._id }).lean<OfficeRecord[]>(),
      listRemovedOffices(organisation._id),
    ]);
    const offices = found.map((office) => withHolder(office, deps.now()));
    const recounts = await readRecounts({ organisation: organisation._id }, deps.now());
    return renderPage(res, 'organisations/show', organisation.name, {
      organisation,
      offices,
      recipients: await recipientsAt(organisation._id),
      removedOffices,
      nameOf: await removersOf(organisation, found, removedOffices),
      closures: inOrderOfDays(organisation.closures ?? []),
      recounts,
      script: recounts.some(({ brokenOff }) => !brokenOff) && 'progress',
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
    const planned = isSame ? '' : await writeAnewFor({ organisation: organisation._id }, deps);
    req.session.notice = `${read.value.name} is saved.${planned}`;
    return res.redirect(`/organisations/${String(organisation._id)}`);
  });

  routes.get('/organisations/:id/people/new', STAFF, async (req, res) =>
    showPersonForm(res, emptyForm(), await findOrganisation(idOf(req))),
  );

  routes.get('/organisations/:id/people/:person/edit', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const person = personOf(organisation, idOf(req, 'person'));
    await showPersonForm(res, emptyForm({ ...person }), organisation, String(idOf(req, 'person')));
  });

  routes.post('/organisations/:id/people', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    const read = parseForm(personForm, req.body);
    if (!read.ok) return showPersonForm(res, read.form, organisation);
    await savePerson(organisation._id, { ...read.value, ...sentForm(req) });
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

async function showRemoved(res: Response, organisation: OrganisationRecord) {
  const by = await User.findById(organisation.removed!.by, { name: 1 }).lean();
  await renderPage(res, 'organisations/removed', organisation.name, {
    organisation,
    by: by?.name ?? 'somebody',
  });
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
