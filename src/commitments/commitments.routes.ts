import type { Request, Response } from 'express';
import type { Types } from 'mongoose';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { cancelledInWords } from '../follow-ups/cancel.js';
import { STAFF } from '../users/user.rules.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf, queryId } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { confirmStance, takeBackStance } from './check-stance.js';
import { stanceForm, takingBackForm } from './commitment.form.js';
import { currentOf, inWords } from './commitment.rules.js';
import { assertIsEvidence, dayOfEntry, entryInWords, findEvidence, readEvidence } from './evidence.js';
import { findCell, findCommitment } from './find-cell.js';
import { readHistory } from './read-history.js';
import { setStance } from './set-stance.js';

/** One cell of the matrix: what a recipient has said to one ask, with its evidence and its history. */
export function commitmentsRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/recipients/:id/commitments/:ask', STAFF, async (req, res) => {
    const { recipient } = await findCell(idOf(req), idOf(req, 'ask'));
    const entry = await asked(req, recipient._id);
    await showCell(req, res, cellIn(req), emptyForm(prefilled(entry, req)));
  });

  routes.post('/recipients/:id/commitments/:ask', STAFF, async (req, res) => {
    const cell = await findCell(idOf(req), idOf(req, 'ask'));
    const now = deps.now();
    const read = parseForm(stanceForm(dayOf(now, req.user!.timeZone)), req.body);
    if (!read.ok) return showCell(req, res, cellIn(req), read.form);
    const { entry } = read.value;
    const known = await refusedAsField(async () => entry && assertIsEvidence(entry, cell.recipient._id));
    if ('refused' in known)
      return showCell(req, res, cellIn(req), withError(read.form, 'entry', known.refused));
    const set = await refusedAsField(() =>
      setStance(cell, { ...read.value, ...sentForm(req) }, { by: req.user!, now }),
    );
    if ('refused' in set) return showCell(req, res, cellIn(req), withError(read.form, 'stance', set.refused));
    req.session.notice = 'Written down. It counts as soon as somebody else has checked it.';
    return res.redirect(addressOf(cellIn(req)));
  });

  routes.post('/commitments/:id/confirmation', STAFF, async (req, res) => {
    const commitment = await findCommitment(idOf(req));
    const cancelled = await confirmStance(commitment, { by: req.user!, now: deps.now() });
    req.session.notice = `Checked. It counts from now on, and partners see it.${cancelledInWords(cancelled)}`;
    res.redirect(addressOf(commitment));
  });

  routes.post('/commitments/:id/taking-back', STAFF, async (req, res) => {
    const commitment = await findCommitment(idOf(req));
    const read = parseForm(takingBackForm, req.body);
    if (!read.ok) return showCell(req, res, commitment, read.form, commitment._id);
    const { takenBackReason } = read.value;
    await takeBackStance(commitment, takenBackReason, { by: req.user!, now: deps.now() });
    req.session.notice = 'Taken back. It stays readable and counts for nothing.';
    return res.redirect(addressOf(commitment));
  });

  return routes.handler;
}

type Cell = { recipient: Types.ObjectId; ask: Types.ObjectId };

const cellIn = (req: Request): Cell => ({ recipient: idOf(req), ask: idOf(req, 'ask') });

const addressOf = ({ recipient, ask }: Cell): string =>
  `/recipients/${String(recipient)}/commitments/${String(ask)}`;

async function showCell(
  req: Request,
  res: Response,
  { recipient: recipientId, ask: askId }: Cell,
  form: FormState,
  takingBack: Types.ObjectId | null = null,
) {
  const { recipient, campaign, ask } = await findCell(recipientId, askId);
  const [history, entries] = await Promise.all([
    readHistory({ recipient: recipientId, ask: askId }, req.user!),
    readEvidence(recipientId),
  ]);
  await renderForm(res, 'commitments/cell', `${recipient.organisationName}: ${ask.title}`, {
    form,
    recipient,
    campaign,
    ask,
    history,
    current: currentOf(history),
    entries: entries.map((entry) => [String(entry._id), entryInWords(entry, req.user!.timeZone)]),
    takingBack: takingBack && String(takingBack),
    inWords,
  });
}

/** The entry that the form is opened for, where it can be evidence of this recipient. */
async function asked(req: Request, recipient: Types.ObjectId) {
  const id = queryId(req, 'entry');
  return id && findEvidence(id, recipient);
}

/** The evidence and the day are those of the entry; what it says is for a person to choose, but for a refusal. */
function prefilled(entry: Awaited<ReturnType<typeof asked>>, req: Request): Record<string, unknown> {
  if (!entry) return {};
  return {
    entry: String(entry._id),
    on: dayOfEntry(entry, req.user!.timeZone),
    ...(entry.receivedAs === 'declined' && { stance: 'declined' }),
  };
}
