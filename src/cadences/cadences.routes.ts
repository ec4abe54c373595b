import type { Response } from 'express';
import { findCampaign } from '../campaigns/campaigns.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { Deps } from '../deps.js';
import { followUpStateNames, followUpStates } from '../follow-ups/follow-up.rules.js';
import { Template } from '../follow-ups/template.model.js';
import { findRecipient } from '../recipients/recipients.js';
import { STAFF } from '../users/user.rules.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, queryId } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { cadenceForm, toFormValues } from './cadence.form.js';
import { Cadence, type CadenceRecord } from './cadence.model.js';
import { LONGEST_GAP, MOST_STEPS } from './cadence.rules.js';
import { createCadence, editCadence, findWithCampaign, readSteps } from './cadences.js';
import { readStanding } from './standing.js';
import { CadenceStart } from './start.model.js';

/** Writing a cadence. Starting it, and what becomes of it then, is in `starting.routes.ts`. */
export function cadencesRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/campaigns/:id/cadences', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const cadences = await Cadence.find({ campaign: campaign._id }).sort({ name: 1 }).lean<CadenceRecord[]>();
    const chosen = queryId(req, 'recipient');
    const recipient = chosen && (await findRecipient(chosen));
    await renderPage(res, 'cadences/index', `Cadences: ${campaign.title}`, { campaign, cadences, recipient });
  });

  routes.get('/campaigns/:id/cadences/new', STAFF, async (req, res) =>
    showForm(res, emptyForm(), await findCampaign(idOf(req))),
  );

  routes.post('/campaigns/:id/cadences', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const read = parseForm(cadenceForm, req.body);
    if (!read.ok) return showForm(res, read.form, campaign);
    const made = await refusedAsField(() =>
      createCadence(campaign._id, { ...read.value, ...sentForm(req) }, deps.now()),
    );
    if ('refused' in made) return showForm(res, withError(read.form, 'template1', made.refused), campaign);
    req.session.notice = 'The cadence is saved. It writes to nobody until you start it for somebody.';
    return res.redirect(`/cadences/${String(made.value)}`);
  });

  routes.get('/cadences/:id', STAFF, async (req, res) => {
    const { cadence, campaign } = await findWithCampaign(idOf(req));
    const [steps, standing, starts] = await Promise.all([
      readSteps(cadence),
      readStanding(cadence._id),
      CadenceStart.find({ cadence: cadence._id }).sort({ _id: -1 }).limit(10).lean(),
    ]);
    await renderPage(res, 'cadences/show', cadence.name, {
      cadence,
      campaign,
      steps,
      standing,
      starts,
      followUpStates,
      followUpStateNames,
    });
  });

  routes.get('/cadences/:id/edit', STAFF, async (req, res) => {
    const { cadence, campaign } = await findWithCampaign(idOf(req));
    await showForm(res, emptyForm(toFormValues(cadence)), campaign, cadence);
  });

  routes.post('/cadences/:id', STAFF, async (req, res) => {
    const { cadence, campaign } = await findWithCampaign(idOf(req));
    const read = parseForm(cadenceForm, req.body);
    if (!read.ok) return showForm(res, read.form, campaign, cadence);
    const saved = await refusedAsField(() => editCadence(cadence, read.value));
    if ('refused' in saved)
      return showForm(res, withError(read.form, 'template1', saved.refused), campaign, cadence);
    req.session.notice = 'The cadence is saved. Whoever it was started for keeps the steps as they were.';
    return res.redirect(`/cadences/${String(cadence._id)}`);
  });

  return routes.handler;
}

async function showForm(
  res: Response,
  form: FormState,
  campaign: CampaignRecord,
  cadence: CadenceRecord | null = null,
) {
  const templates = await Template.find({ campaign: campaign._id }, { name: 1 }).sort({ name: 1 }).lean();
  const title = cadence ? `Edit ${cadence.name}` : 'New cadence';
  await renderForm(res, 'cadences/form', title, {
    form,
    campaign,
    cadence,
    templates,
    mostSteps: MOST_STEPS,
    longestGap: LONGEST_GAP,
  });
}
