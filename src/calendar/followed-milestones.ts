import type { Day } from '../dates.js';
import { stateOfMilestone, type MilestoneState } from '../legislation/milestone.rules.js';
import { timesRemoved } from '../legislation/removal.rules.js';
import { datedSlipsOf, timesDated, type Slip } from '../legislation/slip.rules.js';
import { stepFields, Track, type MilestoneRecord, type TrackRecord } from '../legislation/track.model.js';
import { notRemoved } from '../removal.model.js';
import type { When } from '../when.js';

/** A milestone as a feed tells of it. `times`: how often its date has changed; `href`: a path of ours, or an address elsewhere. */
export type FollowedMilestone = {
  id: string;
  title: string;
  law: string;
  expectedOn: When | null;
  happenedOn: When | null;
  state: MilestoneState;
  times: number;
  slips: Slip[];
  href: string;
};

type FollowedTrack = Pick<TrackRecord, '_id' | 'title' | 'procedure' | 'ownStages'> & {
  onceRemoved?: object[];
  milestones: FollowedRecord[];
};
type FollowedRecord = Pick<
  MilestoneRecord,
  '_id' | 'title' | 'stage' | 'expectedOn' | 'happenedOn' | 'formerly' | 'onceRemoved'
>;
const trackFields = {
  ...stepFields,
  'milestones.formerly.field': 1,
  'milestones.formerly.value': 1,
  'milestones.formerly.until': 1,
  'milestones.onceRemoved.backAt': 1,
  'onceRemoved.backAt': 1,
} as const;

/** The milestones of all laws for the staff, by the laws' titles. `today`: the calendar day where the reader is. */
export async function readFollowedMilestones(today: Day): Promise<FollowedMilestone[]> {
  const tracks = await Track.find(notRemoved, trackFields).sort({ title: 1, _id: 1 }).lean<FollowedTrack[]>();
  return tracks.flatMap((track) =>
    track.milestones.map((milestone) => ({
      id: String(milestone._id),
      title: milestone.title,
      law: track.title,
      expectedOn: milestone.expectedOn ?? null,
      happenedOn: milestone.happenedOn ?? null,
      state: stateOfMilestone(milestone, track, today),
      times: timesDated(milestone) + timesRemoved(milestone) + timesRemoved(track),
      slips: datedSlipsOf(milestone),
      href: `/tracks/${String(track._id)}#milestone-${String(milestone._id)}`,
    })),
  );
}
