import type { Types } from 'mongoose';
import { Recipient } from './recipient.model.js';
import { refreshRecipients } from './refresh.js';

const BATCH = 200;

/** After the calendar of these offices changed: what is counted in their working days is counted anew. */
export async function refreshAtOffices(
  offices: readonly Types.ObjectId[],
  progress: (done: number, of: number) => unknown = () => {},
): Promise<void> {
  if (offices.length === 0) return;
  const found = await Recipient.find({ office: { $in: [...offices] } }, { _id: 1 }).lean();
  const ids = found.map(({ _id }) => _id);
  for (let i = 0; i < ids.length; i += BATCH) {
    await progress(i, ids.length);
    await refreshRecipients(ids.slice(i, i + BATCH));
  }
}
