import type { Day } from '../dates.js';
import type { When } from '../when.js';
import { inRuns, nameOfRun, spanOfRun, type Run } from './runs.rules.js';
import type { MilestoneRecord, TrackRecord } from './track.model.js';

type Milestone = Pick<MilestoneRecord, '_id' | 'title' | 'stage' | 'happenedOn'>;
export type HappenedTrack = Pick<TrackRecord, '_id' | 'title' | 'shortTitle' | 'procedure' | 'ownStages'> & {
  milestones: Milestone[];
};

/** A milestone that happened, or several sittings of one stage in a row, as other timelines show it. */
export type Happened = {
  /** where it stands: the last day it can have been, and never later than today */
  day: Day;
  name: string;
  law: string;
  href: string;
  /** when one milestone happened; several: from which day to which */
  on: When | null;
  count: number;
  from: Day;
  to: Day;
};

/** What happened to these laws, the latest first. @param today the calendar day where the reader is */
export const whatHappened = (tracks: readonly HappenedTrack[], today: Day): Happened[] =>
  tracks
    .flatMap((track) => {
      const happened = track.milestones.filter(({ happenedOn }) => happenedOn);
      return inRuns({ ...track, milestones: happened }, today).map((run) => happenedAs(run, track, today));
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .reverse();

function happenedAs(run: Run<Milestone>, track: HappenedTrack, today: Day): Happened {
  const { from, to } = spanOfRun(run);
  const [first, ...others] = run.milestones;
  const day = to > today ? today : to;
  return {
    day,
    name: nameOfRun(run, track),
    law: track.shortTitle || track.title,
    href: `/tracks/${String(track._id)}#milestone-${String(first._id)}`,
    on: others.length === 0 ? (first.happenedOn ?? null) : null,
    count: run.milestones.length,
    from,
    to: day,
  };
}
