import type { Response } from 'express';
import { findCampaign } from '../campaigns/campaigns.js';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { cancelledInWords } from '../follow-ups/cancel.js';
import { titleOf } from '../history/timeline.js';
import { findOffice } from '../organisations/organisations.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { clockStateNames } from './clock-state.rules.js';
import { decide } from './decide.js';
import { replan } from '../cadences/replan.js';
import { sentForm } from '../web/form-id.js';
import { decisionForm, decisions, type Decision } from './decision.form.js';
import { statusElement } from './status-element.js';
import { explainClock } from './explain-clock.js';
import { readKnown } from './known.js';
import type { RecipientRecord } from './recipient.model.js';
import { findRecipient } from './recipients.js';
import { deliveryNames, engagementNames } from './status.rules.js';

const titles: Record<Decision, string> = {
  promises: 'They promised a day',
  'clock-pauses': 'Pause the clock',
  'clock-resumptions': 'Let the clock go on',
  closings: 'Close the matter',
  reopenings: 'Reopen the matter',
};
const notices: Record<Decision, string> = {
  promises: 'Saved. The day they promised counts for the deadline, and you are reminded when it has passed.',
  'clock-pauses': 'The clock is paused: these days do not count.',
  'clock-resumptions': 'The clock goes on.',
  closings: 'Closed. Nothing is sent to them, and no answer is awaited.',
  reopenings: 'Reopened. It stands where it stood before it was closed.',
};

const STEPS_WAIT = ' The steps of the cadence that are ahead wait until it has passed.';

/** The clock of a recipient and how it was worked out, and what staff decide about it. */
export function clockRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/recipients/:id/clock', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    const [campaign, office, known] = await Promise.all([
      findCampaign(recipient.campaign),
      findOffice(recipient.office),
      readKnown(recipient._id),
    ]);
    await renderPage(res, 'recipients/clock', `The clock: ${recipient.organisationName}`, {
      recipient,
      campaign,
      ...explainClock(recipient, known, campaign, office, deps.now()),
      clockStateNames,
      deliveryNames,
      engagementNames,
      statusElement,
      titleOf,
    });
  });

  for (const decision of Object.keys(decisions) as Decision[]) {
    routes.get(`/recipients/:id/${decision}/new`, STAFF, async (req, res) => {
      const today = dayOf(deps.now(), req.user!.timeZone);
      await showForm(res, decision, await findRecipient(idOf(req)), emptyForm({ on: today }));
    });

    routes.post(`/recipients/:id/${decision}`, STAFF, async (req, res) => {
      const recipient = await findRecipient(idOf(req));
      const now = deps.now();
      const read = parseForm(decisionForm(decision, req.user!.timeZone, now), req.body);
      if (!read.ok) return showForm(res, decision, recipient, read.form);
      const decided = { ...read.value, ...sentForm(req) };
      const { cancelled } = await decide(recipient, decision, decided, { by: req.user!, now });
      const waits = decision === 'promises' && (await replan(recipient._id, deps));
      req.session.notice = `${notices[decision]}${waits ? STEPS_WAIT : ''}${cancelledInWords(cancelled, '')}`;
      return res.redirect(`/recipients/${String(recipient._id)}/clock`);
    });
  }

  return routes.handler;
}

const showForm = (res: Response, decision: Decision, recipient: RecipientRecord, form: FormState) =>
  renderForm(res, 'recipients/decision', `${titles[decision]}: ${recipient.organisationName}`, {
    form,
    decision,
    heading: titles[decision],
    recipient,
  });
