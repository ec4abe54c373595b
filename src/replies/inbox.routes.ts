import type { Response } from 'express';
import type { Deps } from '../deps.js';
import { User } from '../users/user.model.js';
import { mailboxName } from '../mail/mailbox.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { filesOf } from '../web/uploads.js';
import { countInbox, inboxListNames, inboxLists, readInbox } from './inbox.js';
import { readFetching } from './mailbox-cursor.model.js';
import { bounceCauseNames, incomingKindNames } from './incoming.rules.js';
import { findUpload, uploadMail } from './upload.js';
import { warningsOf } from './warnings.rules.js';

/** Incoming mail that waits for somebody, and what became of the rest. */
export function inboxRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/inbox', STAFF, async (req, res) => {
    const list = inboxLists.find((known) => known === queryText(req, 'list')) ?? 'waiting';
    const { mailbox } = deps.replies;
    const [page, counts, fetching] = await Promise.all([
      readInbox(list, pageNumber(req)),
      countInbox(),
      mailbox && readFetching(mailboxName(mailbox)),
    ]);
    await renderPage(res, 'inbox/index', 'Inbox', {
      page,
      counts,
      list,
      lists: inboxLists.map((one) => [one, inboxListNames[one]]),
      recipientOf: Object.fromEntries(page.recipientOf),
      kindNames: incomingKindNames,
      causeNames: bounceCauseNames,
      warningsOf,
      fetching,
    });
  });

  routes.get('/inbox/uploads/new', STAFF, (_req, res) => showUploadForm(res, emptyForm()));

  routes.post('/inbox/uploads', STAFF, async (req, res) => {
    const uploaded = await refusedAsField(() => uploadMail(filesOf(req), req.user!._id, deps));
    if ('refused' in uploaded)
      return showUploadForm(res, withError(emptyForm(), 'attachments', uploaded.refused));
    return res.redirect(`/inbox/uploads/${String(uploaded.value)}`);
  });

  routes.get('/inbox/uploads/:id', STAFF, async (req, res) => {
    const upload = await findUpload(idOf(req));
    const by = await User.findById(upload.by, { name: 1 }).lean();
    await renderPage(res, 'inbox/uploaded', 'Uploaded mail', {
      upload,
      by: by?.name ?? 'Somebody',
      script: upload.finishedAt ? null : 'progress',
    });
  });

  return routes.handler;
}

const showUploadForm = (res: Response, form: FormState) =>
  renderForm(res, 'inbox/upload', 'Upload mail', { form });
