import type { FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import { Cadence } from './cadence.model.js';
import { latestOfEachStep } from './cadence.rules.js';

type Listed = Pick<FollowUpRecord, 'cadence' | 'step' | 'revision' | 'state'>;

export type Running<F extends Listed> = { _id: NonNullable<F['cadence']>; name: string; steps: F[] };

/** The cadence that runs for a recipient, with its steps in order; null when no step is ahead of them. */
export async function findRunning<F extends Listed>(followUps: readonly F[]): Promise<Running<F> | null> {
  const ahead = followUps.find(({ cadence, state }) => cadence && aheadStates.some((one) => one === state));
  if (!ahead?.cadence) return null;
  const cadence = await Cadence.findById(ahead.cadence, { name: 1 }).lean();
  return {
    _id: ahead.cadence,
    name: cadence?.name ?? 'A cadence',
    steps: latestOfEachStep(followUps.filter((one) => one.cadence?.equals(ahead.cadence))),
  };
}
