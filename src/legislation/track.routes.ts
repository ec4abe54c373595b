import type { Request, Response } from 'express';
import { dayOf, type Day } from '../dates.js';
import type { Deps } from '../deps.js';
import { noticeShownFor } from '../triggers/shown-notices.js';
import { User } from '../users/user.model.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm, renderPage } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { Types } from 'mongoose';
import { sharedFieldNames } from './difference.rules.js';
import { differenceForm, happeningForm } from './milestone.form.js';
import { findMilestone, markHappened, settleDifference, type Writing } from './milestones.js';
import { readTrackPage } from './read-track-page.js';
import { relations, relationNames } from './relation.rules.js';
import { relatedForm } from './track.form.js';
import type { MilestoneRecord, TrackRecord } from './track.model.js';
import { findEvenRemoved, findTrack, relateTrack, unrelateTrack } from './tracks.js';

/** The page of one law, and the small forms on it. */
export function trackRoutes(deps: Deps) {
  const routes = createRouter();
  const today = (req: Request): Day => dayOf(deps.now(), req.user!.timeZone);
  const writing = (req: Request): Writing => ({ by: req.user!._id, now: deps.now() });

  routes.get('/tracks/:id', STAFF, async (req, res) => {
    const track = await findEvenRemoved(idOf(req));
    return track.removed ? showRemoved(res, track) : showTrack(res, track, today(req));
  });

  routes.post('/tracks/:id/milestones/:milestone/happening', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    const read = parseForm(happeningForm(today(req)), req.body);
    if (!read.ok) return showTrack(res, track, today(req), ofMilestone(read.form, milestone));
    await markHappened(track._id, milestone._id, read.value.happenedOn, writing(req));
    const shown = await noticeShownFor(milestone._id, deps.now());
    req.session.notice = `“${milestone.title}” is marked as happened.${shown}`;
    return res.redirect(`/tracks/${String(track._id)}`);
  });

  routes.post('/tracks/:id/milestones/:milestone/difference', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    const read = parseForm(differenceForm, req.body);
    if (!read.ok) return showTrack(res, track, today(req), read.form);
    const { field, theirs, take } = read.value;
    await settleDifference(
      track._id,
      milestone._id,
      { field, theirs, take: take === 'theirs' },
      writing(req),
    );
    req.session.notice =
      take === 'theirs'
        ? `“${milestone.title}” now says what its source says.`
        : `“${milestone.title}” stays as it is, until its source says something else again.`;
    return res.redirect(`/tracks/${String(track._id)}#milestone-${String(milestone._id)}`);
  });

  routes.post('/tracks/:id/related', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const read = parseForm(relatedForm, req.body);
    if (!read.ok) return showTrack(res, track, today(req), read.form);
    const other = new Types.ObjectId(read.value.track);
    const saved = await refusedAsField(() => relateTrack(track._id, { track: other, as: read.value.as }));
    if ('refused' in saved)
      return showTrack(res, track, today(req), withError(read.form, 'track', saved.refused));
    req.session.notice = 'The two laws are shown with each other.';
    return res.redirect(`/tracks/${String(track._id)}`);
  });

  routes.post('/tracks/:id/related/:other/removal', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    await unrelateTrack(track._id, idOf(req, 'other'));
    req.session.notice = 'The two laws are no longer shown with each other.';
    res.redirect(`/tracks/${String(track._id)}`);
  });

  return routes.handler;
}

async function showRemoved(res: Response, track: TrackRecord) {
  const by = await User.findById(track.removed!.by, { name: 1 }).lean();
  await renderPage(res, 'legislation/removed-track', track.title, { track, by: by?.name ?? 'somebody' });
}

/** The page holds one such form per milestone: the field's name says whose it is. */
const ofMilestone = ({ values, errors }: FormState, { _id }: MilestoneRecord): FormState => ({
  values: { [`happenedOn-${String(_id)}`]: values['happenedOn'] },
  errors: { [`happenedOn-${String(_id)}`]: errors['happenedOn']! },
});

async function showTrack(res: Response, track: TrackRecord, today: Day, form: FormState = emptyForm()) {
  await renderForm(res, 'legislation/track', track.title, {
    ...(await readTrackPage(track, today)),
    form,
    today,
    fieldNames: sharedFieldNames,
    relations: [['', 'Choose what this law does'], ...relations.map((as) => [as, relationNames[as].here])],
  });
}
