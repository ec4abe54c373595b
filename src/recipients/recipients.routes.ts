import type { Response } from 'express';
import { Types } from 'mongoose';
import { z } from 'zod';
import { findCampaign } from '../campaigns/campaigns.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { dayInWords } from '../dates.js';
import type { Deps } from '../deps.js';
import { followUpStateNames, nextTimeOf } from '../follow-ups/follow-up.rules.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, objectId, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { answerGroupNames, answerGroups } from './answer-group.rules.js';
import { findOffices } from './offices-to-add.js';
import { listRecipients } from './recipient-list.js';
import { queryOf, wantedIn } from './recipient-query.js';
import { deliveries, deliveryNames, engagementNames, engagements } from './status.rules.js';
import { statusElement } from './status-element.js';
import { addRecipient } from './recipients.js';
import { listRemovedRecipients } from './removed.js';

const addForm = z.object({ office: objectId('Choose an office.') });

/** The recipients of a campaign, and how one is added. */
export function recipientsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/campaigns/:id/recipients', STAFF, async (req, res) => {
    const now = deps.now();
    const wanted = wantedIn((name) => queryText(req, name));
    const [campaign, page, removed] = await Promise.all([
      findCampaign(idOf(req)),
      listRecipients(idOf(req), { ...wanted, page: pageNumber(req) }, now),
      listRemovedRecipients(idOf(req)),
    ]);
    await renderPage(res, 'recipients/index', `Recipients: ${campaign.title}`, {
      campaign,
      page,
      removed,
      wanted,
      query: queryOf(wanted),
      asOf:
        wanted.on &&
        (wanted.on === 'now' ? 'Today, whoever was written to' : `At the end of ${dayInWords(wanted.on)}`),
      answerGroups,
      answerGroupNames,
      deliveries,
      deliveryNames,
      engagements,
      engagementNames,
      statusElement,
      followUpStateNames,
      nextTimeOf,
    });
  });

  routes.get('/campaigns/:id/recipients/new', STAFF, async (req, res) =>
    showAddForm(res, emptyForm({ find: queryText(req, 'find') }), await findCampaign(idOf(req))),
  );

  routes.post('/campaigns/:id/recipients', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const read = parseForm(addForm, req.body);
    if (!read.ok) return showAddForm(res, read.form, campaign);
    const added = await refusedAsField(() =>
      addRecipient(campaign._id, new Types.ObjectId(read.value.office), deps.now()),
    );
    if ('refused' in added) return showAddForm(res, withError(read.form, 'office', added.refused), campaign);
    req.session.notice = 'The recipient is added. Log what has happened so far.';
    return res.redirect(`/recipients/${String(added.value)}`);
  });

  return routes.handler;
}

async function showAddForm(res: Response, form: FormState, campaign: CampaignRecord) {
  const find = typeof form.values['find'] === 'string' ? form.values['find'] : '';
  await renderForm(res, 'recipients/new', `Add a recipient: ${campaign.title}`, {
    form,
    campaign,
    find,
    ...(await findOffices(campaign._id, find)),
  });
}
