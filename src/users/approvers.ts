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

/** @returns null for somebody who may approve follow-ups; for others a sentence that names those who may */
export async function whyNotApprove(person: Pick<UserRecord, 'role' | 'mayApprove'>): Promise<string | null> {
  if (mayApprove(person)) return null;
  const names = await approverNames();
  return names.length > 0
    ? `You may not approve follow-ups. Ask somebody who may: ${names.join(', ')}.`
    : 'You may not approve follow-ups. An administrator says who may.';
}

/** Those who may, and whose account is in use. */
async function approverNames(): Promise<string[]> {
  const found = await User.find(
    {
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
