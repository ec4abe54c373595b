import { instantInWords } from '../dates.js';
import { FollowUp, type FollowUpRecord } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';

type Cancelled = Pick<FollowUpRecord, 'recipient' | 'cadence' | 'step'>;

/**
 * What becomes of the steps after one that was cancelled, as sentences after another one; empty where none is ahead.
 * @param timeZone the recipient's
 */
export async function stepsAfterInWords(
  { recipient, cadence, step }: Cancelled,
  timeZone: string,
): Promise<string> {
  if (!cadence) return '';
  const after = await FollowUp.find(
    { recipient, cadence, step: { $gt: step }, state: { $in: aheadStates } },
    { step: 1, dueAt: 1, state: 1 },
  )
    .sort({ step: 1 })
    .lean<Pick<FollowUpRecord, 'step' | 'dueAt' | 'state'>[]>();
  if (after.length === 0) return '';
  const days = after.map((one) => `step ${one.step} on ${instantInWords(one.dueAt, timeZone)}`);
  const unapproved = after.filter(({ state }) => state === 'planned').map((one) => `step ${one.step}`);
  const keep = after.length === 1 ? 'The step after it keeps its day' : 'The steps after it keep their days';
  const approval =
    unapproved.length > 0 ? ` To be approved, as they will leave now: ${unapproved.join(', ')}.` : '';
  return ` ${keep}, where they are: ${days.join('; ')}.${approval}`;
}
