import type { Request } from 'express';
import { Types } from 'mongoose';
import { dayInWords, dayOf, daysInWords } from '../dates.js';
import type { Deps } from '../deps.js';
import { NotFound } from '../errors.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf, queryText } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { wordsOfKind } from './kinds.rules.js';
import { readSeen, type Seen } from './seen.js';
import { snoozedForm, snoozeForm } from './snooze.form.js';
import { snoozeDays } from './snooze.rules.js';
import { findItem, listAsleep, snooze, wakeUp, type Snoozed } from './snooze.js';

/** What somebody has put off until a day of theirs. */
export function snoozesRoutes({ now, post }: Deps) {
  const routes = createRouter();
  const seenBy = (req: Request): Promise<Seen> => readSeen(req.user!, post.from, now());
  const today = (req: Request) => dayOf(now(), req.user!.timeZone);

  routes.get('/snoozes', STAFF, async (req, res) => {
    const asleep = await listAsleep(await seenBy(req));
    await renderPage(res, 'attention/snoozes', 'Snoozed', { asleep, wordsOfKind });
  });

  routes.get('/snoozes/new', STAFF, async (req, res) => {
    const which = whichOf({ kind: queryText(req, 'kind'), record: queryText(req, 'record') });
    const { facts } = await findItem(which, await seenBy(req));
    const form = emptyForm({ ...which, facts, until: snoozeDays(which.kind, today(req)).first });
    await renderForm(res, 'attention/snooze', 'Snooze', { ...(await pageOf(which, req)), form });
  });

  routes.post('/snoozes', STAFF, async (req, res) => {
    const which = whichOf(req.body);
    const read = parseForm(snoozeForm(which.kind, today(req)), req.body);
    if (!read.ok) {
      const locals: { form: FormState } & Awaited<ReturnType<typeof pageOf>> = {
        ...(await pageOf(which, req)),
        form: read.form,
      };
      return renderForm(res, 'attention/snooze', 'Snooze', locals);
    }
    await snooze(which, read.value, await seenBy(req));
    req.session.notice = `Snoozed: it is back on ${dayInWords(read.value.until)}, or as soon as something about it changes.`;
    return res.redirect('/');
  });

  routes.post('/snoozes/:id/waking', STAFF, async (req, res) => {
    await wakeUp(idOf(req), req.user!._id);
    req.session.notice = 'It is awake: you find it on the first page again.';
    res.redirect('/snoozes');
  });

  /** What the form shows of the thing. */
  async function pageOf(which: Snoozed, req: Request) {
    const item = await findItem(which, await seenBy(req));
    const { first, last } = snoozeDays(which.kind, today(req));
    return { ...which, item, dated: wordsOfKind[which.kind].dated, days: daysInWords(first, last) };
  }

  return routes.handler;
}

/** @throws NotFound when it names no thing that can be put off */
function whichOf(values: unknown): Snoozed {
  const read = parseForm(snoozedForm, values);
  if (!read.ok) throw new NotFound('There is no such thing to put off.');
  return { kind: read.value.kind, record: new Types.ObjectId(read.value.record) };
}
