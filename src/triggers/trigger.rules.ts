import { daysBetween, type Day } from '../dates.js';
import { overtakenBy, stateOfMilestone } from '../legislation/milestone.rules.js';
import { stageOf } from '../legislation/procedures.js';
import { stateOfTrack } from '../legislation/track-state.rules.js';
import type { MilestoneRecord, TrackRecord } from '../legislation/track.model.js';
import type { Stance } from '../commitments/commitment.rules.js';
import { whenInWords } from '../when.js';
import type { Place } from '../working-days.js';
import { countDays, whenOf } from './count-days.rules.js';

export const sides = ['before', 'after'] as const;
export type Side = (typeof sides)[number];

/** Which of the two dates of a milestone it is counted from. */
export const bases = ['expected', 'happened'] as const;
export type Basis = (typeof bases)[number];

/** What is set in motion. */
export const effects = ['plan cadence', 'remind staff', 'show notice'] as const;
export type Effect = (typeof effects)[number];

/** So many working days before or after a milestone. */
export type Timing = { days: number; side: Side; basis: Basis };

export type Milestone = Pick<MilestoneRecord, 'title' | 'stage' | 'expectedOn' | 'happenedOn'> & {
  imported?: Pick<NonNullable<MilestoneRecord['imported']>, 'goneAt'> | null;
};
export type Track = Pick<TrackRecord, 'procedure' | 'ownStages'> & {
  sunsetOn?: Day | null;
  milestones: readonly Milestone[];
};

/** The day something is set in motion, and how it was counted; or why there is none. */
export type TriggerDay = { day: Day; how: string } | { rests: string };

/**
 * The day of a trigger by the calendar of a place. A date that is known only to a month, a quarter or a year is counted from
 * the first day it can be where the trigger comes before it, and from the last where it comes after.
 * @param today the calendar day where the campaign is: what has happened by then
 */
export function dayOfTrigger(
  timing: Timing,
  milestone: Milestone,
  { track, place, today }: { track: Track; place: Place; today: Day },
): TriggerDay {
  const rests = reasonToRest(timing, milestone, track, today);
  return rests ? { rests } : countDays(timing, milestone, place);
}

/** Why a trigger has no day, as a sentence; null where it has one. */
export function reasonToRest(timing: Timing, milestone: Milestone, track: Track, today: Day): string | null {
  const name = `“${milestone.title}”`;
  const ended = endOf(track, milestone, today);
  if (ended) return ended;
  if (timing.basis === 'happened')
    return milestone.happenedOn ? null : `It rests until ${name} has happened.`;
  if (milestone.happenedOn)
    return `It rests: ${name} has happened, ${whenInWords(milestone.happenedOn)}, and is expected no more.`;
  if (milestone.imported?.goneAt) return `It rests: the source no longer lists ${name}. Check the milestone.`;
  if (!milestone.expectedOn) return `It rests: nobody has said when ${name} is expected.`;
  const later = overtakenBy(milestone, track);
  return later ? `It rests: ${name} is overtaken by “${later.title}”, which has happened since.` : null;
}

/** A law that has ended sets nothing in motion, unless its end is the very milestone. */
function endOf(track: Track, { stage, happenedOn }: Milestone, today: Day): string | null {
  const state = stateOfTrack(track, today);
  if (state !== 'withdrawn' && state !== 'lapsed') return null;
  if (happenedOn && stageOf(track, stage)?.effect === state) return null;
  return state === 'withdrawn'
    ? 'It rests: the law was withdrawn.'
    : 'It rests: the law has lapsed or expired.';
}

/**
 * Why nothing new is begun although the trigger has a day: what was to come before the milestone comes too late once its
 * date is over, whether it happened or not. Null where it may begin.
 */
export function reasonNotToBegin(
  { side }: Timing,
  milestone: Milestone,
  track: Track,
  today: Day,
): string | null {
  if (side === 'after' || stateOfMilestone(milestone, track, today) !== 'passed') return null;
  return `“${milestone.title}” was expected, ${whenInWords(whenOf('expected', milestone))}, and nobody has said whether it happened. Nothing is begun until the milestone is checked.`;
}

/** So many days ahead follow-ups are planned: that is how long an approval of them usually holds. */
export const PLANNED_AHEAD_DAYS = 14;

/** What was missed by more than so many days is not made up for. */
export const MADE_UP_FOR_DAYS = 14;

/** `ahead`: too early to plan. `now`: it is time. `over`: it was too long ago, and nothing new is begun. */
export type Phase = 'ahead' | 'now' | 'over';

export function phaseOf(day: Day, today: Day): Phase {
  const until = daysBetween(today, day);
  if (until > PLANNED_AHEAD_DAYS) return 'ahead';
  return until < -MADE_UP_FOR_DAYS ? 'over' : 'now';
}

/** From the lowest. What was taken back is worth as little as what was never said. */
const ladder = ['none', 'declined', 'non-committal', 'partial', 'committed', 'implemented'] as const;

/** The stances that somebody can be below. */
export const thresholds = ladder.slice(1) as Exclude<Stance, 'none' | 'withdrawn'>[];

const rungOf = (stance: Stance): number => (stance === 'withdrawn' ? 0 : ladder.indexOf(stance));

/** Is this confirmed stance lower than the other one? Nobody has a stance lower than none. */
export const isBelow = (stance: Stance, other: Stance): boolean => rungOf(stance) < rungOf(other);
