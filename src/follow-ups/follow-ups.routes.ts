import type { Response } from 'express';
import { Types } from 'mongoose';
import { findCampaign, sendingOf } from '../campaigns/campaigns.js';
import { dateAndTime, dayOf, instantOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { refusalInWords } from '../mail/refusal.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import { findRecipient, findRecipientInFull } from '../recipients/recipients.js';
import { nextInWindow } from '../sending-window.js';
import { User, type SignedInUser } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, pageNumber, queryText } from '../web/params.js';
import { sendFramedMail } from '../web/framed-mail.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { approveFollowUp, withdrawApproval } from './approve.js';
import { cancelFollowUp } from './cancel.js';
import { approvalForm, followUpForm, resolutionForm } from './follow-up.form.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { followUpStateNames, mayBecome, seenHashOf } from './follow-up.rules.js';
import { readGates } from './gate-context.js';
import { listFollowUps, listNames, lists } from './follow-up-list.js';
import { mergeFields } from './merge-fields.js';
import { editFollowUp, findFollowUp, planFollowUp } from './plan.js';
import { resolveUncertain } from './resolve.js';
import { reasonsNotToSend } from './send-gate.rules.js';
import { Template, type TemplateRecord } from './template.model.js';
import { sourceOf, textsFrom } from './templates.js';

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
    });
  });

  routes.get('/recipients/:id/follow-ups/new', STAFF, async (req, res) => {
    const { recipient, place, window } = await planningFor(idOf(req), deps);
    const asked = queryText(req, 'template');
    const template = /^[0-9a-f]{24}$/.test(asked)
      ? await Template.findOne({ _id: asked, campaign: recipient.campaign }).lean<TemplateRecord>()
      : null;
    const tomorrow = dayOf(new Date(deps.now().getTime() + 86_400_000), place.timeZone);
    const usual = nextInWindow(instantOf(tomorrow, '10:00', place.timeZone)!, place, window);
    const texts = template ? textsFrom(template) : {};
    await showForm(res, emptyForm({ ...dateAndTime(usual, place.timeZone), ...texts }), recipient);
  });

  routes.post('/recipients/:id/follow-ups', STAFF, async (req, res) => {
    const { recipient, form } = await planningFor(idOf(req), deps);
    const read = parseForm(form, req.body);
    if (!read.ok) return showForm(res, read.form, recipient);
    const planned = await refusedAsField(() => planFollowUp(recipient, read.value, req.user!._id, deps));
    if ('refused' in planned)
      return showForm(res, withError(read.form, 'subject', planned.refused), recipient);
    req.session.notice = await nextAfterSaving(planned.value);
    return res.redirect(`/follow-ups/${String(planned.value)}`);
  });

  routes.get('/follow-ups/:id', STAFF, async (req, res) =>
    showFollowUp(res, await findFollowUp(idOf(req)), req.user!, deps),
  );

  routes.get('/follow-ups/:id/html', STAFF, async (req, res) =>
    sendFramedMail(res, (await findFollowUp(idOf(req))).html),
  );

  routes.get('/follow-ups/:id/edit', STAFF, async (req, res) => {
    const followUp = await findFollowUp(idOf(req));
    const recipient = await findRecipient(followUp.recipient);
    const values = {
      subject: followUp.subjectTemplate,
      body: followUp.bodyTemplate,
      ...dateAndTime(followUp.dueAt, recipient.timeZone),
    };
    await showForm(res, emptyForm(values), recipient, followUp);
  });

  routes.post('/follow-ups/:id', STAFF, async (req, res) => {
    const followUp = await findFollowUp(idOf(req));
    const { recipient, form } = await planningFor(followUp.recipient, deps);
    const read = parseForm(form, req.body);
    if (!read.ok) return showForm(res, read.form, recipient, followUp);
    await editFollowUp(followUp._id, read.value, req.user!._id, deps);
    req.session.notice = await nextAfterSaving(followUp._id);
    return res.redirect(`/follow-ups/${String(followUp._id)}`);
  });

  routes.post('/follow-ups/:id/approval', STAFF, async (req, res) => {
    const id = idOf(req);
    const read = parseForm(approvalForm, req.body);
    const seenHash = read.ok ? read.value.seenHash : '';
    await approveFollowUp(id, { seenHash, by: req.user!._id, from: deps.post.from, now: deps.now() });
    req.session.notice = 'Approved. It leaves by itself when it is due, unless they answer first.';
    res.redirect(`/follow-ups/${String(id)}`);
  });

  routes.post('/follow-ups/:id/withdrawal', STAFF, async (req, res) => {
    await withdrawApproval(idOf(req));
    req.session.notice = 'The approval is withdrawn: it stays here until somebody approves it again.';
    res.redirect(`/follow-ups/${String(idOf(req))}`);
  });

  routes.post('/follow-ups/:id/cancellation', STAFF, async (req, res) => {
    await cancelFollowUp(idOf(req), `${req.user!.name} cancelled it.`);
    req.session.notice = 'Cancelled. It will not be sent.';
    res.redirect(`/follow-ups/${String(idOf(req))}`);
  });

  routes.post('/follow-ups/:id/resolution', STAFF, async (req, res) => {
    const followUp = await findFollowUp(idOf(req));
    const read = parseForm(resolutionForm, req.body);
    if (!read.ok) return showFollowUp(res, followUp, req.user!, deps, read.form);
    await resolveUncertain(followUp._id, read.value.outcome, req.user!.name, deps.now());
    req.session.notice =
      read.value.outcome === 'went'
        ? 'Written down as sent.'
        : 'Written down as not sent. Plan it again if it is still wanted.';
    return res.redirect(`/follow-ups/${String(followUp._id)}`);
  });

  return routes.handler;
}

/** What there is to do now; a campaign may ask for no approval. */
async function nextAfterSaving(id: Types.ObjectId): Promise<string> {
  return (await findFollowUp(id)).state === 'scheduled'
    ? 'Saved. This campaign asks for no approval: it leaves by itself when it is due, unless they answer first.'
    : 'Saved. Read it as it will leave, then have it approved.';
}

/** The recipient, and the form as it is for where they are. */
async function planningFor(id: Types.ObjectId, { now }: Deps) {
  const { recipient, office: place, campaign } = await findRecipientInFull(id);
  const { window } = sendingOf(campaign);
  return { recipient, place, window, form: followUpForm(place, window, now()) };
}

async function showFollowUp(
  res: Response,
  followUp: FollowUpRecord,
  reader: SignedInUser,
  deps: Deps,
  form: FormState = emptyForm(),
) {
  const now = deps.now();
  const [[gate], recipient, people] = await Promise.all([
    readGates([followUp], deps.post.from, now),
    findRecipient(followUp.recipient),
    User.find(
      { _id: { $in: [followUp.plannedBy, followUp.approval?.by].filter(Boolean) as Types.ObjectId[] } },
      { name: 1 },
    ).lean(),
  ]);
  const leavesAt = new Date(Math.max(followUp.dueAt.getTime(), now.getTime()));
  await renderForm(res, 'follow-ups/show', followUp.subject || 'Follow-up', {
    form,
    followUp,
    recipient,
    from: deps.post.from,
    followUpStateNames,
    source: await sourceOf(followUp),
    reasons: reasonsNotToSend(followUp, gate!, leavesAt),
    seenHash: seenHashOf(followUp, deps.post.from),
    goesOut: Boolean(deps.post.smtp) && gate!.live,
    needsAnother: gate!.approvalRule === 'four eyes' && Boolean(followUp.plannedBy?.equals(reader._id)),
    refusal: followUp.state === 'failed' ? refusalInWords(followUp.response) : null,
    open: mayBecome(followUp.state, 'planned'),
    nameOf: Object.fromEntries(people.map(({ _id, name }) => [String(_id), name])),
  });
}

async function showForm(
  res: Response,
  form: FormState,
  recipient: RecipientRecord,
  followUp: FollowUpRecord | null = null,
) {
  const [campaign, templates] = await Promise.all([
    findCampaign(recipient.campaign),
    Template.find({ campaign: recipient.campaign }, { name: 1 }).sort({ name: 1 }).lean(),
  ]);
  const title = `${followUp ? 'Edit the' : 'Plan a'} follow-up: ${recipient.organisationName}`;
  await renderForm(res, 'follow-ups/form', title, {
    form,
    recipient,
    campaign,
    templates,
    followUp,
    mergeFields,
  });
}
