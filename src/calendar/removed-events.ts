import { cleanLine } from '../clean-text.js';
import type { Day } from '../dates.js';
import { dayOfMilestone } from '../legislation/milestone.rules.js';
import type { CalendarEvent } from './events.js';
import type { Happening } from './happening.js';
import type { RemovedMilestone } from './removed-milestones.js';

/**
 * A removed milestone stays the event that it was, cancelled: a program that merely misses an event may keep it. Nothing
 * before the first day.
 */
export const removedEvents = (removed: readonly RemovedMilestone[], first: Day): CalendarEvent[] =>
  removed
    .map(({ id, times, href, name, ...dates }) => ({
      id: `milestone-${id}`,
      title: titleOf(name),
      href,
      day: dayOfMilestone({ stage: '', ...dates }),
      times,
      cancelled: true as const,
    }))
    .filter(({ day }) => day >= first);

/** Whatever was told of a removed milestone is told anew under its old id, so that it takes the place of the old. */
export const removedHappenings = (removed: readonly RemovedMilestone[]): Happening[] =>
  removed.flatMap(({ id, happenedOn, slips, at, href, name }) => {
    const told = [...(happenedOn ? [`happened-${id}`] : []), ...slips.map((n) => `slip-${id}-${n}`)];
    return told.map((one) => ({ id: one, title: titleOf(name), href, at }));
  });

const titleOf = (name: string): string =>
  `Removed: ${name ? cleanLine(name) : 'a milestone that was entered by mistake'}`;
