import { dayOf } from '../dates.js';
import { dayOfMilestone, stateOfMilestone } from '../legislation/milestone.rules.js';
import type { AttentionItem, Source } from './attention.js';
import type { Seen } from './seen.js';

/** Milestones that were expected before today and are not marked as happened, the longest passed first. */
export function passedMilestones({ user, now, tracks }: Seen): Source {
  const today = dayOf(now, user.timeZone);
  const passed = tracks.flatMap(({ _id, title, milestones }) =>
    milestones
      .filter((milestone) => stateOfMilestone(milestone, milestones, today) === 'passed')
      .map((milestone): AttentionItem & { day: string } => ({
        href: `/tracks/${String(_id)}#milestone-${String(milestone._id)}`,
        title: milestone.title,
        about: title,
        reasons: [],
        day: dayOfMilestone(milestone),
      })),
  );
  const ordered = passed.sort((a, b) => a.day.localeCompare(b.day));
  return {
    rows: async (skip, limit) => ordered.slice(skip, skip + limit),
    count: async () => ordered.length,
  };
}
