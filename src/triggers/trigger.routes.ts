import type { Request, Response } from 'express';
import { sendingOf } from '../campaigns/campaigns.js';
import type { Deps } from '../deps.js';
import { User } from '../users/user.model.js';
import { whyNotApprove } from '../users/approvers.js';
import { STAFF } from '../users/user.rules.js';
import { pageOf } from '../web/paging.js';
import { bodyText, idOf, pageNumber } from '../web/params.js';
import { renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { reasonNotToApprove } from './approval.rules.js';
import { approveTrigger } from './approve-trigger.js';
import { inWords } from './list-triggers.js';
import { previewRecipients, previewStaff } from './preview-trigger.js';
import { readFirings } from './read-firings.js';
import { campaignPlace, dayFor, findTrigger, readTrigger, type ReadTrigger } from './read-trigger.js';
import { shownNotices } from './shown-notices.js';
import { pauseTrigger, removeTrigger, resumeTrigger } from './triggers.js';

/** So many milliseconds the dates of all recipients may take; then the page says how far it came. */
const LONGEST_PREVIEW = 2000;

/** The page of one trigger: what it would do now, what is decided about it, and what it did. */
export function triggerRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/triggers/:id', STAFF, async (req, res) => showTrigger(req, res, deps));

  routes.get('/triggers/:id/firings', STAFF, async (req, res) => {
    const read = await readTrigger(await findTrigger(idOf(req)));
    const page = await readFirings(read.trigger, pageNumber(req));
    const { occasion } = await inWords(read, deps.now());
    await renderPage(res, 'triggers/firings', 'What it has done', { trigger: read.trigger, occasion, page });
  });

  routes.post('/triggers/:id/approval', STAFF, async (req, res) => {
    const approval = { seen: bodyText(req, 'seen'), by: req.user!._id, now: deps.now() };
    await approveTrigger(idOf(req), approval);
    back(req, res, 'Approved. It is set in motion when its day comes near.');
  });

  routes.post('/triggers/:id/pause', STAFF, async (req, res) => {
    const count = await pauseTrigger(await findTrigger(idOf(req)), deps.now());
    back(req, res, `Paused.${cancelledInWords(count)}`);
  });

  routes.post('/triggers/:id/resumption', STAFF, async (req, res) => {
    await resumeTrigger(await findTrigger(idOf(req)));
    back(req, res, 'Resumed. What was cancelled stays cancelled.');
  });

  routes.post('/triggers/:id/removal', STAFF, async (req, res) => {
    const count = await removeTrigger(await findTrigger(idOf(req)), deps.now());
    back(req, res, `Removed.${cancelledInWords(count)} What it did can still be read here.`);
  });

  return routes.handler;
}

function back(req: Request, res: Response, notice: string): void {
  req.session.notice = notice;
  res.redirect(`/triggers/${String(idOf(req))}`);
}

const cancelledInWords = (count: number): string =>
  count === 0
    ? ''
    : ` What was planned for ${count === 1 ? 'one recipient' : `${count} recipients`} is cancelled.`;

async function showTrigger(req: Request, res: Response, deps: Deps) {
  const read = await readTrigger(await findTrigger(idOf(req)));
  const { trigger, campaign } = read;
  const now = deps.now();
  const approvalRule = sendingOf(campaign).approval;
  const [words, preview, firings, people, mayNot, notices] = await Promise.all([
    inWords(read, now),
    previewOf(read, pageNumber(req), deps),
    readFirings(trigger, 1),
    User.find({ _id: { $in: [trigger.author, trigger.approval?.by] } }, { name: 1 }).lean(),
    whyNotApprove(req.user!, approvalRule === 'four eyes' ? trigger.author : null),
    shownNotices(campaign._id, now),
  ]);
  await renderPage(res, 'triggers/show', 'Trigger', {
    ...read,
    words,
    firings,
    isShown: notices.some(({ _id }) => _id.equals(trigger._id)),
    ...preview,
    mayNot: mayNot ?? reasonNotToApprove(trigger, { approvalRule, by: req.user!._id }),
    nameOf: Object.fromEntries(people.map(({ _id, name }) => [String(_id), name])),
  });
}

async function previewOf(read: ReadTrigger, number: number, deps: Deps) {
  const now = deps.now();
  // what it would do is read before it is resumed
  const day = dayFor({ ...read, trigger: { ...read.trigger, pausedAt: null } }, campaignPlace(read), now);
  const until = Date.now() + LONGEST_PREVIEW;
  const recipients =
    read.plan && !('rests' in day) ? await previewRecipients(read, deps, () => Date.now() > until) : null;
  return {
    counted: day,
    recipients: recipients && {
      of: recipients.of,
      looked: recipients.rows.length,
      written: recipients.rows.filter(({ reasons }) => reasons.length === 0).length,
      page: pageOf(recipients.rows, number),
    },
    staff: await previewStaff(read, now),
  };
}
