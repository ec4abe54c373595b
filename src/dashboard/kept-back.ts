import type { Deps } from '../deps.js';
import type { Item } from '../attention/sources.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { leavingAt } from '../follow-ups/follow-up.rules.js';
import { readGates } from '../follow-ups/gate-context.js';
import { waitsForOthers } from '../follow-ups/one-a-day.rules.js';
import { reasonsNotToSend } from '../follow-ups/send-gate.rules.js';
import { waitsFor } from '../follow-ups/waiting.rules.js';

const CAPTURED =
  'It goes to the outbox then and to nobody: the campaign is not live, or no mail server is configured.';

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
  const leaving = followUps.map((followUp, i) => ({
    followUp,
    gate: gates[i]!,
    leavesAt: leavesAt(followUp),
  }));
  const keeps = leaving.map(({ followUp, gate, leavesAt: then }) => [
    ...reasonsNotToSend(followUp, gate, then),
    ...(waitsFor(followUp, gate, then)?.reasons ?? []),
  ]);
  const forOthers = waitsForOthers(
    leaving.map((one, i) => ({ ...one, goes: keeps[i]!.length === 0 })),
    at,
  );
  const reasonsOf = new Map(
    followUps.map(({ _id }, i) => {
      const reasons = [...keeps[i]!, forOthers[i]!].filter(Boolean);
      if (reasons.length > 0) return [String(_id), ['It does not leave then.', ...reasons]];
      return [String(_id), post.smtp && gates[i]!.live ? [] : [CAPTURED]];
    }),
  );
  return items.map((item) => ({ ...item, reasons: reasonsOf.get(String(item.id)) ?? item.reasons }));
}
