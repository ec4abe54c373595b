import { removedSince, timesRemoved } from '../legislation/removal.rules.js';
import { datedSlipsOf, timesDated } from '../legislation/slip.rules.js';
import { Track, wasRemovedAfter, type TrackRecord } from '../legislation/track.model.js';
import type { When } from '../when.js';

/**
 * A milestone that was removed, for those who were told of it before. `name`: what it was, and of which law; empty for who is
 * not to read that any more. `slips`: the numbers of those that were told. `times`, `href`: as of one that is followed.
 */
export type RemovedMilestone = {
  id: string;
  name: string;
  expectedOn: When | null;
  happenedOn: When | null;
  slips: number[];
  times: number;
  at: Date;
  href: string;
};

/** Those of all laws that were removed after an instant, for the staff. */
export async function readRemovedMilestones(since: Date): Promise<RemovedMilestone[]> {
  const tracks = await Track.find(wasRemovedAfter(since)).sort({ title: 1, _id: 1 }).lean<TrackRecord[]>();
  return tracks.flatMap((track) =>
    removedSince(track, since).map(({ milestone, at }) => ({
      id: String(milestone._id),
      name: `${milestone.title} (${track.title})`,
      expectedOn: milestone.expectedOn ?? null,
      happenedOn: milestone.happenedOn ?? null,
      slips: datedSlipsOf(milestone).map(({ n }) => n),
      times: timesDated(milestone) + timesRemoved(milestone) + timesRemoved(track),
      at,
      href: `/tracks/${String(track._id)}`,
    })),
  );
}
