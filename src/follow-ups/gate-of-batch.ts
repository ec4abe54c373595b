import { untilDatabaseAnswers } from '../database.js';
import type { Deps } from '../deps.js';
import type { FollowUpRecord } from './follow-up.model.js';
import { readGates, type Gate } from './gate-context.js';

/** For so long, in ms, what the gate said of a whole batch counts for those of it that wait for a connection. */
const COUNTS_FOR = 100;

/**
 * The gate, asked by each of a batch when it has a connection, and not before. The first asks for all of them, which costs a
 * fraction of asking one by one; whoever comes more than a moment later asks anew, for all that are still to come.
 */
export function gateOfBatch(
  batch: readonly FollowUpRecord[],
  { post, replies, now }: Pick<Deps, 'post' | 'replies' | 'now'>,
): (followUp: FollowUpRecord) => Promise<Gate> {
  const toCome = new Set(batch);
  let said: Promise<Map<FollowUpRecord, Gate>>;
  let askedAt = -Infinity;
  const ask = async (followUps: readonly FollowUpRecord[]) => {
    const gates = await untilDatabaseAnswers(() => readGates(followUps, post.from, now(), replies.mailbox));
    return new Map(followUps.map((followUp, i) => [followUp, gates[i]!]));
  };
  return async (followUp) => {
    // once more, because the mail server takes its time
    if (!toCome.has(followUp)) return (await ask([followUp])).get(followUp)!;
    if (performance.now() - askedAt > COUNTS_FOR) {
      askedAt = performance.now();
      said = ask([...toCome]);
    }
    toCome.delete(followUp);
    return (await said).get(followUp)!;
  };
}
