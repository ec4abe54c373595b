import type { Types } from 'mongoose';
import { saying, writeAnew } from '../cadences/write-anew.js';
import type { Deps } from '../deps.js';
import { User } from '../users/user.model.js';
import { FollowUp, standsIn } from './follow-up.model.js';
import { before } from './follow-up.rules.js';

const signedBy = (plannedBy: Types.ObjectId) => ({ plannedBy, ...saying(['sender']) });

/**
 * Tells what somebody planned, and signed, that they have another name: the gate reads no accounts. Before the account is changed:
 * should the process end in between, it is held rather than sent in the name they had. What is just being sent may be tried again.
 */
export const tellRenamed = (by: Types.ObjectId, name: string): Promise<unknown> =>
  FollowUp.updateMany(
    { ...signedBy(by), state: { $in: before('scheduled') } },
    { $set: { senderNow: name } },
  ).exec();

/**
 * After somebody changed their name: what they planned and signed with it is written anew, and what was planned meanwhile is told.
 * @returns a sentence for them, where any of these is ahead
 */
export async function renameSender(by: Types.ObjectId, name: string, deps: Deps): Promise<string> {
  await tellRenamed(by, name);
  return writeAnew(signedBy(by), deps);
}

/**
 * What was just planned for these recipients may hold the name that somebody had before, and have come to be after they told of the new
 * one: it is told now, and written anew. @returns the name they have
 */
export async function tellRenamedMeanwhile(
  by: Types.ObjectId,
  recipients: readonly Types.ObjectId[],
  deps: Deps,
): Promise<string> {
  // read once it is there: whoever changes their name from now on finds it
  const name = (await User.findById(by, { name: 1 }).lean())?.name ?? '';
  const theirs = { ...signedBy(by), recipient: { $in: recipients } };
  const { matchedCount } = await FollowUp.updateMany(
    { ...theirs, ...standsIn(before('scheduled')), 'writtenFrom.sender': { $exists: true, $ne: name } },
    { $set: { senderNow: name } },
  );
  if (matchedCount > 0) await writeAnew(theirs, deps);
  return name;
}
