import type { Response } from 'express';
import { Types } from 'mongoose';
import { Cadence } from '../cadences/cadence.model.js';
import { replanAfter } from '../cadences/replan.js';
import { stepsAfterInWords } from '../cadences/steps-after.js';
import { Campaign } from '../campaigns/campaign.model.js';
import type { Deps } from '../deps.js';
import { openAttachment } from '../history/attachments.js';
import { refusalInWords } from '../mail/refusal.js';
import { findRecipient } from '../recipients/recipients.js';
import { whyNotApprove, whyNotOwn } from '../users/approvers.js';
import { User, type SignedInUser } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { sendDownload } from '../web/downloads.js';
import { sendFramedMail } from '../web/framed-mail.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { isForAnother, isToApprove, reasonsNotToApprove, whyTooEarly } from './approval.rules.js';
import { approveFollowUp, withdrawApproval } from './approve.js';
import { cancelFollowUp } from './cancel.js';
import { approvalForm, resolutionForm } from './follow-up.form.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { followUpStateNames, leavingAt, mayBecome, seenHashOf, type Resolution } from './follow-up.rules.js';
import { readGates } from './gate-context.js';
import { listFollowUps, listNames, lists, type ListedFollowUp } from './follow-up-list.js';
import { readDailyLimits } from './limits.js';
import { findFollowUp } from './plan.js';
import { resolveUncertain } from './resolve.js';
import { reasonsNotToSend } from './send-gate.rules.js';
import { sourceOf } from './templates.js';
import { wasRead } from './void-approval.rules.js';
import { waitsFor, waitsForAnother } from './waiting.rules.js';

export function followUpsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/follow-ups', STAFF, async (req, res) => {
    const list = lists.find((known) => known === queryText(req, 'list')) ?? 'waiting';
    const page = await listFollowUps(list, pageNumber(req));
    await renderPage(res, 'follow-ups/index', 'Follow-ups', {
      page,
      list,
      lists,
      listNames,
      followUpStateNames,
      campaigns: list === 'waiting' ? await campaignsOf(page.rows) : [],
    });
  });

  routes.get('/follow-ups/:id', STAFF, async (req, res) =>
    showFollowUp(res, await findFollowUp(idOf(req)), req.user!, deps),
  );

  routes.get('/follow-ups/:id/html', STAFF, async (req, res) =>
    sendFramedMail(res, (await findFollowUp(idOf(req))).html),
  );

  routes.get('/follow-ups/:id/attachments/:file', STAFF, async (req, res) => {
    const { attachments } = await findFollowUp(idOf(req));
    const { attachment, stream } = await openAttachment(attachments ?? [], idOf(req, 'file'));
    await sendDownload(res, attachment, stream);
  });

  routes.post('/follow-ups/:id/approval', STAFF, async (req, res) => {
    const id = idOf(req);
    const read = parseForm(approvalForm, req.body);
    const seenHash = read.ok ? read.value.seenHash : '';
    await approveFollowUp(id, { seenHash, by: req.user!._id, from: deps.post.from, now: deps.now() });
    req.session.notice = 'Approved. What becomes of it when it is due stands below.';
    res.redirect(`/follow-ups/${String(id)}`);
  });

  routes.post('/follow-ups/:id/withdrawal', STAFF, async (req, res) => {
    const { leaving } = await withdrawApproval(idOf(req), `${req.user!.name} withdrew the approval.`);
    req.session.notice = leaving
      ? BEING_SENT
      : 'The approval is withdrawn: it stays here until somebody approves it again.';
    res.redirect(`/follow-ups/${String(idOf(req))}`);
  });

  routes.post('/follow-ups/:id/cancellation', STAFF, async (req, res) => {
    const id = idOf(req);
    const { leaving } = await cancelFollowUp(id, `${req.user!.name} cancelled it.`, {
      by: req.user!._id,
      at: deps.now(),
    });
    const followUp = await findFollowUp(id);
    await replanAfter([followUp], deps);
    const { timeZone } = await findRecipient(followUp.recipient);
    req.session.notice = leaving
      ? BEING_SENT
      : `Cancelled. It will not be sent.${await stepsAfterInWords(followUp, timeZone)}`;
    res.redirect(`/follow-ups/${String(idOf(req))}`);
  });

  routes.post('/follow-ups/:id/resolution', STAFF, async (req, res) => {
    const followUp = await findFollowUp(idOf(req));
    const read = parseForm(resolutionForm, req.body);
    if (!read.ok) return showFollowUp(res, followUp, req.user!, deps, read.form);
    const next = await resolveUncertain(followUp._id, read.value.outcome, req.user!, deps);
    req.session.notice = next ? PLANNED_AGAIN : settledNotices[read.value.outcome];
    return res.redirect(`/follow-ups/${String(next ?? followUp._id)}`);
  });

  return routes.handler;
}

/** The campaigns of these follow-ups: each has a page on which many are read and approved. */
const campaignsOf = (rows: readonly ListedFollowUp[]) =>
  Campaign.find({ _id: { $in: rows.map(({ campaign }) => campaign) } }, { title: 1 })
    .sort({ title: 1 })
    .lean();

/** What is stopped while a worker has it may have been handed over in the same moment. */
const BEING_SENT =
  'It is being sent at this moment. If the mail server does not have it yet, it is not sent, nor tried again: reload this page to see.';

const PLANNED_AGAIN =
  'Written down as not sent, and planned again. This is the new one: read it as it will leave, then have it approved.';

/** What is said where no other follow-up takes its place. */
const settledNotices: Record<Resolution, string> = {
  went: 'Written down as sent.',
  'plan again':
    'Written down as not sent. It is not planned again, because they answered meanwhile: read that first.',
  'not wanted': 'Written down as not sent. Nothing more comes of it.',
};

async function showFollowUp(
  res: Response,
  followUp: FollowUpRecord,
  reader: SignedInUser,
  deps: Deps,
  form: FormState = emptyForm(),
) {
  const now = deps.now();
  const leavesAt = leavingAt(followUp.nextAttemptAt, now);
  const [[gate], recipient, people] = await Promise.all([
    readGates([followUp], deps.post.from, now, deps.replies.mailbox, () => leavesAt),
    findRecipient(followUp.recipient),
    User.find(
      { _id: { $in: [followUp.plannedBy, followUp.approval?.by].filter(Boolean) as Types.ObjectId[] } },
      { name: 1 },
    ).lean(),
  ]);
  const open = mayBecome(followUp.state, 'planned');
  const goesOut = Boolean(deps.post.smtp) && gate!.live;
  const [limited] = open && goesOut ? await readDailyLimits([{ followUp, gate: gate!, leavesAt }]) : [];
  const waiting = [
    ...(waitsFor(followUp, gate!, leavesAt)?.reasons ?? []),
    ...((open && waitsForAnother(followUp, gate!, leavesAt)?.reasons) || []),
    ...(limited ?? []),
  ];
  await renderForm(res, 'follow-ups/show', followUp.subject || 'Follow-up', {
    form,
    followUp,
    recipient,
    from: deps.post.from,
    followUpStateNames,
    source: await sourceOf(followUp),
    reasons: reasonsNotToSend(followUp, gate!, leavesAt),
    isSuppressed: gate!.suppressed.length > 0,
    waiting: waiting.length > 0 ? waiting : null,
    cadence: followUp.cadence ? await Cadence.findById(followUp.cadence, { name: 1 }).lean() : null,
    seenHash: seenHashOf(followUp, deps.post.from),
    goesOut,
    toApprove: isToApprove(followUp, gate!, now),
    savedAsApproved: gate!.approvalRule === 'none' && followUp.approval && !wasRead(followUp),
    mayNot: isForAnother(followUp, gate!, reader._id)
      ? await whyNotOwn(reader._id)
      : await whyNotApprove(reader, gate!.approvalRule === 'four eyes' ? (followUp.plannedBy ?? null) : null),
    tooEarly: whyTooEarly(followUp, gate!, now),
    mayBeApproved: reasonsNotToApprove(followUp, gate!, reader._id, now).length === 0,
    refusal: followUp.state === 'failed' ? refusalInWords(followUp.response) : null,
    open,
    nameOf: Object.fromEntries(people.map(({ _id, name }) => [String(_id), name])),
  });
}
