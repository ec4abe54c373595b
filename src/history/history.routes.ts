import type { Request, Response } from 'express';
import { dateAndTime } from '../dates.js';
import type { Deps } from '../deps.js';
import { cancelledInWords, endedInWords, type Ended } from '../follow-ups/cancel.js';
import { findRecipient } from '../recipients/recipients.js';
import type { RecipientRecord } from '../recipients/recipient.model.js';
import { STAFF } from '../users/user.rules.js';
import { sendDownload } from '../web/downloads.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, queryText } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { filesOf } from '../web/uploads.js';
import { keptIfAllowed, openAttachment, storeAttachments } from './attachments.js';
import { correctionForm, entryForm, takeBackForm } from './entry.form.js';
import { Entry, type EntryRecord } from './entry.model.js';
import {
  directionNames,
  directions,
  entryKindNames,
  isLoggable,
  loggableKinds,
  receivedAs,
  receivedAsNames,
  zoneOfDay,
} from './entry.rules.js';
import { pageOfEntry, titleOf } from './timeline.js';
import { replan } from '../cadences/replan.js';
import { sentForm } from '../web/form-id.js';
import {
  correctEntry,
  findCorrectable,
  findEntry,
  isSentMail,
  logEntry,
  takeBackEntry,
} from './log-entry.js';

const choices = {
  kinds: loggableKinds.map((kind) => [kind, entryKindNames[kind]]),
  directions: directions.map((direction) => [direction, directionNames[direction]]),
  receivedAs: [['', 'Choose, when it came from them'], ...receivedAs.map((as) => [as, receivedAsNames[as]])],
};

export function historyRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/recipients/:id/entries/new', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    const now = dateAndTime(deps.now(), req.user!.timeZone);
    const asked = queryText(req, 'kind');
    const kind = loggableKinds.find((known) => known === asked) ?? 'email';
    const from = queryText(req, 'from');
    const usual = kind === 'note' ? 'none' : 'in';
    const direction = directions.find((known) => known === from) ?? usual;
    await showLogForm(res, emptyForm({ kind, direction, date: now.date, time: '' }), recipient);
  });

  routes.post('/recipients/:id/entries', STAFF, async (req, res) => {
    const recipient = await findRecipient(idOf(req));
    const now = deps.now();
    const read = parseForm(entryForm(req.user!.timeZone, now), req.body);
    if (!read.ok) return showLogForm(res, read.form, recipient);
    const stored = await refusedAsField(() => storeAttachments(filesOf(req)));
    if ('refused' in stored)
      return showLogForm(res, withError(read.form, 'attachments', stored.refused), recipient);
    const where = { campaign: recipient.campaign, recipient: recipient._id };
    const logged = { ...read.value, ...sentForm(req) };
    const by = { by: req.user!, now, attachments: stored.value };
    const { cancelled, entry } = await logEntry(where, logged, by);
    req.session.notice = `Logged.${cancelledInWords(cancelled)}`;
    const { receivedAs: as } = read.value;
    // what they said to each ask is asked next
    const next = as === 'reply' || as === 'declined' ? `?said=${String(entry)}#commitments` : '';
    return res.redirect(`/recipients/${String(recipient._id)}${next}`);
  });

  routes.get('/entries/:id', STAFF, async (req, res) => {
    const entry = await findEntry(idOf(req));
    const page = await pageOfEntry(entry);
    res.redirect(`/recipients/${String(entry.recipient)}?page=${page}#entry-${String(entry._id)}`);
  });

  routes.get('/entries/:id/correction/new', STAFF, async (req, res) => {
    const entry = await findCorrectable(idOf(req));
    await showCorrectionForm(res, emptyForm(valuesOf(entry, req.user!.timeZone)), entry);
  });

  routes.post('/entries/:id/correction', STAFF, async (req, res) => {
    const entry = await findCorrectable(idOf(req));
    const now = deps.now();
    const read = parseForm(correctionForm(req.user!.timeZone, now), req.body);
    if (!read.ok) return showCorrectionForm(res, read.form, entry);
    const stored = await refusedAsField(() => storeAttachments(filesOf(req)));
    if ('refused' in stored)
      return showCorrectionForm(res, withError(read.form, 'attachments', stored.refused), entry);
    const by = { by: req.user!, now, attachments: stored.value };
    const { cancelled, ended } = await keptIfAllowed(stored.value, () => correctEntry(entry, read.value, by));
    sayCorrected(req, `Corrected. The earlier entry stays readable.${cancelledInWords(cancelled)}`, ended);
    return res.redirect(`/recipients/${String(entry.recipient)}`);
  });

  routes.post('/entries/:id/taking-back', STAFF, async (req, res) => {
    const entry = await findCorrectable(idOf(req));
    const read = parseForm(takeBackForm, req.body);
    if (!read.ok) {
      const form = {
        values: { ...valuesOf(entry, req.user!.timeZone), ...read.form.values },
        errors: read.form.errors,
      };
      return showCorrectionForm(res, form, entry);
    }
    const ended = await takeBackEntry(entry, read.value.reason, { by: req.user!, now: deps.now() });
    // a promise that was taken back is not waited for
    if (entry.kind === 'promise') await replan(entry.recipient, deps);
    sayCorrected(req, 'Taken back. The entry stays readable and counts for nothing.', ended);
    return res.redirect(`/recipients/${String(entry.recipient)}`);
  });

  routes.get('/entries/:id/attachments/:file', STAFF, async (req, res) => {
    const entry = await Entry.findById(idOf(req), { attachments: 1 }).lean<EntryRecord>();
    const { attachment, stream } = await openAttachment(entry?.attachments ?? [], idOf(req, 'file'));
    await sendDownload(res, attachment, stream);
  });

  return routes.handler;
}

function sayCorrected(req: Request, said: string, ended: readonly Ended[]): void {
  const { words, links } = endedInWords(ended);
  req.session.notice = `${said}${words}`;
  req.session.noticeLinks = links;
}

function valuesOf(entry: EntryRecord, zone: string): Record<string, unknown> {
  const { date, time } = dateAndTime(entry.occurredAt, zoneOfDay(entry.precision, zone));
  return {
    kind: entry.kind,
    direction: entry.direction,
    receivedAs: entry.receivedAs ?? '',
    date,
    time: entry.precision === 'time' ? time : '',
    onlyBy: entry.precision === 'by-day' ? 'on' : '',
    who: entry.who,
    channel: entry.channel,
    text: entry.text,
    delivers: entry.delivers ? 'on' : '',
  };
}

async function showLogForm(res: Response, form: FormState, recipient: RecipientRecord) {
  await renderForm(res, 'history/log', `Log contact: ${recipient.organisationName}`, {
    form,
    recipient,
    choices,
  });
}

async function showCorrectionForm(res: Response, form: FormState, entry: EntryRecord) {
  const recipient = await findRecipient(entry.recipient);
  await renderForm(res, 'history/correct', `Correct an entry: ${recipient.organisationName}`, {
    form,
    entry,
    recipient,
    choices,
    isLoggable: isLoggable(entry.kind),
    isSentMail: await isSentMail(entry),
    entryTitle: titleOf(entry),
  });
}
