import type { Day } from '../dates.js';
import { Track } from './track.model.js';
import { whatHappened, type Happened, type HappenedTrack } from './what-happened.rules.js';

const fields = {
  title: 1,
  shortTitle: 1,
  procedure: 1,
  ownStages: 1,
  'milestones._id': 1,
  'milestones.title': 1,
  'milestones.stage': 1,
  'milestones.happenedOn': 1,
} as const;

/** What happened to all laws that are followed, the latest first. `today`: the calendar day where the reader is. */
export const readWhatHappened = async (today: Day): Promise<Happened[]> =>
  whatHappened(await Track.find({}, fields).lean<HappenedTrack[]>(), today);
