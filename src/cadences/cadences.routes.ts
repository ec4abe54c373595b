import type { Request, Response } from 'express';
import { setTimeout } from 'node:timers/promises';
import { Types } from 'mongoose';
import { findCampaign } from '../campaigns/campaigns.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { followUpStateNames, followUpStates } from '../follow-ups/follow-up.rules.js';
import { Template } from '../follow-ups/template.model.js';
import { findRecipient } from '../recipients/recipients.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { pageOf } from '../web/paging.js';
import { bodyText, idOf, pageNumber, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { cadenceForm, startForm, toFormValues } from './cadence.form.js';
import { Cadence, type CadenceRecord } from './cadence.model.js';
import { LONGEST_GAP, MOST_STEPS } from './cadence.rules.js';
import { createCadence, editCadence, findCadence, readSteps } from './cadences.js';
import { previewForAll, previewForOne, seenStepsOf } from './preview-start.js';
import { replan } from './replan.js';
import { CadenceStart } from './start.model.js';
import { findStart, requestStart, workOn } from './start.js';
import { NONE_AHEAD, stopCadence } from './stop.js';

/** So many milliseconds the dates of all recipients may take; then the page says how far it came. */
const LONGEST_PREVIEW = 2000;

/** So many milliseconds a start is waited for; what takes longer shows how far it is. */
const WAITED_FOR = 1000;

export function cadencesRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/campaigns/:id/cadences', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const cadences = await Cadence.find({ campaign: campaign._id }).sort({ name: 1 }).lean<CadenceRecord[]>();
    const chosen = queryText(req, 'recipient');
    const recipient = isId(chosen) ? await findRecipient(new Types.ObjectId(chosen)) : null;
    await renderPage(res, 'cadences/index', `Cadences: ${campaign.title}`, { campaign, cadences, recipient });
  });

  routes.get('/campaigns/:id/cadences/new', STAFF, async (req, res) =>
    showForm(res, emptyForm(), await findCampaign(idOf(req))),
  );

  routes.post('/campaigns/:id/cadences', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const read = parseForm(cadenceForm, req.body);
    if (!read.ok) return showForm(res, read.form, campaign);
    const made = await refusedAsField(() => createCadence(campaign._id, read.value, deps.now()));
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

  routes.get('/cadences/:id/start', STAFF, async (req, res) => showStart(req, res, deps));

  routes.post('/cadences/:id/starts', STAFF, async (req, res) => {
    const { cadence, campaign } = await findWithCampaign(idOf(req));
    const read = parseForm(startForm, req.body);
    if (!read.ok) return showStart(req, res, deps, read.form);
    if (bodyText(req, 'seen') !== seenStepsOf(await readSteps(cadence))) {
      const changed =
        'Somebody changed the cadence or a template while you were reading. Nothing was started: look at it once more.';
      return showStart(req, res, deps, withError(read.form, 'recipient', changed));
    }
    const only = read.value.recipient.map((id) => new Types.ObjectId(id));
    const id = await requestStart(
      { cadence: cadence._id, campaign: campaign._id, ...(!read.value.everybody && { only }) },
      req.user!._id,
      deps.now(),
    );
    const work = workOn(id, deps).catch((error: unknown) =>
      deps.log.error({ err: error }, 'a start of a cadence was broken off; the next sweep goes on with it'),
    );
    await Promise.race([work, setTimeout(WAITED_FOR, null, { ref: false })]);
    return res.redirect(`/cadence-starts/${String(id)}`);
  });

  routes.get('/cadence-starts/:id', STAFF, async (req, res) => {
    const start = await findStart(idOf(req));
    const { cadence, campaign } = await findWithCampaign(start.cadence);
    const by = await User.findById(start.by, { name: 1 }).lean();
    await renderPage(res, 'cadences/started', `Starting: ${cadence.name}`, {
      start,
      cadence,
      campaign,
      by: by?.name ?? 'Somebody',
      script: start.finishedAt ? null : 'progress',
    });
  });

  routes.post('/recipients/:id/cadence-stop', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    await stopCadence(recipient._id, `${req.user!.name} stopped the cadence.`);
    req.session.notice = 'The cadence is stopped: none of its steps is sent to them any more.';
    res.redirect(`/recipients/${String(recipient._id)}`);
  });

  routes.post('/recipients/:id/cadence-renewal', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    if (!(await replan(recipient._id, deps, { byPerson: true }))) throw new RuleBroken(NONE_AHEAD);
    req.session.notice =
      'The steps ahead are planned anew from today. What has changed waits for approval again.';
    res.redirect(`/recipients/${String(recipient._id)}`);
  });

  return routes.handler;
}

async function showStart(req: Request, res: Response, deps: Deps, form: FormState = emptyForm()) {
  const { cadence, campaign } = await findWithCampaign(idOf(req));
  const asIf = { senderName: req.user!.name, from: deps.post.from, now: deps.now() };
  const chosen = queryText(req, 'recipient');
  if (isId(chosen)) {
    const { steps, plan } = await previewForOne(cadence, campaign, new Types.ObjectId(chosen), asIf);
    return renderForm(res, 'cadences/start-one', `Start ${cadence.name}`, {
      form,
      cadence,
      campaign,
      steps,
      plan,
      seen: seenStepsOf(steps),
    });
  }
  const until = Date.now() + LONGEST_PREVIEW;
  const { steps, outlooks, of } = await previewForAll(cadence, campaign, asIf, () => Date.now() > until);
  return renderForm(res, 'cadences/start', `Start ${cadence.name}`, {
    form,
    cadence,
    campaign,
    steps,
    of,
    looked: outlooks.length,
    ticked: [form.values['recipient'] ?? []].flat(),
    ready: outlooks.filter(({ reasons }) => reasons.length === 0).length,
    page: pageOf(outlooks, pageNumber(req)),
    seen: seenStepsOf(steps),
  });
}

async function findWithCampaign(id: Types.ObjectId) {
  const cadence = await findCadence(id);
  return { cadence, campaign: await findCampaign(cadence.campaign) };
}

/** How many recipients are where: for each step the count of each state. */
async function readStanding(cadence: Types.ObjectId): Promise<Map<number, Map<string, number>>> {
  const counts = await FollowUp.aggregate<{ _id: { step: number; state: string }; count: number }>([
    { $match: { cadence } },
    { $group: { _id: { step: '$step', state: '$state' }, count: { $sum: 1 } } },
  ]);
  const standing = new Map<number, Map<string, number>>();
  for (const { _id, count } of counts.toSorted((a, b) => a._id.step - b._id.step))
    standing.set(_id.step, (standing.get(_id.step) ?? new Map<string, number>()).set(_id.state, count));
  return standing;
}

const isId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text);

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
