import type { Request, Response } from 'express';
import { Types } from 'mongoose';
import { cleanLine } from '../clean-text.js';
import type { Deps } from '../deps.js';
import { cancelledInWords, endedInWords, type Ended } from '../follow-ups/cancel.js';
import { findRecipients } from '../recipients/find-recipients.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, withError, type FormState } from '../web/form.js';
import { idOf, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import {
  holderChangeForm,
  placementCorrectionForm,
  placementForm,
  readingForm,
  settingAsideForm,
} from './incoming.form.js';
import {
  findIncoming,
  isPlaceable,
  placeMail,
  readAs,
  setAside,
  takeBackPlacement,
} from './incoming-mail.js';
import { changeValues } from './leaving.js';
import { replaceLeaver } from './replace-leaver.js';
import { campaignTitles, viewOf } from './view-incoming.js';

const back = (req: Request, res: Response, notice: string, ended: readonly Ended[] = []): void => {
  const { words, links } = endedInWords(ended);
  req.session.notice = `${notice}${words}`;
  req.session.noticeLinks = links;
  res.redirect(`/incoming-mail/${String(idOf(req))}`);
};

/** One incoming message: read it, say whose it is and what it amounts to. */
export function incomingMailRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/incoming-mail/:id', STAFF, (req, res) => showMail(req, res, emptyForm()));

  routes.get('/incoming-mail/:id/recipients', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    if (!isPlaceable(mail)) return res.redirect(`/incoming-mail/${String(mail._id)}`);
    const find = queryText(req, 'find');
    const { found, more } = await findRecipients(find);
    return renderPage(res, 'incoming-mail/recipients', 'Whose message is it?', {
      mail,
      find,
      found,
      more,
      titleOf: await campaignTitles(found),
    });
  });

  routes.post('/incoming-mail/:id/placement', STAFF, async (req, res) => {
    const id = idOf(req);
    await findIncoming(id);
    const read = parseForm(placementForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    await placeMail(id, new Types.ObjectId(read.value.recipient), deps, { by: req.user! });
    return back(req, res, 'Placed. It is in their history now.');
  });

  routes.post('/incoming-mail/:id/placement/correction', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    const read = parseForm(placementCorrectionForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    const ended = await takeBackPlacement(mail, read.value.reason, deps, { by: req.user! });
    return back(
      req,
      res,
      'Taken back. The entry is corrected in the history, and the message is in the inbox again.',
      ended,
    );
  });

  routes.post('/incoming-mail/:id/reading', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    const read = parseForm(readingForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    const { cancelled, goesOn, ended } = await readAs(mail, read.value.as, deps, { by: req.user! });
    const next = goesOn ? ' Their cadence goes on.' : cancelledInWords(cancelled);
    return back(req, res, `Saved.${next}`, ended);
  });

  routes.post('/incoming-mail/:id/setting-aside', STAFF, async (req, res) => {
    const id = idOf(req);
    await findIncoming(id);
    const read = parseForm(settingAsideForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    await setAside(id, read.value.reason, deps, { by: req.user! });
    return back(req, res, 'Set aside. It stays readable under Inbox, Set aside.');
  });

  routes.post('/incoming-mail/:id/holder-change', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    const read = parseForm(holderChangeForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    const changed = await replaceLeaver(mail, read.value, deps);
    if ('refused' in changed) {
      const { field, sentence } = changed.refused;
      return showMail(req, res, withError(read.form, field, sentence));
    }
    return back(req, res, changed.inWords);
  });

  return routes.handler;

  async function showMail(req: Request, res: Response, { values, errors }: FormState) {
    const mail = await findIncoming(idOf(req));
    const view = await viewOf(mail, deps);
    const prefilled = view.leaving ? changeValues(view.leaving) : {};
    await renderForm(res, 'incoming-mail/show', cleanLine(mail.subject) || 'A message without a subject', {
      form: { values: { ...prefilled, ...values }, errors },
      ...view,
      formatted: queryText(req, 'formatted') === 'yes',
    });
  }
}
