import type { Request, Response } from 'express';
import { Types } from 'mongoose';
import { z } from 'zod';
import { findRunning } from '../cadences/running.js';
import { replan } from '../cadences/replan.js';
import type { CampaignRecord } from '../campaigns/campaign.model.js';
import { inWords } from '../commitments/commitment.rules.js';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { betweenEntries } from '../history/between-entries.rules.js';
import { isWholeHistory, readEntries, timelineOf, titleOf } from '../history/timeline.js';
import { followUpStateNames } from '../follow-ups/follow-up.rules.js';
import { readWhatHappened } from '../legislation/read-what-happened.js';
import { holderChanges, waitsForConfirmation } from '../organisations/holder.rules.js';
import { holderOn } from '../organisations/organisation.rules.js';
import { readUnread } from '../replies/inbox.js';
import { readSuppressions } from '../suppressions/suppressions.js';
import { readOwnerChoices } from '../users/owner-choices.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, objectId, optionalText, text, parseForm, type FormState } from '../web/form.js';
import { bodyText, idOf, pageNumber, queryId } from '../web/params.js';
import { openedForm, saveOpened, shownAs } from '../web/opened-form.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { acknowledgementOf } from './acknowledgement.js';
import { explainClock } from './explain-clock.js';
import { readKnown } from './known.js';
import { pauseRecipient, resumeRecipient } from './pause.js';
import { whoLooksAfter } from './looks-after.js';
import type { RecipientRecord } from './recipient.model.js';
import { statusElement } from './status-element.js';
import { clockStateNames } from './clock-state.rules.js';
import { editRecipient, findRecipient, findRecipientInFull } from './recipients.js';

const pauseForm = z.object({
  reason: text('Say why, in a sentence: whoever wonders later reads it.', 300),
});
const editForm = z.object({
  owner: z.union([z.literal(''), objectId('Choose a person.')]),
  notes: optionalText(20_000),
});

/** One recipient: everything about them on one page, and what staff change of it. */
export function recipientRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/recipients/:id', STAFF, (req, res) => showRecipient(req, res, idOf(req), deps));

  routes.post('/recipients/:id/pause', STAFF, async (req, res) => {
    const { _id: id } = await findRecipient(idOf(req));
    const read = parseForm(pauseForm, req.body);
    if (!read.ok) return showRecipient(req, res, id, deps, read.form);
    await pauseRecipient(id, read.value.reason, req.user!._id, deps.now());
    req.session.notice = 'Paused: nothing is sent to them until somebody resumes it.';
    return res.redirect(`/recipients/${String(id)}`);
  });

  routes.post('/recipients/:id/resumption', STAFF, async (req, res) => {
    const { _id: id } = await findRecipient(idOf(req));
    await resumeRecipient(id, bodyText(req, 'opened'), { by: req.user!._id, now: deps.now() });
    await replan(id, deps);
    req.session.notice =
      'Resumed. A cadence goes on from today; a mail planned by hand that came due meanwhile is held and wants a new time.';
    res.redirect(`/recipients/${String(id)}`);
  });

  routes.get('/recipients/:id/edit', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    await showEditForm(res, openedForm(shownOf(recipient)), recipient);
  });

  routes.post('/recipients/:id', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    const read = parseForm(editForm, req.body);
    if (!read.ok) return showEditForm(res, read.form, recipient);
    const names = await readOwnerChoices(recipient.owner);
    const nameOf = (id: string) => names.find(({ _id }) => String(_id) === id)?.name ?? id;
    const changed = await saveOpened(read.form, {
      read: () => findRecipient(recipient._id),
      shown: shownOf,
      save: (asRead) => editRecipient(asRead, read.value),
      inWords: (value, field) => (field === 'owner' ? nameOf(value) : value),
    });
    if (changed) return showEditForm(res, changed, recipient);
    req.session.notice = 'Saved.';
    return res.redirect(`/recipients/${String(recipient._id)}`);
  });

  return routes.handler;
}

async function showRecipient(
  req: Request,
  res: Response,
  id: Types.ObjectId,
  deps: Deps,
  form: FormState = emptyForm(),
) {
  const now = deps.now();
  const number = pageNumber(req);
  const read = readEntries(id, number);
  const allKnown = readKnown(
    id,
    read.then((entries) => (isWholeHistory(entries, number) ? entries : undefined)),
  );
  const [{ recipient, campaign, office, followUps }, known, timeline, milestones] = await Promise.all([
    findRecipientInFull(id),
    allKnown,
    read.then((entries) => timelineOf(entries, number, req.user!, allKnown)),
    readWhatHappened(dayOf(now, req.user!.timeZone)),
  ]);
  if (recipient.removed) return showRemoved(res, recipient, campaign);
  const holder = holderOn(office.holders, dayOf(now, office.timeZone));
  const [running, unread, looksAfter, [suppressed = []]] = await Promise.all([
    findRunning(followUps),
    readUnread(recipient.unreadMail ?? []),
    whoLooksAfter(recipient, campaign),
    readSuppressions(
      [
        {
          address: office.email,
          personName: holder?.name,
          organisation: recipient.organisation,
          timeZone: office.timeZone,
        },
      ],
      now,
    ),
  ]);
  await renderForm(res, 'recipients/show', `${recipient.organisationName}, ${recipient.officeTitle}`, {
    form,
    recipient,
    campaign,
    office,
    holder,
    suppressed,
    timeline,
    between: betweenEntries(
      { holders: holderChanges(office.holders), milestones },
      timeline,
      office.timeZone,
    ),
    waitsForConfirmation,
    running,
    unread,
    looksAfter,
    cells: known.cells,
    inWords,
    said: queryId(req, 'said'),
    followUps: followUps.filter((one) => !running?.steps.includes(one)),
    acknowledgement: acknowledgementOf(known.entries, campaign.acknowledgementDays, office, now),
    now,
    ...explainClock(recipient, known, campaign, office, now),
    titleOf,
    clockStateNames,
    statusElement,
    followUpStateNames,
  });
}

async function showRemoved(res: Response, recipient: RecipientRecord, campaign: CampaignRecord) {
  const by = await User.findById(recipient.removed!.by, { name: 1 }).lean();
  const title = `${recipient.organisationName}, ${recipient.officeTitle}`;
  await renderPage(res, 'recipients/removed', title, { recipient, campaign, by: by?.name ?? 'somebody' });
}

const shownOf = ({ owner, notes }: RecipientRecord) =>
  shownAs({ owner: owner ? String(owner) : '', notes }, ['owner', 'notes']);

async function showEditForm(res: Response, form: FormState, recipient: RecipientRecord) {
  const people = await readOwnerChoices(recipient.owner);
  await renderForm(res, 'recipients/edit', `Edit ${recipient.organisationName}, ${recipient.officeTitle}`, {
    form,
    recipient,
    people,
  });
}
