import type { Request, Response } from 'express';
import { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { partOf } from '../mail/message-parts.js';
import { readMessage } from '../mail/read-message.js';
import { safeHtml } from '../mail/safe-html.js';
import { STAFF } from '../users/user.rules.js';
import { sendDownload } from '../web/downloads.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { sendFramedMail } from '../web/framed-mail.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { placementCorrectionForm, placementForm, readingForm, settingAsideForm } from './incoming.form.js';
import { findIncoming, placeMail, readAs, setAside, takeBackPlacement } from './incoming-mail.js';
import { openSource } from './source.js';
import { viewOf } from './view-incoming.js';

/** One incoming message: read it, say whose it is and what it amounts to. */
export function incomingMailRoutes(deps: Deps) {
  const routes = createRouter();
  const back = (req: Request, res: Response, notice: string) => {
    req.session.notice = notice;
    res.redirect(`/incoming-mail/${String(idOf(req))}`);
  };

  routes.get('/incoming-mail/:id', STAFF, (req, res) => showMail(req, res, emptyForm()));

  routes.post('/incoming-mail/:id/placement', STAFF, async (req, res) => {
    const id = idOf(req);
    await findIncoming(id);
    const read = parseForm(placementForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    await placeMail(id, new Types.ObjectId(read.value.recipient), deps, { by: req.user! });
    return back(req, res, 'Placed. It is on the timeline now.');
  });

  routes.post('/incoming-mail/:id/placement/correction', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    const read = parseForm(placementCorrectionForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    await takeBackPlacement(mail, read.value.reason, deps, { by: req.user! });
    return back(
      req,
      res,
      'Taken back. The entry is corrected on the timeline, and the message is in the inbox again.',
    );
  });

  routes.post('/incoming-mail/:id/reading', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    const read = parseForm(readingForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    const { cancelled } = await readAs(mail, read.value.as, deps, { by: req.user! });
    return back(req, res, cancelled > 0 ? `Saved. ${cancelled} planned for them: cancelled.` : 'Saved.');
  });

  routes.post('/incoming-mail/:id/setting-aside', STAFF, async (req, res) => {
    const id = idOf(req);
    await findIncoming(id);
    const read = parseForm(settingAsideForm, req.body);
    if (!read.ok) return showMail(req, res, read.form);
    await setAside(id, read.value.reason, { by: req.user! });
    return back(req, res, 'Set aside. It stays readable under Inbox, Set aside.');
  });

  routes.get('/incoming-mail/:id/html', STAFF, async (req, res) => {
    const mail = await findIncoming(idOf(req));
    if (!mail.htmlPart) throw new NotFound('This message has no formatted text.');
    const { parts } = await readMessage(await openSource(mail._id));
    const html = parts.find(({ number }) => number === mail.htmlPart)?.text ?? '';
    sendFramedMail(res, safeHtml(html));
  });

  routes.get('/incoming-mail/:id/source', STAFF, async (req, res) => {
    const { _id, size } = await findIncoming(idOf(req));
    const file = { name: `${String(_id)}.eml`, type: 'application/octet-stream', size };
    await sendDownload(res, file, await openSource(_id));
  });

  routes.get('/incoming-mail/:id/files/:number', STAFF, async (req, res) => {
    const { _id, files } = await findIncoming(idOf(req));
    const file = files.find(({ number }) => number === req.params['number']);
    if (!file) throw new NotFound('There is no such file in this message.');
    const name = file.name || 'attachment';
    const download = { name, type: 'application/octet-stream', size: file.size ?? 0 };
    await sendDownload(res, download, partOf(await openSource(_id), file.number));
  });

  return routes.handler;

  async function showMail(req: Request, res: Response, form: FormState) {
    const mail = await findIncoming(idOf(req));
    const view = await viewOf(mail);
    await renderForm(res, 'incoming-mail/show', mail.subject || 'A message without a subject', {
      form,
      ...view,
    });
  }
}
