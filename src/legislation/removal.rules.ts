import { RuleBroken } from '../errors.js';
import { stageOf, type Course } from './procedures.js';
import type { RemovedRecord } from '../removal.model.js';
import { notRemovedAnyMore, type Back } from '../removal.rules.js';
import type { MilestoneRecord, TrackRecord } from './track.model.js';

type Lists = Pick<TrackRecord, 'milestones' | 'removedMilestones'>;

/** A track without this milestone of it, which is kept with who removed it, when and why. */
export const withoutMilestone = (
  { milestones, removedMilestones }: Lists,
  milestone: MilestoneRecord,
  removed: RemovedRecord,
): Lists => ({
  milestones: milestones.filter((one) => one !== milestone),
  removedMilestones: [...(removedMilestones ?? []), { ...milestone, removed }],
});

/** A track with this removed milestone among the others again. @throws RuleBroken where its stage is there no more */
export function withMilestoneBack(track: Lists & Course, milestone: MilestoneRecord, back: Back): Lists {
  const { title, stage } = milestone;
  if (!stageOf(track, stage))
    throw new RuleBroken(
      `“${title}” is at the stage “${stage}”, which this law has no more. Nothing was changed: give the law that stage again first.`,
    );
  return {
    milestones: [...track.milestones, { ...milestone, ...notRemovedAnyMore(milestone, back) }],
    removedMilestones: (track.removedMilestones ?? []).filter((one) => one !== milestone),
  };
}

/** How often something was removed or put back: whoever has it in a calendar is told each time. */
export const timesRemoved = ({ removed, onceRemoved }: Counted): number =>
  2 * (onceRemoved ?? []).length + (removed ? 1 : 0);
type Counted = { removed?: object | null; onceRemoved?: readonly object[] | null };

type RemovedAt = { removed?: Pick<RemovedRecord, 'at'> | null };

/** The milestones of a track that were removed after an instant, alone or with the law, and when. */
export function removedSince<M extends RemovedAt>(
  {
    removed,
    milestones,
    removedMilestones,
  }: RemovedAt & { milestones: readonly M[]; removedMilestones?: readonly M[] | null },
  since: Date,
): { milestone: M; at: Date }[] {
  const alone = (removedMilestones ?? []).map((milestone) => ({ milestone, at: milestone.removed!.at }));
  const together = removed ? milestones.map((milestone) => ({ milestone, at: removed.at })) : [];
  return [...alone, ...together].filter(({ at }) => at > since);
}
