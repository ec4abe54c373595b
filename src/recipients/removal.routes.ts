import type { Request, Response } from 'express';
import type { Deps } from '../deps.js';
import { cancelledInWords } from '../follow-ups/cancel.js';
import { FollowUp, standsIn } from '../follow-ups/follow-up.model.js';
import { openStates } from '../follow-ups/follow-up.rules.js';
import { removeAsAsked } from '../removal.form.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import type { RecipientRecord } from './recipient.model.js';
import { findRecipient } from './recipients.js';
import { putRecipientBack, removeRecipient } from './remove.js';
import { readHappened } from './what-happened.js';

/** Takes away a recipient that was added by mistake, after a page that says what becomes of it; and puts it back. */
export function recipientRemovalRoutes(deps: Deps) {
  const routes = createRouter();
  const writing = (req: Request) => ({ by: req.user!._id, now: deps.now() });

  routes.get('/recipients/:id/removal', STAFF, async (req, res) => ask(res, await findRecipient(idOf(req))));

  routes.post('/recipients/:id/removal', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    let cancelled = 0;
    const wrong = await removeAsAsked(req.body, async ({ why }) => {
      cancelled = await removeRecipient(recipient._id, { ...writing(req), why });
    });
    if (wrong) return ask(res, recipient, wrong);
    req.session.notice = `${nameOf(recipient)} is removed.${cancelledInWords(cancelled, '')} It is kept at the end of the list and can be put back.`;
    return res.redirect(`/campaigns/${String(recipient.campaign)}/recipients`);
  });

  routes.post('/recipients/:id/return', STAFF, async (req, res) => {
    await putRecipientBack(idOf(req), writing(req));
    req.session.notice =
      'The recipient is put back. What had been planned for them stays cancelled: plan it anew where it is still right.';
    res.redirect(`/recipients/${String(idOf(req))}`);
  });

  return routes.handler;
}

const nameOf = ({ organisationName, officeTitle }: RecipientRecord): string =>
  `${organisationName}, ${officeTitle}`;

async function ask(res: Response, recipient: RecipientRecord, form: FormState = emptyForm()) {
  const [happened, ahead] = await Promise.all([
    readHappened(recipient._id),
    FollowUp.countDocuments({ recipient: recipient._id, ...standsIn(openStates) }),
  ]);
  await renderForm(res, 'recipients/removal', `Remove ${nameOf(recipient)}`, {
    form,
    recipient,
    happened,
    ahead,
  });
}
