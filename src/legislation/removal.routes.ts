import type { Request, Response } from 'express';
import type { Deps } from '../deps.js';
import { dayOf } from '../dates.js';
import { removeAsAsked } from '../removal.form.js';
import { dependantsOf } from '../triggers/dependants.js';
import { STAFF } from '../users/user.rules.js';
import { emptyForm, type FormState } from '../web/form.js';
import { idOf } from '../web/params.js';
import { renderForm } from '../web/render.js';
import { createRouter } from '../web/router.js';
import { describeMilestones } from './describe-milestones.js';
import { findMilestone } from './milestones.js';
import { putMilestoneBack, putTrackBack, removeMilestone, removeTrack } from './remove.js';
import type { MilestoneRecord, TrackRecord } from './track.model.js';
import { findTrack } from './tracks.js';

/** Takes away what was written down by mistake, after a page that says what becomes of it; and puts it back. */
export function removalRoutes(deps: Deps) {
  const routes = createRouter();
  const writing = (req: Request) => ({ by: req.user!._id, now: deps.now() });

  routes.get('/tracks/:id/milestones/:milestone/removal', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    await askAboutMilestone(req, res, track, milestone);
  });

  routes.post('/tracks/:id/milestones/:milestone/removal', STAFF, async (req, res) => {
    const { track, milestone } = await findMilestone(idOf(req), idOf(req, 'milestone'));
    const wrong = await removeAsAsked(req.body, ({ why }) =>
      removeMilestone(track._id, milestone._id, { ...writing(req), why }),
    );
    if (wrong) return askAboutMilestone(req, res, track, milestone, wrong);
    req.session.notice = `“${milestone.title}” is removed. It is kept at the end of this page and can be put back there.`;
    return res.redirect(`/tracks/${String(track._id)}`);
  });

  routes.post('/tracks/:id/milestones/:milestone/return', STAFF, async (req, res) => {
    const [track, milestone] = [idOf(req), idOf(req, 'milestone')];
    await putMilestoneBack(track, milestone, writing(req));
    req.session.notice = 'The milestone is put back.';
    res.redirect(`/tracks/${String(track)}#milestone-${String(milestone)}`);
  });

  routes.get('/tracks/:id/removal', STAFF, async (req, res) =>
    askAboutTrack(res, await findTrack(idOf(req))),
  );

  routes.post('/tracks/:id/removal', STAFF, async (req, res) => {
    const track = await findTrack(idOf(req));
    const wrong = await removeAsAsked(req.body, ({ why }) =>
      removeTrack(track._id, { ...writing(req), why }),
    );
    if (wrong) return askAboutTrack(res, track, wrong);
    req.session.notice = `“${track.title}” is removed. It is kept among the removed laws at the end of this page and can be put back.`;
    return res.redirect('/legislation');
  });

  routes.post('/tracks/:id/return', STAFF, async (req, res) => {
    await putTrackBack(idOf(req), writing(req));
    req.session.notice = 'The law is put back, with its milestones and its sources.';
    res.redirect(`/tracks/${String(idOf(req))}`);
  });

  async function askAboutMilestone(
    req: Request,
    res: Response,
    track: TrackRecord,
    { _id }: MilestoneRecord,
    form: FormState = emptyForm(),
  ) {
    const described = describeMilestones(track, dayOf(deps.now(), req.user!.timeZone));
    const milestone = described.find((one) => one._id.equals(_id))!;
    const dependants = await dependantsOf({ milestone: _id }, deps.now());
    const title = `Remove “${milestone.title}”`;
    await renderForm(res, 'legislation/milestone-removal', title, { form, track, milestone, dependants });
  }

  async function askAboutTrack(res: Response, track: TrackRecord, form: FormState = emptyForm()) {
    const dependants = await dependantsOf({ track: track._id }, deps.now());
    await renderForm(res, 'legislation/track-removal', `Remove “${track.title}”`, {
      form,
      track,
      dependants,
    });
  }

  return routes.handler;
}
