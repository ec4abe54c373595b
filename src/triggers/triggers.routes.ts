import type { Request, Response } from 'express';
import { Campaign } from '../campaigns/campaign.model.js';
import { Cadence } from '../cadences/cadence.model.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { findCampaign } from '../campaigns/campaigns.js';
import { stanceNames } from '../commitments/commitment.rules.js';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { findMilestone } from '../legislation/milestones.js';
import { inTimeOrder } from '../legislation/milestone.rules.js';
import { listTracks } from '../legislation/tracks.js';
import { colleagues } from '../reminders/colleagues.js';
import { STAFF } from '../users/user.rules.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, withError, type FormState } from '../web/form.js';
import { bodyText, idOf, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { listTriggers } from './list-triggers.js';
import { findTrigger } from './read-trigger.js';
import { toFormValues, triggerForm } from './trigger.form.js';
import { effectNames, milestoneInWords } from './trigger-words.js';
import type { TriggerRecord } from './trigger.model.js';
import { effects, thresholds, type Effect } from './trigger.rules.js';
import { createTrigger, editTrigger, wrongChoice } from './triggers.js';

/** Lists of triggers, and the form in which one is written. What becomes of it then is in `trigger.routes.ts`. */
export function triggersRoutes(deps: Deps) {
  const routes = createRouter();
  const saving = (req: Request) => ({ by: req.user!._id, now: deps.now() });
  const formFor = ({ timeZone }: CampaignRecord, effect: Effect) =>
    triggerForm(effect, dayOf(deps.now(), timeZone));

  routes.get('/campaigns/:id/triggers', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const triggers = await listTriggers({ campaign: campaign._id }, deps.now());
    await renderPage(res, 'triggers/index', 'Triggers', { campaign, triggers });
  });

  routes.get('/tracks/:id/milestones/:milestone/triggers', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    const [triggers, campaigns] = await Promise.all([
      listTriggers({ milestone: milestone._id }, deps.now()),
      Campaign.find({}, { title: 1 }).sort({ createdAt: -1 }).lean(),
    ]);
    const locals = { track, milestone, triggers, campaigns };
    await renderPage(res, 'triggers/of-milestone', `What “${milestone.title}” sets in motion`, locals);
  });

  routes.get('/campaigns/:id/triggers/new', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const milestone = queryText(req, 'milestone');
    const effect = effectNamed(queryText(req, 'effect'));
    if (!effect)
      return renderPage(res, 'triggers/choose', 'New trigger', { campaign, milestone, effects, effectNames });
    const values = { milestone, side: 'before', basis: 'expected' };
    return showForm(res, emptyForm(values), { campaign, effect, trigger: null });
  });

  routes.post('/campaigns/:id/triggers', STAFF, async (req, res) => {
    const campaign = await findCampaign(idOf(req));
    const effect = effectNamed(bodyText(req, 'effect'));
    if (!effect) return res.redirect(`/campaigns/${String(campaign._id)}/triggers/new`);
    const shown = { campaign, effect, trigger: null };
    const read = parseForm(formFor(campaign, effect), req.body);
    if (!read.ok) return showForm(res, read.form, shown);
    const wrong = await wrongChoice(campaign, read.value);
    if (wrong) return showForm(res, withError(read.form, wrong.field, wrong.message), shown);
    const id = await createTrigger(campaign, effect, { ...read.value, ...sentForm(req) }, saving(req));
    req.session.notice =
      campaign.approval === 'none'
        ? 'The trigger is saved. This campaign asks for no approval, so it is set in motion when its day comes. Follow-ups it plans wait for a person all the same.'
        : 'The trigger is saved. It does nothing until it is approved: see below what it would do.';
    return res.redirect(`/triggers/${String(id)}`);
  });

  routes.get('/triggers/:id/edit', STAFF, async (req, res) => {
    const trigger = await findTrigger(idOf(req));
    await showForm(res, emptyForm(toFormValues(trigger)), await shownFor(trigger));
  });

  routes.post('/triggers/:id', STAFF, async (req, res) => {
    const trigger = await findTrigger(idOf(req));
    const shown = await shownFor(trigger);
    const typed = { ...(req.body as object), milestone: String(trigger.milestone) };
    const read = parseForm(formFor(shown.campaign, shown.effect), typed);
    if (!read.ok) return showForm(res, read.form, shown);
    const { milestone: _stays, ...chosen } = read.value;
    const wrong = await wrongChoice(shown.campaign, chosen);
    if (wrong) return showForm(res, withError(read.form, wrong.field, wrong.message), shown);
    await editTrigger(trigger, read.value, saving(req));
    req.session.notice = 'The trigger is saved. Where that changed what it says, its approval is void.';
    return res.redirect(`/triggers/${String(trigger._id)}`);
  });

  return routes.handler;
}

const effectNamed = (name: string): Effect | null => effects.find((one) => one === name) ?? null;

type Shown = { campaign: CampaignRecord; effect: Effect; trigger: TriggerRecord | null };

const shownFor = async (trigger: TriggerRecord): Promise<Shown> => ({
  campaign: await findCampaign(trigger.campaign),
  effect: trigger.effect,
  trigger,
});

async function showForm(res: Response, form: FormState, { campaign, effect, trigger }: Shown) {
  const [tracks, cadences, staff] = await Promise.all([
    listTracks(),
    Cadence.find({ campaign: campaign._id }, { name: 1 }).sort({ name: 1 }).lean(),
    colleagues(),
  ]);
  await renderForm(res, 'triggers/form', trigger ? 'Edit the trigger' : 'New trigger', {
    form,
    campaign,
    effect,
    trigger,
    effectName: effectNames[effect],
    milestones: tracks
      .filter(({ milestones }) => milestones.length > 0)
      .map(({ title, milestones }) => [
        title,
        inTimeOrder(milestones).map((one) => [String(one._id), milestoneInWords(one)]),
      ]),
    cadences: cadences.map(({ _id, name }) => [String(_id), name]),
    staff: staff.toSorted((a, b) => a.name.localeCompare(b.name)),
    thresholds: thresholds.map((stance) => [stance, stanceNames[stance]]),
  });
}
