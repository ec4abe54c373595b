import type { Types } from 'mongoose';
import { NotAllowed } from '../errors.js';
import { findUser } from './accounts.js';
import { User, type UserRecord } from './user.model.js';
import { mayApprove } from './user.rules.js';

/** Asks the account itself, whatever a page showed. @throws NotAllowed with the names of those who may */
export async function assertMayApprove(id: Types.ObjectId): Promise<void> {
  const sentence = await whyNotApprove(await findUser(id));
  if (sentence) throw new NotAllowed(sentence);
}

/**
 * @returns null for somebody who may approve follow-ups; for others a sentence that names those who may. `author`: where somebody
 *   else than its author approves, who that is
 */
export async function whyNotApprove(
  person: Pick<UserRecord, 'role' | 'mayApprove'>,
  author: Types.ObjectId | null = null,
): Promise<string | null> {
  return mayApprove(person) ? null : `You may not approve follow-ups. ${await whomToAsk(author)}`;
}

/** Why an author does not approve what they planned, where four eyes are asked for: a sentence that names who may. */
export const whyNotOwn = async (author: Types.ObjectId): Promise<string> =>
  `You planned it, and in this campaign somebody else approves. ${await whomToAsk(author)}`;

async function whomToAsk(author: Types.ObjectId | null): Promise<string> {
  const names = await approverNames(author);
  if (names.length > 0) return `Ask somebody who may: ${names.join(', ')}.`;
  return `${author ? 'Nobody else may yet. ' : ''}An administrator says who may, under People.`;
}

/** Those who may, and whose account is in use; all but the author. */
async function approverNames(author: Types.ObjectId | null): Promise<string[]> {
  const found = await User.find(
    {
      ...(author && { _id: { $ne: author } }),
      closedAt: null,
      passwordHash: { $ne: null },
      $or: [{ role: 'admin' }, { role: 'staff', mayApprove: true }],
    },
    { name: 1 },
  )
    .sort({ name: 1 })
    .lean();
  return found.map(({ name }) => name);
}
