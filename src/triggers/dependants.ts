import type { Types } from 'mongoose';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { openStates } from '../follow-ups/follow-up.rules.js';
import { groupBy } from '../group-by.js';
import { inWords } from './list-triggers.js';
import { readTrigger } from './read-trigger.js';
import { Trigger, type TriggerRecord } from './trigger.model.js';

/** A trigger that counts on a milestone. `inProgress`: for how many recipients follow-ups of it have not come to an end. */
export type Dependant = {
  id: string;
  isRemoved: boolean;
  occasion: string;
  effect: string;
  campaign: string;
  inProgress: number;
};

/** Failed and uncertain ones wait for a person, who may yet plan them again. */
const inProgress = [...openStates, 'sending', 'uncertain'] as const;

/**
 * The triggers on a milestone, or on any of a law: those that nobody removed, whatever they have done, and removed ones
 * that have a follow-up on its way. The oldest first.
 */
export async function dependantsOf(
  of: { milestone: Types.ObjectId } | { track: Types.ObjectId },
  now: Date,
): Promise<Dependant[]> {
  const triggers = await Trigger.find(of).sort({ _id: 1 }).lean<TriggerRecord[]>();
  const rows = await FollowUp.find(
    { trigger: { $in: triggers.map(({ _id }) => _id) }, state: { $in: inProgress } },
    { trigger: 1, recipient: 1 },
  ).lean();
  const rowsOf = groupBy(rows, ({ trigger }) => String(trigger));
  const counted = triggers.map((trigger) => ({
    trigger,
    recipients: new Set((rowsOf.get(String(trigger._id)) ?? []).map(({ recipient }) => String(recipient)))
      .size,
  }));
  return Promise.all(
    counted
      .filter(({ trigger, recipients }) => !trigger.removedAt || recipients > 0)
      .map(async ({ trigger, recipients }) => {
        const read = await readTrigger(trigger);
        const { occasion, effect } = await inWords(read, now);
        return {
          id: String(trigger._id),
          isRemoved: Boolean(trigger.removedAt),
          occasion,
          effect,
          campaign: read.campaign.title,
          inProgress: recipients,
        };
      }),
  );
}
