import type { Response } from 'express';
import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { changedMeanwhile, openedForm, shownAs } from '../web/opened-form.js';
import { renderForm, renderPage, renderPart } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { drawOnce } from './draw-once.js';
import { procedureNames } from './procedures.js';
import { readAxis } from './read-axis.js';
import { listRemovedTracks } from './remove.js';
import { trackForm } from './track.form.js';
import type { TrackRecord } from './track.model.js';
import { addTrack, editTrack, findTrack, toTrackValues } from './tracks.js';

export function tracksRoutes(deps: Deps) {
  const routes = createRouter();

  routes.get('/legislation', STAFF, async (req, res) => {
    const today = dayOf(deps.now(), req.user!.timeZone);
    const picture = await drawOnce(today, async () =>
      renderPart(res, 'legislation/axis', { axis: await readAxis(today) }),
    );
    await renderPage(res, 'legislation/index', 'Legislation', {
      picture,
      removed: await listRemovedTracks(),
    });
  });

  routes.get('/legislation/tracks/new', STAFF, (_req, res) => showForm(res, emptyForm(), null));

  routes.post('/legislation/tracks', STAFF, async (req, res) => {
    const read = parseForm(trackForm, req.body);
    if (!read.ok) return showForm(res, read.form, null);
    const id = await addTrack({ ...read.value, ...sentForm(req) }, deps.now());
    req.session.notice = 'The track is saved. Add its milestones next.';
    return res.redirect(`/tracks/${String(id)}`);
  });

  routes.get('/tracks/:id/edit', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    await showForm(res, openedForm(shownOf(track)), track);
  });

  routes.post('/tracks/:id', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const read = parseForm(trackForm, req.body);
    if (!read.ok) return showForm(res, read.form, track);
    let changed: FormState | null = null;
    const saved = await refusedAsField(() =>
      editTrack(track._id, read.value, (current) => {
        changed = changedMeanwhile(read.form, shownOf(current));
        return !changed;
      }),
    );
    if (changed) return showForm(res, changed, track);
    if ('refused' in saved) return showForm(res, withError(read.form, 'procedure', saved.refused), track);
    req.session.notice = 'The track is saved.';
    return res.redirect(`/tracks/${String(track._id)}`);
  });

  return routes.handler;
}

function shownOf(track: TrackRecord) {
  const values = toTrackValues(track);
  return shownAs(values, Object.keys(values) as (keyof typeof values)[]);
}

async function showForm(res: Response, form: FormState, track: TrackRecord | null) {
  await renderForm(res, 'legislation/track-form', track ? `Edit ${track.title}` : 'New track', {
    form,
    track,
    procedures: [['', 'Choose a procedure'], ...Object.entries(procedureNames)],
  });
}
