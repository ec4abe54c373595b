import type { Request, Response } from 'express';
import { setTimeout } from 'node:timers/promises';
import { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { findRecipient } from '../recipients/recipients.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, withError, type FormState } from '../web/form.js';
import { pageOf } from '../web/paging.js';
import { bodyText, idOf, pageNumber, queryId } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { startForm } from './cadence.form.js';
import { findWithCampaign, readSteps } from './cadences.js';
import { previewForAll, previewForOne, seenStepsOf } from './preview-start.js';
import { replan } from './replan.js';
import { findStart, requestStart, workOn } from './start.js';
import { NONE_AHEAD, stopCadence } from './stop.js';

/** So many milliseconds the dates of all recipients may take; then the page says how far it came. */
const LONGEST_PREVIEW = 2000;

/** So many milliseconds a start is waited for; what takes longer shows how far it is. */
const WAITED_FOR = 1000;

/** Starting a cadence for recipients, and stopping it or planning it anew for one of them. */
export function startingRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/cadences/:id/start', STAFF, async (req, res) => showStart(req, res, deps));

  routes.post('/cadences/:id/starts', STAFF, async (req, res) => {
    const { cadence, campaign } = await findWithCampaign(idOf(req));
    const read = parseForm(startForm, req.body);
    if (!read.ok) return showStart(req, res, deps, read.form);
    const seen = bodyText(req, 'seen');
    if (seen !== seenStepsOf(await readSteps(cadence))) {
      const changed =
        'Somebody changed the cadence or a template while you were reading. Look at it once more.';
      return showStart(req, res, deps, withError(read.form, 'recipient', changed));
    }
    const only = read.value.recipient.map((id) => new Types.ObjectId(id));
    // what a colleague stopped is started again for one recipient at a time, by somebody who was told
    const despite = only.length === 1 ? read.value.despite.map((one) => new Types.ObjectId(one)) : [];
    const id = await requestStart(
      { cadence: cadence._id, campaign: campaign._id, seen, ...(!read.value.everybody && { only, despite }) },
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
    await stopCadence(recipient._id, `${req.user!.name} stopped the cadence.`, {
      by: req.user!._id,
      at: deps.now(),
    });
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
  const chosen = queryId(req, 'recipient');
  if (chosen) {
    const { steps, plan } = await previewForOne(cadence, campaign, chosen, asIf);
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
