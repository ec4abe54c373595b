import type { Types } from 'mongoose';
import { saying, writeAnew } from '../cadences/write-anew.js';
import type { Deps } from '../deps.js';
import { FollowUp } from './follow-up.model.js';
import { aheadStates } from './follow-up.rules.js';

/**
 * After somebody changed their name: what they planned and signed with it is written anew. The gate reads no accounts, so that
 * each follow-up is told first.
 * @returns a sentence for them, where any of these is ahead
 */
export async function renameSender(by: Types.ObjectId, name: string, deps: Deps): Promise<string> {
  const theirs = { plannedBy: by, ...saying(['sender']) };
  await FollowUp.updateMany({ ...theirs, state: { $in: aheadStates } }, { $set: { senderNow: name } });
  return writeAnew(theirs, deps);
}
