import { dayOf } from '../dates.js';
import type { Deps } from '../deps.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { inTimeOrder, stateOfMilestone } from '../legislation/milestone.rules.js';
import type { Item } from '../attention/sources.js';
import { nextToLeave } from '../attention/follow-ups-to-see.js';
import type { Seen } from '../attention/seen.js';
import { withWhatKeepsThemBack } from './kept-back.js';

type Next = Pick<Item, 'href' | 'title' | 'about' | 'at' | 'day'>;

/**
 * What comes next when nothing waits today: the next follow-up to leave and the next milestone, each if there is one, and how many
 * follow-ups wait for an approval that somebody else gives, or that it is too early for.
 */
export async function readWhatIsNext(seen: Seen, deps: Deps) {
  const [first, toApprove] = await Promise.all([
    nextToLeave(seen).rows(0, 1),
    FollowUp.countDocuments({ state: 'planned' }).exec(),
  ]);
  const [followUp] = await withWhatKeepsThemBack(first, deps);
  return { followUp: followUp ?? null, toApprove, milestone: nextMilestone(seen) };
}

function nextMilestone({ user, now, tracks }: Seen): Next | null {
  const today = dayOf(now, user.timeZone);
  const expected = tracks.flatMap((track) =>
    track.milestones
      .filter((milestone) => stateOfMilestone(milestone, track, today) === 'expected')
      .map((milestone) => ({ ...milestone, track })),
  );
  const [first] = inTimeOrder(expected);
  if (!first) return null;
  const href = `/tracks/${String(first.track._id)}#milestone-${String(first._id)}`;
  return { href, title: first.title, about: first.track.title, day: first.expectedOn! };
}
