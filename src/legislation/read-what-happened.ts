import type { Day } from '../dates.js';
import { stepFields, Track } from './track.model.js';
import { notRemoved } from '../removal.model.js';
import { whatHappened, type Happened, type HappenedTrack } from './what-happened.rules.js';

const fields = {
  ...stepFields,
  shortTitle: 1,
} as const;

/** What happened to all laws that are followed, the latest first. `today`: the calendar day where the reader is. */
export const readWhatHappened = async (today: Day): Promise<Happened[]> =>
  whatHappened(await Track.find(notRemoved, fields).lean<HappenedTrack[]>(), today);
