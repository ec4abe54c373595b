import { dayOf } from '../dates.js';
import { inTimeOrder, stateOfMilestone } from '../legislation/milestone.rules.js';
import type { AttentionItem } from './attention.js';
import { withState } from './follow-ups-to-see.js';
import type { Seen } from './seen.js';

/** What comes next when nothing waits today: the next follow-up to leave and the next milestone, each if there is one. */
export async function readWhatIsNext(
  seen: Seen,
): Promise<{ followUp: AttentionItem | null; milestone: AttentionItem | null }> {
  const [followUp] = await withState('scheduled').rows(0, 1);
  return { followUp: followUp ?? null, milestone: nextMilestone(seen) };
}

function nextMilestone({ user, now, tracks }: Seen): AttentionItem | null {
  const today = dayOf(now, user.timeZone);
  const expected = tracks.flatMap((track) =>
    track.milestones
      .filter((milestone) => stateOfMilestone(milestone, track.milestones, today) === 'expected')
      .map((milestone) => ({ ...milestone, track })),
  );
  const [first] = inTimeOrder(expected);
  if (!first) return null;
  const href = `/tracks/${String(first.track._id)}#milestone-${String(first._id)}`;
  return { href, title: first.title, about: first.track.title, reasons: [], day: first.expectedOn! };
}
