import { cleanLine } from '../clean-text.js';
import type { Day } from '../dates.js';
import { lastDayOfWhen, precisionOfWhen, whenInWords, type When } from '../when.js';
import type { CalendarEvent } from './events.js';
import type { FollowedMilestone } from './followed-milestones.js';

/**
 * A milestone as an all-day event, the same one from when it is first expected until after it happened. Where only a month,
 * a quarter or a year is known it stands on the last day of that, and says so. Nothing before the first day, and nothing
 * that a later step has overtaken.
 */
export function milestoneEvents(milestones: readonly FollowedMilestone[], first: Day): CalendarEvent[] {
  return milestones.flatMap((milestone) => {
    const { id, state, happenedOn, expectedOn, title, law, href, times } = milestone;
    const when = happenedOn ?? expectedOn;
    if (!when || state === 'overtaken') return [];
    const day = lastDayOfWhen(when);
    if (day < first) return [];
    const what = `${state === 'happened' ? 'Happened' : 'Expected'}${sometime(when)}`;
    return {
      id: `milestone-${id}`,
      title: `${what}: ${cleanLine(title)} (${cleanLine(law)})`,
      href,
      day,
      times,
    };
  });
}

const sometime = (when: When): string =>
  precisionOfWhen(when) === 'day' ? '' : ` some time in ${whenInWords(when)}`;
