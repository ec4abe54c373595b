import type { Request, Response } from 'express';
import { dayOf, type Day } from '../dates.js';
import type { Deps } from '../deps.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, parseForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { describeMilestones } from './describe-milestones.js';
import { stageNames } from './milestone.rules.js';
import { happeningForm, milestoneForm } from './track.form.js';
import type { MilestoneRecord, TrackRecord } from './track.model.js';
import {
  addMilestone,
  editMilestone,
  findMilestone,
  findTrack,
  markHappened,
  toMilestoneValues,
} from './tracks.js';

export function milestonesRoutes(deps: Deps) {
  const routes = createRouter();
  const today = (req: Request): Day => dayOf(deps.now(), req.user!.timeZone);

  routes.get('/tracks/:id', STAFF, async (req, res) =>
    showTrack(res, await findTrack(idOf(req)), today(req)),
  );

  routes.get('/tracks/:id/milestones/new', STAFF, async (req, res) =>
    showForm(res, emptyForm(), await findTrack(idOf(req)), null),
  );

  routes.post('/tracks/:id/milestones', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const read = parseForm(milestoneForm(today(req)), req.body);
    if (!read.ok) return showForm(res, read.form, track, null);
    await addMilestone(track._id, read.value);
    req.session.notice = 'The milestone is saved.';
    return res.redirect(`/tracks/${String(track._id)}`);
  });

  routes.get('/tracks/:id/milestones/:milestone/edit', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    await showForm(res, emptyForm(toMilestoneValues(milestone)), track, milestone);
  });

  routes.post('/tracks/:id/milestones/:milestone', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    const read = parseForm(milestoneForm(today(req)), req.body);
    if (!read.ok) return showForm(res, read.form, track, milestone);
    await editMilestone(track._id, milestone._id, read.value);
    req.session.notice = 'The milestone is saved.';
    return res.redirect(`/tracks/${String(track._id)}`);
  });

  routes.post('/tracks/:id/milestones/:milestone/happening', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    const read = parseForm(happeningForm(today(req)), req.body);
    if (!read.ok) return showTrack(res, track, today(req), ofMilestone(read.form, milestone));
    await markHappened(track._id, milestone._id, read.value.happenedOn);
    req.session.notice = `“${milestone.title}” is marked as happened.`;
    return res.redirect(`/tracks/${String(track._id)}`);
  });

  return routes.handler;
}

/** The page holds one such form per milestone: the field's name says whose it is. */
const ofMilestone = ({ values, errors }: FormState, { _id }: MilestoneRecord): FormState => ({
  values: { [`happenedOn-${String(_id)}`]: values.happenedOn },
  errors: { [`happenedOn-${String(_id)}`]: errors.happenedOn! },
});

async function showTrack(res: Response, track: TrackRecord, today: Day, form: FormState = emptyForm()) {
  const milestones = describeMilestones(track.milestones, today);
  await renderForm(res, 'legislation/track', track.title, { form, track, milestones, today });
}

async function showForm(
  res: Response,
  form: FormState,
  track: TrackRecord,
  milestone: MilestoneRecord | null,
) {
  const title = milestone ? `Edit ${milestone.title}` : 'New milestone';
  const stages = [['', 'Choose a stage'], ...Object.entries(stageNames)];
  await renderForm(res, 'legislation/milestone-form', title, { form, track, milestone, stages });
}
