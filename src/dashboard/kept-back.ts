import type { Deps } from '../deps.js';
import type { Item } from '../attention/sources.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { leavingAt } from '../follow-ups/follow-up.rules.js';
import { readGates } from '../follow-ups/gate-context.js';
import { reasonsNotToSend } from '../follow-ups/send-gate.rules.js';
import { waitsFor, waitsForAnother } from '../follow-ups/waiting.rules.js';

/** Follow-ups that are to leave, each with what the gate says of its time: a list would otherwise promise what does not happen. */
export async function withWhatKeepsThemBack(
  items: readonly Item[],
  { now, post, replies }: Pick<Deps, 'now' | 'post' | 'replies'>,
): Promise<Item[]> {
  if (items.length === 0) return [];
  const at = now();
  const leavesAt = ({ nextAttemptAt }: FollowUpRecord): Date => leavingAt(nextAttemptAt, at);
  const followUps = await FollowUp.find({ _id: { $in: items.map(({ id }) => id) } }).lean<FollowUpRecord[]>();
  const gates = await readGates(followUps, post.from, at, replies.mailbox, leavesAt);
  const reasonsOf = new Map(
    followUps.map((followUp, i) => {
      const [gate, then] = [gates[i]!, leavesAt(followUp)];
      const waits = waitsFor(followUp, gate, then) ?? waitsForAnother(followUp, gate, then);
      const reasons = [...reasonsNotToSend(followUp, gate, then), ...(waits?.reasons ?? [])];
      return [String(followUp._id), reasons.length > 0 ? ['It does not leave then.', ...reasons] : []];
    }),
  );
  return items.map((item) => ({ ...item, reasons: reasonsOf.get(String(item.id)) ?? item.reasons }));
}
