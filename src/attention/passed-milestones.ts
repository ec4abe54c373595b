import { dayInWords, dayOf } from '../dates.js';
import { dayOfMilestone, stateOfMilestone } from '../legislation/milestone.rules.js';
import type { Item, Source, Which } from './sources.js';
import type { Seen, SeenMilestone } from './seen.js';
import { isAsked } from './which.js';

/** Milestones that were expected before today and are not marked as happened, the longest passed first. */
export function passedMilestones({ user, now, tracks, yours }: Seen, which: Which): Source {
  const today = dayOf(now, user.timeZone);
  const passed = tracks.flatMap((track) =>
    track.milestones
      .filter((milestone) => stateOfMilestone(milestone, track, today) === 'passed')
      .map((milestone): Item & { day: string } => ({
        id: milestone._id,
        facts: factsOf(milestone),
        href: `/tracks/${String(track._id)}#milestone-${String(milestone._id)}`,
        title: milestone.title,
        about: track.title,
        named: `${track.title}: ${milestone.title}`,
        reasons: reasonsOf(milestone, user.timeZone),
        day: dayOfMilestone(milestone),
      })),
  );
  const ordered = (yours && !yours.ofLaw ? [] : passed.filter(isAsked(which))).sort((a, b) =>
    a.day.localeCompare(b.day),
  );
  return {
    rows: async (skip, limit) => ordered.slice(skip, skip + limit),
    count: async () => ordered.length,
  };
}

/** That its source dropped it is news: what was put off before wakes up. */
const factsOf = (milestone: SeenMilestone): string =>
  milestone.imported?.goneAt ? `${dayOfMilestone(milestone)} gone` : dayOfMilestone(milestone);

function reasonsOf({ imported }: SeenMilestone, timeZone: string): string[] {
  if (!imported?.goneAt) return [];
  return [`Its source no longer lists it, since ${dayInWords(dayOf(imported.goneAt, timeZone))}.`];
}
