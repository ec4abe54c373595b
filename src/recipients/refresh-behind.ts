import { byId } from '../group-by.js';
import { countEntries } from './count-emails.js';
import { Recipient, type RecipientRecord } from './recipient.model.js';
import { refreshRecipients } from './refresh.js';
import { readStated } from './stated.js';
import { unanswered } from './status.rules.js';

/**
 * These recipients, with copies that know of everything on record. A process that died, or lost the database, once it had logged an
 * answer or confirmed a stance has left them behind until the daily check: whoever answered would be chased as silent.
 */
export async function refreshBehind(recipients: readonly RecipientRecord[]): Promise<RecipientRecord[]> {
  const ids = recipients.map(({ _id }) => _id);
  const [counted, stated] = await Promise.all([countEntries(ids), readStated(ids)]);
  const isBehind = ({ _id, entriesCounted, engagement }: RecipientRecord): boolean =>
    (counted.get(String(_id)) ?? 0) !== (entriesCounted ?? 0) ||
    (Boolean(stated.get(String(_id))?.length) && unanswered.includes(engagement));
  const behind = recipients.filter(isBehind).map(({ _id }) => _id);
  if (behind.length === 0) return [...recipients];
  await refreshRecipients(behind);
  const fresh = byId(await Recipient.find({ _id: { $in: behind } }).lean<RecipientRecord[]>());
  return recipients.map((one) => fresh.get(String(one._id)) ?? one);
}
