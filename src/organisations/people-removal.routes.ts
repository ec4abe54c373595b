import type { Request, Response } from 'express';
import type { Deps } from '../deps.js';
import { removeAsAsked } from '../removal.form.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { holderOf } from './confirmation.js';
import type { OrganisationRecord } from './organisation.model.js';
import { findOffice, findOrganisation, personOf } from './organisations.js';
import {
  putHolderBack,
  putPersonBack,
  removeHolder,
  removePerson,
  whyHolderStays,
  whyPersonStays,
} from './remove-person.js';

/** The same for whoever was written down by mistake: as holding an office, or among the other people of an organisation. */
export function peopleRemovalRoutes(deps: Deps) {
  const routes = createRouter();
  const writing = (req: Request) => ({ by: req.user!._id, now: deps.now() });

  async function holderIn(req: Request) {
    const office = await findOffice(idOf(req));
    const holder = holderOf(office, idOf(req, 'holder'));
    const asked: Asked = {
      organisation: await findOrganisation(office.organisation),
      name: holder.name,
      as: `holding the office “${office.title}”`,
      action: `/offices/${String(office._id)}/holders/${String(holder._id)}/removal`,
      stays: await whyHolderStays(office, holder, deps.now()),
      isHolder: true,
    };
    return { office, holder, asked };
  }

  routes.get('/offices/:id/holders/:holder/removal', STAFF, async (req, res) =>
    ask(res, (await holderIn(req)).asked),
  );

  routes.post('/offices/:id/holders/:holder/removal', STAFF, async (req, res) => {
    const { office, holder, asked } = await holderIn(req);
    const wrong = await removeAsAsked(req.body, ({ why }) =>
      removeHolder(office, holder, { ...writing(req), why }),
    );
    if (wrong) return ask(res, asked, wrong);
    req.session.notice = `${holder.name} is removed from the office, and can be put back there. Look at who holds it now, and from when until when.`;
    return res.redirect(pageOf(asked.organisation));
  });

  routes.post('/offices/:id/holders/:holder/return', STAFF, async (req, res) => {
    const office = await findOffice(idOf(req));
    await putHolderBack(office, idOf(req, 'holder'), writing(req));
    req.session.notice = 'They are put back among the holders of the office.';
    res.redirect(`/organisations/${String(office.organisation)}`);
  });

  async function personIn(req: Request) {
    const organisation = await findOrganisation(idOf(req));
    const person = personOf(organisation, idOf(req, 'person'));
    const asked: Asked = {
      organisation,
      name: person.name,
      as: 'being at the organisation',
      action: `${pageOf(organisation)}/people/${String(person._id)}/removal`,
      stays: await whyPersonStays(organisation._id, person, deps.now()),
      isHolder: false,
    };
    return { organisation, person, asked };
  }

  routes.get('/organisations/:id/people/:person/removal', STAFF, async (req, res) =>
    ask(res, (await personIn(req)).asked),
  );

  routes.post('/organisations/:id/people/:person/removal', STAFF, async (req, res) => {
    const { organisation, person, asked } = await personIn(req);
    const wrong = await removeAsAsked(req.body, ({ why }) =>
      removePerson(organisation, person, { ...writing(req), why }),
    );
    if (wrong) return ask(res, asked, wrong);
    req.session.notice = `${person.name} is removed, and can be put back at the end of this page.`;
    return res.redirect(pageOf(organisation));
  });

  routes.post('/organisations/:id/people/:person/return', STAFF, async (req, res) => {
    const organisation = await findOrganisation(idOf(req));
    await putPersonBack(organisation, idOf(req, 'person'), writing(req));
    req.session.notice = 'They are put back.';
    res.redirect(pageOf(organisation));
  });

  return routes.handler;
}

type Asked = {
  organisation: OrganisationRecord;
  name: string;
  /** as what they are written down */
  as: string;
  action: string;
  /** why they cannot be removed, or null */
  stays: string | null;
  isHolder: boolean;
};

const pageOf = ({ _id }: OrganisationRecord): string => `/organisations/${String(_id)}`;

const ask = (res: Response, asked: Asked, form: FormState = emptyForm()) =>
  renderForm(res, 'organisations/person-removal', `Remove ${asked.name}`, {
    ...asked,
    form,
    back: { href: pageOf(asked.organisation), name: asked.organisation.name },
  });
