import { rangeOf } from '../axis/range.js';
import type { Day } from '../dates.js';
import { dayOfMilestone, whenOfMilestone, type MilestoneState } from '../legislation/milestone.rules.js';
import { inRuns, nameOfRun, spanOfRun, type Run } from '../legislation/runs.rules.js';
import type { MilestoneRecord, TrackRecord } from '../legislation/track.model.js';
import type { When } from '../when.js';
import { timeAxis, type TimeAxis, type Week } from './time-axis.js';

/** So many milestones are drawn and listed, those nearest to today; the page of all laws has the rest. */
const MOST = 100;
const YEARS = { back: 5, ahead: 3 };
/** in pixels: for a screen with room, and for a phone */
const WIDE = 1080;
const NARROW = 380;

export type PictureTrack = Pick<TrackRecord, '_id' | 'title' | 'jurisdiction' | 'procedure' | 'ownStages'> & {
  milestones: PictureStep[];
};
type PictureStep = Pick<MilestoneRecord, '_id' | 'title' | 'stage' | 'expectedOn' | 'happenedOn'>;

/** A milestone, or several sittings of one stage in a row. */
export type PictureMilestone = {
  /** where it is drawn: of several sittings the one that is nearest to today */
  day: Day;
  title: string;
  track: PictureTrack;
  state: MilestoneState;
  count: number;
  /** when one milestone happened or is expected; several: from which day to which */
  on: When | null;
  from: Day;
  to: Day;
};
type Counts = { out?: Record<string, number>; in?: Record<string, number> } | null;

export type Picture = {
  wide: TimeAxis;
  narrow: TimeAxis;
  from: Day;
  to: Day;
  /** weeks with contact, the latest first */
  weeks: Week[];
  /** in time order, those outside the picture included */
  milestones: PictureMilestone[];
  /** how many more there are, further from today */
  further: number;
  total: { out: number; in: number };
};

/** The picture of the first page and its equivalent in words; null while there is nothing to draw. */
export function pictureOf(activity: Counts, tracks: readonly PictureTrack[], today: Day): Picture | null {
  const weeks = weeksOf(activity);
  const all = milestonesOf(tracks, today);
  const milestones = nearestTo(today, all);
  if (weeks.length === 0 && milestones.length === 0) return null;
  const { from, to } = rangeOf(
    [...weeks.map(({ monday }) => monday), ...milestones.map(({ day }) => day), today],
    today,
    YEARS,
  );
  const drawn = milestones.map(({ day, title, track, state, count }) => ({
    day,
    label: `${track.jurisdiction}: ${title}${count > 1 ? `, ${count} sittings` : ''}`,
    happened: state === 'happened',
  }));
  const axis = (width: number) => timeAxis({ weeks, milestones: drawn, from, to, today, width });
  return {
    wide: axis(WIDE),
    narrow: axis(NARROW),
    from,
    to,
    weeks: weeks.toReversed(),
    milestones,
    further: all.length - milestones.length,
    total: { out: sum(weeks.map(({ out }) => out)), in: sum(weeks.map((week) => week.in)) },
  };
}

/** Corrected entries are counted out again, so a week may stand at nought. */
function weeksOf(activity: Counts): Week[] {
  const { out = {}, in: incoming = {} } = activity ?? {};
  const mondays = [...new Set([...Object.keys(out), ...Object.keys(incoming)])].sort();
  return mondays
    .map((monday) => ({ monday, out: out[monday] ?? 0, in: incoming[monday] ?? 0 }))
    .filter((week) => week.out > 0 || week.in > 0);
}

/** In the order they were given. */
function nearestTo(today: Day, milestones: readonly PictureMilestone[]): PictureMilestone[] {
  const now = Date.parse(today);
  const away = ({ day }: PictureMilestone): number => Math.abs(Date.parse(day) - now);
  const nearest = new Set(milestones.toSorted((a, b) => away(a) - away(b)).slice(0, MOST));
  return milestones.filter((milestone) => nearest.has(milestone));
}

const milestonesOf = (tracks: readonly PictureTrack[], today: Day): PictureMilestone[] =>
  tracks
    .flatMap((track) => inRuns(track, today).map((run) => drawnAs(run, track)))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

function drawnAs(run: Run<PictureStep>, track: PictureTrack): PictureMilestone {
  const { milestones, state } = run;
  const nearest = state === 'expected' ? milestones[0] : milestones.at(-1)!;
  return {
    day: dayOfMilestone(nearest),
    title: nameOfRun(run, track),
    track,
    state,
    count: milestones.length,
    on: milestones.length === 1 ? whenOfMilestone(nearest) : null,
    ...spanOfRun(run),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
