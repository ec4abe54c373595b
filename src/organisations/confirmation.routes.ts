import type { Response } from 'express';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import type { HolderRecord } from './change-holder.js';
import { confirmHolder } from './confirm-holder.js';
import { holderOf, readConfirmation } from './confirmation.js';
import { waitsForConfirmation } from './holder.rules.js';
import type { OfficeRecord } from './office.model.js';
import { confirmationForm } from './organisation.form.js';
import { findOffice, findOrganisation } from './organisations.js';

/** That somebody has confirmed where and how the new holder of an office is written to. */
export function confirmationRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/offices/:id/holders/:holder/confirmation', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const holder = holderOf(office, idOf(req, 'holder'));
    const { email } = office;
    const { name, salutation } = holder;
    await showConfirmation(
      res,
      emptyForm({ email, salutation, seenName: name, seenEmail: email }),
      office,
      holder,
      deps,
    );
  });

  routes.post('/offices/:id/holders/:holder/confirmation', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    const holder = holderOf(office, idOf(req, 'holder'));
    const read = parseForm(confirmationForm, req.body);
    if (!read.ok) return showConfirmation(res, read.form, office, holder, deps);
    await confirmHolder(office._id, holder._id, read.value, req.user!._id, deps);
    req.session.notice = `Confirmed. What goes to ${holder.name} waits for this no longer; whatever reads otherwise than what was approved wants approval again.`;
    return res.redirect(`/organisations/${String(office.organisation)}`);
  });

  return routes.handler;
}

async function showConfirmation(
  res: Response,
  form: FormState,
  office: OfficeRecord,
  holder: HolderRecord,
  { now }: Deps,
) {
  const organisation = await findOrganisation(office.organisation);
  await renderForm(
    res,
    'organisations/confirmation',
    `Confirm ${holder.name}: ${office.title}, ${organisation.name}`,
    {
      form,
      office,
      organisation,
      holder,
      waits: waitsForConfirmation(holder),
      ...(await readConfirmation(office, holder, dayOf(now(), office.timeZone))),
    },
  );
}
