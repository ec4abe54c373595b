import type { Request, Response } from 'express';
import { setTimeout } from 'node:timers/promises';
import type { Deps } from '../../deps.js';
import { STAFF } from '../../users/user.rules.js';
import { sentForm } from '../../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../../web/form.js';
import { idOf, pageNumber } from '../../web/params.js';
import { renderForm, renderPage } from '../../web/render.js';
import { createRouter } from '../../web/router.js';
import { filesOf } from '../../web/uploads.js';
import { readPublications } from '../publications.js';
import type { TrackRecord } from '../track.model.js';
import { findTrack } from '../tracks.js';
import type { ImportSourceRecord } from './import-source.model.js';
import { outcomeInWords } from './outcome-in-words.js';
import { readSource } from './read-sources.js';
import { billForm, feedForm } from './source.form.js';
import { addSource, findSource, followBill, listSources, readFile, removeSource } from './sources.js';

/** So many milliseconds a reading is waited for; what takes longer goes on by itself. */
const WAITED_FOR = 5000;

/** Where the facts of a law are read from. */
export function sourcesRoutes(deps: Deps) {
  const routes = createRouter();
  const adding = (req: Request) => ({ by: req.user!._id, now: deps.now() });

  routes.get('/legislation/bills/new', STAFF, (_req, res) => showBillForm(res, emptyForm()));

  routes.post('/legislation/bills', STAFF, async (req, res) => {
    const read = parseForm(billForm, req.body);
    if (!read.ok) return showBillForm(res, read.form);
    const followed = await refusedAsField(() =>
      followBill(read.value.number, { ...adding(req), ...sentForm(req) }, deps),
    );
    if ('refused' in followed) return showBillForm(res, withError(read.form, 'number', followed.refused));
    req.session.notice = 'The bill is followed: its stages are read here, and again four times a day.';
    return res.redirect(`/tracks/${String(followed.value)}`);
  });

  routes.get('/tracks/:id/sources', STAFF, async (req, res) => showSources(res, await findTrack(idOf(req))));

  routes.post('/tracks/:id/bills', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const read = parseForm(billForm, req.body);
    if (!read.ok) return showSources(res, track, read.form);
    const { number: name } = read.value;
    return readNow(req, res, await addSource({ track: track._id, kind: 'uk bill', name }, adding(req)));
  });

  routes.post('/tracks/:id/feeds', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const read = parseForm(feedForm, req.body);
    if (!read.ok) return showSources(res, track, read.form);
    const { address: name } = read.value;
    return readNow(req, res, await addSource({ track: track._id, kind: 'feed', name }, adding(req)));
  });

  routes.post('/tracks/:id/files', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const read = await refusedAsField(() => readFile(track._id, filesOf(req), adding(req)));
    if ('refused' in read)
      return showSources(res, track, withError(emptyForm(), 'attachments', read.refused));
    req.session.notice = outcomeInWords({ ...read.value, problem: '' });
    return res.redirect(`/tracks/${String(track._id)}/sources`);
  });

  routes.post('/sources/:id/reading', STAFF, async (req, res) =>
    readNow(req, res, await findSource(idOf(req))),
  );

  routes.post('/sources/:id/removal', STAFF, async (req, res) => {
    const source = await findSource(idOf(req));
    await removeSource(source, deps.now());
    req.session.notice = 'It is not read any more. What came from it stays.';
    res.redirect(`/tracks/${String(source.track)}/sources`);
  });

  routes.get('/tracks/:id/publications', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const page = await readPublications(track._id, pageNumber(req));
    await renderPage(res, 'legislation/publications', `Publications: ${track.title}`, { track, page });
  });

  async function readNow(req: Request, res: Response, { _id, track }: ImportSourceRecord): Promise<void> {
    const reading = readSource(_id, deps);
    // what fails after we stopped waiting is written down at the source, or fails again at the next turn
    reading.catch((error: unknown) =>
      deps.log.error({ err: error }, 'reading a source of legislation failed'),
    );
    const outcome = await Promise.race([reading, setTimeout(WAITED_FOR, null, { ref: false })]);
    req.session.notice = outcome
      ? outcomeInWords(outcome)
      : 'It is being read. Look at this page again in a moment.';
    res.redirect(`/tracks/${String(track)}/sources`);
  }

  return routes.handler;
}

const showBillForm = (res: Response, form: FormState): Promise<void> =>
  renderForm(res, 'legislation/bill-form', 'Follow a bill of the UK Parliament', { form });

async function showSources(res: Response, track: TrackRecord, form: FormState = emptyForm()): Promise<void> {
  await renderForm(res, 'legislation/sources', `Sources: ${track.title}`, {
    form,
    track,
    sources: await listSources(track._id),
  });
}
