import type { Types } from 'mongoose';
import { RuleBroken } from '../errors.js';
import { dependantsOf, type Dependant } from '../triggers/dependants.js';
import { milestoneIn } from './milestones.js';
import type { RemovedRecord } from '../removal.model.js';
import { notRemovedAnyMore, removedBy, type Removing, type Writing } from '../removal.rules.js';
import { withMilestoneBack, withoutMilestone } from './removal.rules.js';
import { Track, type TrackRecord } from './track.model.js';
import { changeTrack, findEvenRemoved } from './tracks.js';

/** Takes a milestone out of its track, where it is kept. @throws RuleBroken while something depends on it */
export async function removeMilestone(
  track: Types.ObjectId,
  milestone: Types.ObjectId,
  removing: Removing,
): Promise<void> {
  refuseIfAny(await dependantsOf({ milestone }, removing.now));
  await changeTrack(track, (found) =>
    withoutMilestone(found, milestoneIn(found, milestone), removedBy(removing)),
  );
}

/** Nothing changes where somebody else put it back. @throws RuleBroken where the law has its stage no more */
export async function putMilestoneBack(
  track: Types.ObjectId,
  milestone: Types.ObjectId,
  { by, now }: Writing,
): Promise<void> {
  await changeTrack(track, (found) => {
    const removed = (found.removedMilestones ?? []).find(({ _id }) => _id.equals(milestone));
    if (removed) return withMilestoneBack(found, removed, { by, at: now });
    milestoneIn(found, milestone);
    return null;
  });
}

/** A law with all that is known of it is kept, and shown nowhere. @throws RuleBroken while something depends on it */
export async function removeTrack(track: Types.ObjectId, removing: Removing): Promise<void> {
  refuseIfAny(await dependantsOf({ track }, removing.now));
  await changeTrack(track, () => ({ removed: removedBy(removing) }));
}

export async function putTrackBack(track: Types.ObjectId, { by, now }: Writing): Promise<void> {
  await changeTrack(
    track,
    (found) => (found.removed ? notRemovedAnyMore(found, { by, at: now }) : null),
    findEvenRemoved,
  );
}

/** The laws that were removed, the latest first. */
export const listRemovedTracks = (): Promise<RemovedTrack[]> =>
  Track.find({ removed: { $ne: null } }, { title: 1, removed: 1 })
    .sort({ 'removed.at': -1 })
    .lean<RemovedTrack[]>()
    .exec();
export type RemovedTrack = Pick<TrackRecord, '_id' | 'title'> & { removed: RemovedRecord };

function refuseIfAny(dependants: readonly Dependant[]): void {
  if (dependants.length > 0)
    throw new RuleBroken(
      'Something depends on it. Nothing was removed: read below what it is, and what to do.',
    );
}
