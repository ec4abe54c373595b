import type { RecipientRecord } from '../recipients/recipient.model.js';
import { FollowUp, type FollowUpRecord } from './follow-up.model.js';
import type { FollowUpState } from './follow-up.rules.js';

/** States that leave their step open to be planned once more, unless it turned out to have gone. */
const reopens: readonly FollowUpState[] = ['cancelled', 'captured'];

/** The next step of a recipient's chain, or the same step as a new revision where the last one did not go. */
export async function nextSlot(
  recipient: Pick<RecipientRecord, '_id' | 'delivery'>,
): Promise<{ step: number; revision: number }> {
  const last = await FollowUp.findOne(
    { recipient: recipient._id, cadence: null },
    { step: 1, revision: 1, state: 1 },
  )
    .sort({ step: -1, revision: -1 })
    .lean<FollowUpRecord>();
  if (!last) return { step: recipient.delivery === 'not sent' ? 0 : 1, revision: 1 };
  const { step, revision, state } = last;
  const stays =
    reopens.includes(state) &&
    !(await FollowUp.exists({ recipient: recipient._id, cadence: null, step, state: 'sent' }));
  return stays ? { step, revision: revision + 1 } : { step: step + 1, revision: 1 };
}
