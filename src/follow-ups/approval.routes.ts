import type { Request, Response } from 'express';
import { findCampaign, sendingOf } from '../campaigns/campaigns.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';
import { whyNotApprove, whyNotOwn } from '../users/approvers.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf, pageNumber, queryId, queryText } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { waitingForApproval } from './approval-list.js';
import { approveTicked, type Refused } from './approve-ticked.js';
import { approvalsForm } from './follow-up.form.js';
import { followUpStateNames } from './follow-up.rules.js';

type Outcome = { approved: number; refused: Refused[] };

/** Many messages of a campaign, each read in full, approved with one button. */
export function approvalRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/campaigns/:id/approval', STAFF, async (req, res) =>
    showApproval(req, res, await findWanted(req), deps),
  );

  routes.post('/campaigns/:id/approval', STAFF, async (req, res) => {
    const wanted = await findWanted(req);
    const read = parseForm(approvalsForm, req.body);
    if (!read.ok) return showApproval(req, res, wanted, deps, { form: read.form });
    const approval = { by: req.user!._id, from: deps.post.from, now: deps.now() };
    const outcome = await approveTicked(wanted.campaign._id, read.value.approve, approval);
    if (outcome.refused.length > 0) {
      res.status(409);
      return showApproval(req, res, wanted, deps, { outcome });
    }
    req.session.notice = `${outcome.approved === 1 ? 'One message is' : `${outcome.approved} messages are`} approved.`;
    return res.redirect(addressOf(wanted, pageNumber(req)));
  });

  return routes.handler;
}

type Wanted = { campaign: CampaignRecord; recipient: RecipientRecord | null };

/** The campaign, and the one recipient if the address names one. @throws NotFound for a recipient of another campaign */
async function findWanted(req: Request): Promise<Wanted> {
  const campaign = await findCampaign(idOf(req));
  if (!queryText(req, 'recipient')) return { campaign, recipient: null };
  const recipient = await Recipient.findOne({
    _id: queryId(req, 'recipient'),
    campaign: campaign._id,
  }).lean<RecipientRecord>();
  if (!recipient) throw new NotFound('There is no such recipient in this campaign.');
  return { campaign, recipient };
}

const addressOf = ({ campaign, recipient }: Wanted, page: number | '' = ''): string =>
  `/campaigns/${String(campaign._id)}/approval?${recipient ? `recipient=${String(recipient._id)}&` : ''}page=${page}`;

async function showApproval(
  req: Request,
  res: Response,
  wanted: Wanted,
  deps: Deps,
  { form = emptyForm(), outcome = null }: { form?: FormState; outcome?: Outcome | null } = {},
) {
  const { campaign, recipient } = wanted;
  const waiting = await waitingForApproval(
    { campaign, recipient: recipient?._id ?? null, number: pageNumber(req) },
    req.user!,
    deps,
  );
  await renderForm(res, 'follow-ups/approval', `Read and approve: ${campaign.title}`, {
    ...waiting,
    form,
    outcome,
    campaign,
    recipient,
    followUpStateNames,
    from: deps.post.from,
    goesOut: Boolean(deps.post.smtp && campaign.liveSince),
    mayNot: await whyNotApprove(req.user!),
    whyNotOwn: waiting.page.rows.some(({ needsAnother }) => needsAnother)
      ? await whyNotOwn(req.user!._id)
      : null,
    fourEyes: sendingOf(campaign).approval === 'four eyes',
    action: addressOf(wanted, waiting.page.number),
    base: addressOf(wanted),
  });
}
