import type { Response } from 'express';
import { Types } from 'mongoose';
import { z } from 'zod';
import { findCampaign } from '../campaigns/campaigns.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { dayInWords } from '../dates.js';
import type { Deps } from '../deps.js';
import { followUpStateNames, nextTimeOf } from '../follow-ups/follow-up.rules.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, objectId, parseForm, several, withError, type FormState } from '../web/form.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { answerGroupNames, answerGroups } from './answer-group.rules.js';
import { findOffices, OFFICES_LISTED } from './offices-to-add.js';
import { listRecipients } from './recipient-list.js';
import { queryOf, wantedIn } from './recipient-query.js';
import { deliveries, deliveryNames, engagementNames, engagements } from './status.rules.js';
import { statusElement } from './status-element.js';
import { addRecipients } from './recipients.js';
import { listRemovedRecipients } from './removed.js';

const addForm = z.object({
  office: several().pipe(
    z
      .array(objectId('Choose an office.'))
      .min(1, 'Choose an office.')
      .max(OFFICES_LISTED, `At most ${OFFICES_LISTED} offices are added at once.`),
  ),
});

/** The recipients of a campaign, and how they are added. */
export function recipientsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/campaigns/:id/recipients', STAFF, async (req, res) => {
    const now = deps.now();
    const wanted = wantedIn((name) => queryText(req, name));
    const [campaign, page] = await Promise.all([
      findCampaign(idOf(req)),
      listRecipients(idOf(req), { ...wanted, page: pageNumber(req) }, now),
    ]);
    // they stand at the end of the list
    const removed = page.hasMore ? [] : await listRemovedRecipients(idOf(req));
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
    const offices = read.value.office.map((id) => new Types.ObjectId(id));
    const { added, refused } = await addRecipients(campaign._id, offices, deps.now());
    const [first, another] = added;
    if (!first) return showAddForm(res, withError(read.form, 'office', refused.join(' ')), campaign);
    const which = another ? `${added.length} recipients are added.` : 'The recipient is added.';
    const where = another ? 'on the page of each ' : '';
    req.session.notice = [which, ...refused, `Log ${where}what has happened so far.`].join(' ');
    return res.redirect(
      another ? `/campaigns/${String(campaign._id)}/recipients` : `/recipients/${String(first)}`,
    );
  });

  return routes.handler;
}

async function showAddForm(res: Response, form: FormState, campaign: CampaignRecord) {
  const find = typeof form.values['find'] === 'string' ? form.values['find'] : '';
  await renderForm(res, 'recipients/new', `Add recipients: ${campaign.title}`, {
    form,
    campaign,
    find,
    ...(await findOffices(campaign._id, find)),
  });
}
