import type { QueryFilter } from 'mongoose';
import { replan } from '../cadences/replan.js';
import type { Deps } from '../deps.js';
import { FollowUp } from '../follow-ups/follow-up.model.js';
import { aheadStates } from '../follow-ups/follow-up.rules.js';
import { Recipient, type RecipientRecord } from '../recipients/recipient.model.js';

/**
 * After words of the records were put right: cadences are written anew, and what no longer reads as it was approved wants
 * approval again. One planned by hand may say the old words in its own: the gate asks that somebody saves it again.
 * @returns a sentence for whoever changed them, where anything is planned
 */
export async function planAnew(
  of: QueryFilter<Pick<RecipientRecord, 'office' | 'organisation'>>,
  deps: Deps,
): Promise<string> {
  const found = await Recipient.find(of as QueryFilter<RecipientRecord>, { _id: 1 }).lean();
  for (const { _id } of found) await replan(_id, deps);
  const recipients = found.map(({ _id }) => _id);
  const isAnyAhead = await FollowUp.exists({ recipient: { $in: recipients }, state: { $in: aheadStates } });
  return isAnyAhead
    ? ' Cadences are written anew with it, and want approval again where the campaign asks for it; what was planned by hand has to be saved again.'
    : '';
}
