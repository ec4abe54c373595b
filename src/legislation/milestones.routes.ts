import type { Request, Response } from 'express';
import { dayOf, type Day } from '../dates.js';
import type { Deps } from '../deps.js';
import { keptIfAllowed, openAttachment, storeAttachments } from '../history/attachments.js';
import { noticeShownFor } from '../triggers/shown-notices.js';
import { STAFF } from '../users/user.rules.js';
import { sendDownload } from '../web/downloads.js';
import { sentForm } from '../web/form-id.js';
import { emptyForm, parseForm, refusedAsField, withError, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { filesOf } from '../web/uploads.js';
import { whenPrecisionNames } from '../when.js';
import { milestoneForm, toMilestoneValues, type MilestoneForm } from './milestone.form.js';
import { addMilestone, editMilestone, findMilestone, type Writing } from './milestones.js';
import { stagesOf } from './procedures.js';
import type { MilestoneRecord, TrackRecord } from './track.model.js';
import { findTrack } from './tracks.js';

export function milestonesRoutes(deps: Deps) {
  const routes = createRouter();
  const today = (req: Request): Day => dayOf(deps.now(), req.user!.timeZone);
  const writing = (req: Request): Writing => ({ by: req.user!._id, now: deps.now() });

  routes.get('/tracks/:id/milestones/new', STAFF, async (req, res) =>
    showForm(res, emptyForm({ sourceSeenOn: today(req) }), await findTrack(idOf(req)), null),
  );

  routes.post('/tracks/:id/milestones', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    await save(req, res, { track, milestone: null }, (form, by) =>
      addMilestone(track._id, { ...form, ...sentForm(req) }, by),
    );
  });

  routes.get('/tracks/:id/milestones/:milestone/edit', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    await showForm(res, emptyForm(toMilestoneValues(milestone)), track, milestone);
  });

  routes.post('/tracks/:id/milestones/:milestone', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    await save(req, res, { track, milestone }, (form, by) =>
      editMilestone(track._id, milestone._id, form, by),
    );
  });

  routes.get('/tracks/:id/milestones/:milestone/attachments/:file', STAFF, async (req, res) => {
    const { milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    const { attachment, stream } = await openAttachment(milestone.evidence ?? [], idOf(req, 'file'));
    await sendDownload(res, attachment, stream);
  });

  type Shown = { track: TrackRecord; milestone: MilestoneRecord | null };
  async function save(
    req: Request,
    res: Response,
    { track, milestone }: Shown,
    write: (form: MilestoneForm, writing: Writing) => Promise<void>,
  ): Promise<void> {
    const read = parseForm(milestoneForm(track, today(req)), req.body);
    if (!read.ok) return showForm(res, read.form, track, milestone);
    const stored = await refusedAsField(() => storeAttachments(filesOf(req)));
    if ('refused' in stored)
      return showForm(res, withError(read.form, 'attachments', stored.refused), track, milestone);
    await keptIfAllowed(stored.value, () => write(read.value, { ...writing(req), evidence: stored.value }));
    const shown = milestone ? await noticeShownFor(milestone._id, deps.now()) : '';
    req.session.notice = `The milestone is saved.${shown}`;
    res.redirect(`/tracks/${String(track._id)}`);
  }

  return routes.handler;
}

async function showForm(
  res: Response,
  form: FormState,
  track: TrackRecord,
  milestone: MilestoneRecord | null,
) {
  const title = milestone ? `Edit ${milestone.title}` : 'New milestone';
  await renderForm(res, 'legislation/milestone-form', title, {
    form,
    track,
    milestone,
    stages: [['', 'Choose a stage'], ...stageChoices(track)],
    precisions: Object.entries(whenPrecisionNames),
  });
}

/** The stages of a procedure, those of one lane together. */
function stageChoices(track: TrackRecord): [string, [string, string][]][] {
  const lanes = new Map<string, [string, string][]>();
  for (const { id, name, lane } of stagesOf(track)) lanes.set(lane, [...(lanes.get(lane) ?? []), [id, name]]);
  return [...lanes];
}
