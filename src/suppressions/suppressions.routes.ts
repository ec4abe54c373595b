import type { Response } from 'express';
import { Types } from 'mongoose';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { evenRemoved } from '../removal.model.js';
import { Organisation } from '../organisations/organisation.model.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { liftingForm, suppressionForm } from './suppression.form.js';
import type { SuppressionRecord } from './suppression.model.js';
import { capital, covers, stateOf, suppressionKindNames, suppressionKinds } from './suppression.rules.js';
import {
  addSuppression,
  findSuppression,
  liftSuppression,
  listSuppressions,
  lists,
  readPerson,
} from './suppressions.js';

/** Who is not to be written to, and why. */
export function suppressionsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/suppressions', STAFF, async (req, res) => {
    const list = lists.find((known) => known === queryText(req, 'list')) ?? 'open';
    const now = deps.now();
    const page = await listSuppressions(list, pageNumber(req), now);
    await renderPage(res, 'suppressions/index', 'Do not contact', {
      page,
      list,
      covers: (one: SuppressionRecord) => capital(covers(one)),
      stateOf: (one: SuppressionRecord) => stateOf(one, now),
      nameOf: await namesOf(page.rows),
    });
  });

  routes.get('/suppressions/new', STAFF, async (req, res) => {
    const organisation = queryText(req, 'organisation');
    const kind = organisation ? 'organisation' : 'address';
    await showForm(res, emptyForm({ kind, organisation, from: dayOf(deps.now(), req.user!.timeZone) }));
  });

  routes.post('/suppressions', STAFF, async (req, res) => {
    const read = parseForm(suppressionForm, req.body);
    if (!read.ok) return showForm(res, read.form);
    const saved = await refusedAsField(() =>
      addSuppression({ ...read.value, ...sentForm(req) }, req.user!._id, deps.now()),
    );
    if ('refused' in saved) return showForm(res, withError(read.form, 'organisation', saved.refused));
    const isNobody = read.value.kind === 'person' && !(await isPersonKnown(saved.value, deps.now()));
    req.session.notice = isNobody ? KEEPS_NOTHING_BACK : KEEPS_BACK;
    return res.redirect(`/suppressions/${String(saved.value)}`);
  });

  routes.get('/suppressions/:id', STAFF, async (req, res) =>
    showSuppression(res, await findSuppression(idOf(req)), emptyForm(), deps),
  );

  routes.post('/suppressions/:id/lifting', STAFF, async (req, res) => {
    const suppression = await findSuppression(idOf(req));
    const read = parseForm(liftingForm, req.body);
    if (!read.ok) return showSuppression(res, suppression, read.form, deps);
    await liftSuppression(suppression._id, read.value.reason, req.user!._id, deps.now());
    req.session.notice =
      'Lifted. What was held meanwhile stays held until somebody approves it again. Where another entry covers them, they are still not written to.';
    return res.redirect(`/suppressions/${String(suppression._id)}`);
  });

  return routes.handler;
}

const KEEPS_BACK = 'Written down. What is planned for them is held when it would leave.';
const KEEPS_NOTHING_BACK = 'Written down, but nothing is kept back by it yet: see why below.';

const isPersonKnown = async (id: Types.ObjectId, now: Date): Promise<boolean> =>
  (await readPerson(await findSuppression(id), now)).isKnown;

async function showForm(res: Response, form: FormState) {
  const organisations = await Organisation.find({}, { name: 1 }).sort({ nameFolded: 1 }).lean();
  await renderForm(res, 'suppressions/form', 'Write down who is not to be written to', {
    form,
    organisations,
    kinds: suppressionKinds.map((kind) => [kind, suppressionKindNames[kind]]),
  });
}

async function showSuppression(
  res: Response,
  suppression: SuppressionRecord,
  form: FormState,
  { now }: Pick<Deps, 'now'>,
) {
  const [nameOf, person] = await Promise.all([
    namesOf([suppression]),
    suppression.kind === 'person' ? readPerson(suppression, now()) : null,
  ]);
  await renderForm(res, 'suppressions/show', `Do not contact: ${covers(suppression)}`, {
    form,
    suppression,
    kindName: suppressionKindNames[suppression.kind],
    covers,
    state: stateOf(suppression, now()),
    nameOf,
    person,
  });
}

/** The names of the colleagues and organisations that these records point to, by id. */
async function namesOf(suppressions: readonly SuppressionRecord[]): Promise<Record<string, string>> {
  const colleagues = suppressions.flatMap(({ recordedBy, lifted }) => [recordedBy, lifted?.by]).filter(isId);
  const organisations = suppressions.map(({ organisation }) => organisation).filter(isId);
  const found = await Promise.all([
    User.find({ _id: { $in: colleagues } }, { name: 1 }).lean(),
    Organisation.find({ _id: { $in: organisations } }, { name: 1 }, evenRemoved).lean(),
  ]);
  return Object.fromEntries(found.flat().map(({ _id, name }) => [String(_id), name]));
}

const isId = (id: unknown): id is Types.ObjectId => id instanceof Types.ObjectId;
