import type { RecipientRecord } from '../recipients/recipient.model.js';
import { findEvenRemoved } from '../recipients/recipients.js';
import { removedInWords } from '../recipients/removal.rules.js';
import { hasAnswered } from '../recipients/status.rules.js';

const SPOKE_MEANWHILE =
  'They were in touch while it was being saved. Read that first, and plan it anew where it is still right.';

/** Why what was written for a recipient, as it stood then, is not to go to them now; null where it is. */
export async function whyNotAnyMore({
  _id,
  contactsIn,
  engagement,
}: RecipientRecord): Promise<string | null> {
  const now = await findEvenRemoved(_id);
  if (now.removed) return removedInWords(now.removed.why);
  const spoke = now.contactsIn !== contactsIn || (hasAnswered(now.engagement) && !hasAnswered(engagement));
  return spoke ? SPOKE_MEANWHILE : null;
}
