import type { Response } from 'express';
import type { Types } from 'mongoose';
import { findCampaign, sendingOf } from '../campaigns/campaigns.js';
import { dateAndTime, dayOf, instantOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { RuleBroken } from '../errors.js';
import { keptIfAllowed } from '../history/attachments.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import { findRecipient, findRecipientInFull, present } from '../recipients/recipients.js';
import { nextInWindow } from '../sending-window.js';
import { STAFF } from '../users/user.rules.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { bodyText, idOf, queryId } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { filesOf } from '../web/uploads.js';
import { approvalRuleFor } from './approval-by-saving.js';
import { staying, storeForMail } from './attach.js';
import { followUpForm } from './follow-up.form.js';
import { FollowUp, standsIn, type FollowUpRecord } from './follow-up.model.js';
import { aheadStates, followUpStateNames, mayBecome, openedAs } from './follow-up.rules.js';
import { mergeFields } from './merge-fields.js';
import { CANNOT_BE_CHANGED, editFollowUp, findFollowUp, planFollowUp } from './plan.js';
import { startFromTemplate } from './start-from-template.js';
import { Template, type TemplateRecord } from './template.model.js';
import { textsFrom } from './templates.js';

/** The form in which a follow-up is written and timed. What becomes of it then is in `follow-ups.routes.ts`. */
export function planningRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/recipients/:id/follow-ups/new', STAFF, async (req, res) => {
    const { recipient, place, window } = await planningFor(idOf(req), deps);
    const asked = queryId(req, 'template');
    const again = queryId(req, 'again');
    const template =
      asked && (await Template.findOne({ _id: asked, campaign: recipient.campaign }).lean<TemplateRecord>());
    const tomorrow = dayOf(new Date(deps.now().getTime() + 86_400_000), place.timeZone);
    const usual = nextInWindow(instantOf(tomorrow, '10:00', place.timeZone)!, place, window);
    const texts = again ? await textsOf(again, recipient) : template ? textsFrom(template) : {};
    await showForm(res, emptyForm({ ...dateAndTime(usual, place.timeZone), ...texts }), recipient);
  });

  routes.post('/recipients/:id/follow-ups', STAFF, async (req, res) => {
    const checkedAt = deps.now();
    const { recipient, form } = await planningFor(idOf(req), deps);
    const read = parseForm(form, req.body);
    const seen = bodyText(req, 'contactsIn');
    const use = bodyText(req, 'use');
    if (use) {
      const { form: started, asks } = await startFromTemplate(
        read.form.values,
        recipient.campaign,
        use === 'replace',
      );
      // what they said since the page was opened is still to be told
      const asOpened = { ...recipient, contactsIn: Number(seen) };
      return showForm(res, started, asOpened, null, asks);
    }
    if (!read.ok) return showForm(res, read.form, recipient);
    if (seen && Number(seen) !== recipient.contactsIn)
      return showForm(res, withError(read.form, 'body', SPOKE_MEANWHILE), recipient);
    const stored = await refusedAsField(() => storeForMail(filesOf(req)));
    if ('refused' in stored)
      return showForm(res, withError(read.form, 'attachments', stored.refused), recipient);
    const written = { ...read.value, ...sentForm(req), added: stored.value };
    const planned = await refusedAsField(() =>
      keptIfAllowed(stored.value, () => planFollowUp(recipient, written, req.user!._id, deps, checkedAt)),
    );
    if ('refused' in planned)
      return showForm(res, withError(read.form, 'subject', planned.refused), recipient);
    req.session.notice = await nextAfterSaving(planned.value);
    return res.redirect(`/follow-ups/${String(planned.value)}`);
  });

  routes.get('/follow-ups/:id/edit', STAFF, async (req, res) => {
    const followUp = await findFollowUp(idOf(req));
    if (!mayBecome(followUp.state, 'planned')) throw new RuleBroken(CANNOT_BE_CHANGED);
    const recipient = await findRecipient(followUp.recipient);
    const values = {
      subject: followUp.subjectTemplate,
      body: followUp.bodyTemplate,
      ...dateAndTime(followUp.dueAt, recipient.timeZone),
      opened: openedAs(followUp),
    };
    await showForm(res, emptyForm(values), recipient, followUp);
  });

  routes.post('/follow-ups/:id', STAFF, async (req, res) => {
    const followUp = await findFollowUp(idOf(req));
    const { recipient, form } = await planningFor(followUp.recipient, deps);
    const read = parseForm(form, req.body);
    if (!read.ok) return showForm(res, read.form, recipient, followUp);
    const kept = staying(followUp.attachments, read.value.remove);
    const stored = await refusedAsField(() => storeForMail(filesOf(req), kept));
    if ('refused' in stored)
      return showForm(res, withError(read.form, 'attachments', stored.refused), recipient, followUp);
    const written = { ...read.value, added: stored.value, opened: bodyText(req, 'opened') };
    const saved = await refusedAsField(() =>
      keptIfAllowed(stored.value, () => editFollowUp(followUp._id, written, req.user!._id, deps)),
    );
    if ('refused' in saved) {
      const refused = withError(read.form, 'body', saved.refused);
      return showRefused(res, refused, written.opened, recipient, followUp._id);
    }
    req.session.notice = await nextAfterSaving(followUp._id);
    return res.redirect(`/follow-ups/${String(followUp._id)}`);
  });

  return routes.handler;
}

/** What the form holds where one that did not go is planned again: its words as they were written, and what they came from. */
async function textsOf(id: Types.ObjectId, { _id: recipient }: RecipientRecord) {
  const before = await FollowUp.findOne({ _id: id, recipient }).lean<FollowUpRecord>();
  if (!before) return {};
  const { subjectTemplate: subject, bodyTemplate: body, template, templateVersion } = before;
  return { subject, body, ...(template && { template: String(template), templateVersion }) };
}

/** What they say later cancels it; what they said while it was written has to be told to whoever writes. */
const SPOKE_MEANWHILE =
  'They have been in touch since you opened this page, and nothing is planned yet. Read that on the recipient’s page; where this is still right, press again.';

/** What there is to do now; a campaign may ask for no approval. */
async function nextAfterSaving(id: Types.ObjectId): Promise<string> {
  const { state, stateReasons } = await findFollowUp(id);
  if (state === 'cancelled') return ['It is saved, and cancelled.', ...stateReasons].join(' ');
  return state === 'scheduled'
    ? 'Saved. This campaign asks for no approval, so it is approved. What becomes of it when it is due stands below.'
    : 'Saved. Read it as it will leave, then have it approved.';
}

/** The recipient, and the form as it is for where they are. */
async function planningFor(id: Types.ObjectId, { now }: Deps) {
  const { recipient, office: place, campaign } = await findRecipientInFull(id);
  const { window } = sendingOf(campaign);
  return { recipient: present(recipient), place, window, form: followUpForm(place, window, now()) };
}

/** What was typed, on top of what is there now: who has read that may save again. A time that was not changed is the one it has now. */
async function showRefused(
  res: Response,
  { values, errors }: FormState,
  opened: string,
  recipient: RecipientRecord,
  id: Types.ObjectId,
) {
  const followUp = await findFollowUp(id);
  const current = openedAs(followUp);
  const timeAt = (instant: Date) => dateAndTime(instant, recipient.timeZone);
  const { date, time } = timeAt(new Date(opened.split(' ')[0]!));
  const isSameTime = date === values['date'] && time === values['time'];
  const form = { values: { ...values, ...(isSameTime && timeAt(followUp.dueAt)), opened: current }, errors };
  await showForm(res, form, recipient, followUp, null, opened !== current);
}

/** Whatever else is to go to them, the next first: whoever chooses a day is to know of it. */
const othersAhead = (recipient: Types.ObjectId, own?: Types.ObjectId) =>
  FollowUp.find(
    { recipient, ...standsIn([...aheadStates, 'sending']), ...(own && { _id: { $ne: own } }) },
    { subject: 1, dueAt: 1, state: 1, cadence: 1, step: 1 },
  )
    .sort({ dueAt: 1, _id: 1 })
    .lean();

async function showForm(
  res: Response,
  form: FormState,
  recipient: RecipientRecord,
  followUp: FollowUpRecord | null = null,
  asks: string | null = null,
  hasChanged = false,
) {
  const [campaign, templates, ahead] = await Promise.all([
    findCampaign(recipient.campaign),
    Template.find({ campaign: recipient.campaign }, { name: 1 }).sort({ name: 1 }).lean(),
    othersAhead(recipient._id, followUp?._id),
  ]);
  const title = `${followUp ? 'Edit the' : 'Plan a'} follow-up: ${recipient.organisationName}`;
  await renderForm(res, 'follow-ups/form', title, {
    form,
    recipient,
    campaign,
    templates,
    followUp,
    asks,
    hasChanged,
    ahead,
    followUpStateNames,
    mergeFields,
    savingApproves: approvalRuleFor(followUp ?? {}, sendingOf(campaign).approval) === 'none',
  });
}
