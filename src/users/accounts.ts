import type { Types, UpdateQuery } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { isDuplicate } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { forgetLinks } from './link.model.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { User, type UserRecord } from './user.model.js';
import { normalizeEmail, type Role } from './user.rules.js';

/** What somebody may do. */
export type Access = { role: Role; campaigns?: string[]; mayApprove?: boolean };
export type NewUser = Access & { name: string; email: string; timeZone: string };

/** @throws RuleBroken when somebody has this address already */
export async function createUser(
  user: NewUser,
  passwordHash: string | null,
  now: Date,
): Promise<Types.ObjectId> {
  try {
    const created = await User.create({
      ...user,
      emailNormalized: normalizeEmail(user.email),
      ...(await accessOf(user)),
      ...(passwordHash ? { passwordHash } : {}),
      createdAt: now,
    });
    return created._id;
  } catch (error) {
    if (isDuplicate(error)) throw new RuleBroken(await whyTaken(user.email));
    throw error;
  }
}

async function whyTaken(email: string): Promise<string> {
  const closed = await User.exists({ emailNormalized: normalizeEmail(email), closedAt: { $ne: null } });
  return closed
    ? 'Somebody with this email address has an account that was closed. Reopen it under People instead.'
    : 'Somebody with this email address has an account already.';
}

/** Only staff are given the right to approve: administrators have it, partners cannot. */
const accessOf = async ({ role, campaigns, mayApprove }: Access) => ({
  role,
  campaigns: await campaignsOf(role, campaigns),
  mayApprove: role === 'staff' && mayApprove === true,
});

/** Only a partner is tied to campaigns, and only to those that exist. */
async function campaignsOf(role: Role, campaigns: readonly string[] = []): Promise<Types.ObjectId[]> {
  if (role !== 'partner') return [];
  const known = await Campaign.find({}, { _id: 1 }).lean();
  return known.map(({ _id }) => _id).filter((id) => campaigns.includes(String(id)));
}

/** @throws NotFound */
export async function findUser(id: Types.ObjectId): Promise<UserRecord> {
  const user = await User.findById(id).lean<UserRecord>();
  if (!user) throw new NotFound('There is no such account.');
  return user;
}

/** What somebody may do from their next request on. @throws RuleBroken when no administrator would be left */
export async function editAccess(id: Types.ObjectId, access: Access): Promise<void> {
  const user = await findUser(id);
  const change = { $set: await accessOf(access) };
  if (user.role !== 'admin' || access.role === 'admin') await User.updateOne({ _id: id }, change);
  else await leavingAnAdmin(id, change, { $set: await accessOf({ role: 'admin' }) });
}

/** Asks before the change and again after it: two administrators may be taking each other's place away at once. */
async function leavingAnAdmin(
  id: Types.ObjectId,
  change: UpdateQuery<UserRecord>,
  undo: UpdateQuery<UserRecord>,
): Promise<void> {
  await assertAnAdminBeside(id);
  await User.updateOne({ _id: id }, change);
  try {
    await assertAnAdminBeside(id);
  } catch (error) {
    await User.updateOne({ _id: id }, undo);
    throw error;
  }
}

async function assertAnAdminBeside(id: Types.ObjectId): Promise<void> {
  const others = await User.countDocuments({
    _id: { $ne: id },
    role: 'admin',
    closedAt: null,
    passwordHash: { $ne: null },
  });
  if (others > 0) return;
  throw new RuleBroken(
    'This is the last administrator. Invite another one first, otherwise nobody could manage accounts.',
  );
}

/** @throws RuleBroken when the present password is not right, or is not the present one any more */
export async function changePassword(id: Types.ObjectId, current: string, password: string): Promise<number> {
  const user = await User.findById(id).lean<UserRecord>();
  if (!user || !(await passwordMatches(user.passwordHash, current)))
    throw new RuleBroken('That is not your present password.');
  const sessionVersion = user.sessionVersion + 1;
  // checking takes a moment: whoever knows the old password is not to undo a new one that was chosen in it
  const { matchedCount } = await User.updateOne(
    { _id: id, sessionVersion: user.sessionVersion },
    { $set: { passwordHash: await hashPassword(password), sessionVersion } },
  );
  if (matchedCount === 0) throw new RuleBroken('Your password was changed a moment ago. Sign in with it.');
  await forgetLinks(id);
  return sessionVersion;
}

/** Closes an account: its sessions end, what the person did stays. @throws RuleBroken for the last administrator */
export async function closeAccount(id: Types.ObjectId, now: Date): Promise<void> {
  const user = await findUser(id);
  const change = { $set: { closedAt: now }, $inc: { sessionVersion: 1 } };
  if (user.role !== 'admin') await User.updateOne({ _id: id }, change);
  else await leavingAnAdmin(id, change, { $unset: { closedAt: 1 } });
  await forgetLinks(id);
}

/**
 * Opens a closed account again, without a password: whoever it is wants a new invitation. No session, link or password of before
 * works. @throws RuleBroken when it is not closed
 */
export async function reopenAccount(id: Types.ObjectId): Promise<void> {
  const { name } = await findUser(id);
  await forgetLinks(id);
  const { matchedCount } = await User.updateOne(
    { _id: id, closedAt: { $ne: null } },
    { $unset: { closedAt: 1, passwordHash: 1 }, $inc: { sessionVersion: 1 } },
  );
  if (matchedCount === 0) throw new RuleBroken(`The account of ${name} is not closed.`);
}
