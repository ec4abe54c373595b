import type { Types } from 'mongoose';
import { removedIds } from '../recipients/removed.js';
import { FollowUp } from './follow-up.model.js';

/** The follow-ups that were captured for recipients that were removed: the outbox does not list them. */
export async function capturedForRemoved(): Promise<Types.ObjectId[]> {
  const removed = await removedIds();
  if (removed.length === 0) return [];
  const rows = await FollowUp.find({ recipient: { $in: removed }, state: 'captured' }, { _id: 1 }).lean();
  return rows.map(({ _id }) => _id);
}
