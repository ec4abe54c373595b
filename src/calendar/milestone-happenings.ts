import { cleanLine } from '../clean-text.js';
import { firstDayOfWhen, precisionOfWhen, whenInWords, type When } from '../when.js';
import type { FollowedMilestone } from './followed-milestones.js';
import type { Happening } from './happening.js';

/**
 * That a milestone happened, on its day as UTC has it, the first it can have been; and each time that its expected date
 * moved, at the moment somebody, or a source, said so.
 */
export const milestoneHappenings = (milestones: readonly FollowedMilestone[]): Happening[] =>
  milestones.flatMap((milestone) => [...happened(milestone), ...slipped(milestone)]);

function happened({ id, happenedOn, href, ...named }: FollowedMilestone): Happening[] {
  if (!happenedOn) return [];
  const title = `Happened ${onOrIn(happenedOn)}: ${nameOf(named)}`;
  return [{ id: `happened-${id}`, title, href, at: new Date(firstDayOfWhen(happenedOn)) }];
}

const slipped = ({ id, slips, href, ...named }: FollowedMilestone): Happening[] =>
  slips.map(({ n, from, to, at }) => ({
    id: `slip-${id}-${n}`,
    title: to
      ? `Expected ${onOrIn(to)}, formerly ${onOrIn(from)}: ${nameOf(named)}`
      : `No longer expected ${onOrIn(from)}: ${nameOf(named)}`,
    href,
    at,
  }));

const onOrIn = (when: When): string =>
  `${precisionOfWhen(when) === 'day' ? 'on' : 'in'} ${whenInWords(when)}`;

const nameOf = ({ title, law }: Pick<FollowedMilestone, 'title' | 'law'>): string =>
  `${cleanLine(title)} (${cleanLine(law)})`;
