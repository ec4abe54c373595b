import type { Types, UpdateQuery } from 'mongoose';
import { Campaign } from '../campaigns/campaign.model.js';
import { isDuplicate } from '../database.js';
import type { Deps } from '../deps.js';
import { NotFound, RuleBroken } from '../errors.js';
import { sendNotice } from '../mail/notices.js';
import { createLink, findLink, Link, useLink, type Purpose } from './link.model.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { mayAttempt } from './sign-in-attempt.model.js';
import { User, type UserRecord } from './user.model.js';
import { normalizeEmail, roleNames, type Role } from './user.rules.js';

type NewUser = { name: string; email: string; role: Role; timeZone: string; campaigns?: string[] };

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
      campaigns: await campaignsOf(user),
      ...(passwordHash ? { passwordHash } : {}),
      createdAt: now,
    });
    return created._id;
  } catch (error) {
    if (isDuplicate(error)) throw new RuleBroken('Somebody with this email address has an account already.');
    throw error;
  }
}

/** Only a partner is tied to campaigns, and only to those that exist. */
async function campaignsOf({
  role,
  campaigns = [],
}: Pick<NewUser, 'role' | 'campaigns'>): Promise<Types.ObjectId[]> {
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
export async function editAccess(
  id: Types.ObjectId,
  access: { role: Role; campaigns: string[] },
): Promise<void> {
  const user = await findUser(id);
  const change = { $set: { role: access.role, campaigns: await campaignsOf(access) } };
  if (user.role !== 'admin' || access.role === 'admin') await User.updateOne({ _id: id }, change);
  else await leavingAnAdmin(id, change, { $set: { role: 'admin', campaigns: [] } });
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

/** `link` is shown once to the administrator; `suppressed`: no mail went, because nobody is to write to the address. */
export type Invitation = { link: string; suppressed: boolean };

/** Makes the account and sends its one-time link. */
export async function invite(user: NewUser, deps: Deps): Promise<Invitation> {
  const id = await createUser(user, null, deps.now());
  return sendInvitation(id, deps);
}

/** A new link for somebody who has not taken up the first one. */
export async function sendInvitation(id: Types.ObjectId, deps: Deps): Promise<Invitation> {
  const user = await User.findById(id).lean<UserRecord>();
  if (!user || user.closedAt) throw new NotFound('There is no such account.');
  if (user.passwordHash) throw new RuleBroken(`${user.name} has taken up the invitation already.`);
  const link = `${deps.baseUrl}/invitations/${await createLink('invitation', id, deps.now())}`;
  const outcome = await sendNotice(deps, {
    key: `invitation ${String(id)} ${deps.now().toISOString()}`,
    kind: 'account',
    to: { name: user.name, address: user.email },
    subject: 'Your invitation to Answerable',
    text: [
      `Hello ${user.name},`,
      `You are invited to Answerable as: ${roleNames[user.role]}.`,
      `Choose your password here. The link works once, for seven days:`,
      link,
    ].join('\n\n'),
  });
  return { link, suppressed: outcome === 'suppressed' };
}

/** Says nothing about whether the address has an account; the mail does. */
export async function requestPasswordReset(email: string, ip: string, deps: Deps): Promise<void> {
  const address = normalizeEmail(email);
  if (!(await mayAttempt({ email: `reset ${address}`, ip }, deps.now()))) return;
  const user = await User.findOne({ emailNormalized: address }).lean<UserRecord>();
  if (!user?.passwordHash || user.closedAt) return;
  const link = `${deps.baseUrl}/password-resets/${await createLink('password-reset', user._id, deps.now())}`;
  await sendNotice(deps, {
    key: `password-reset ${String(user._id)} ${deps.now().toISOString()}`,
    kind: 'account',
    to: { name: user.name, address: user.email },
    subject: 'Choose a new password for Answerable',
    askedFor: true,
    text: [
      `Hello ${user.name},`,
      'Somebody, most likely you, asked for a new password. The link works once, for two hours:',
      link,
      'If it was not you, there is nothing to do: your password stays as it is.',
    ].join('\n\n'),
  });
}

/** The person a one-time link is for. @throws NotFound when it was used, replaced or is too old */
export async function openLink(purpose: Purpose, token: string, now: Date) {
  const link = await findLink(purpose, token, now);
  const user = link?.user ? await User.findById(link.user).lean<UserRecord>() : null;
  if (!link || (purpose !== 'set-up' && (!user || user.closedAt))) {
    throw new NotFound(
      'This link has been used already, was replaced by a newer one, or is too old. Ask for a new one.',
    );
  }
  return { link, user };
}

/** Uses the link up and sets the password; sessions opened with an older password end. */
export async function choosePassword(
  purpose: Purpose,
  token: string,
  password: string,
  now: Date,
): Promise<void> {
  const { link, user } = await openLink(purpose, token, now);
  const passwordHash = await hashPassword(password);
  if (!(await useLink(link._id))) throw new NotFound('This link has been used already. Ask for a new one.');
  await User.updateOne({ _id: user!._id }, { $set: { passwordHash }, $inc: { sessionVersion: 1 } });
}

/** Creates the first administrator from the link that the start printed. */
export async function setUp(
  token: string,
  admin: Omit<NewUser, 'role'> & { password: string },
  now: Date,
): Promise<void> {
  const { link } = await openLink('set-up', token, now);
  const { password, ...user } = admin;
  const passwordHash = await hashPassword(password);
  if (!(await useLink(link._id)) || (await User.exists({}))) {
    throw new NotFound('The first administrator has been set up already. Sign in instead.');
  }
  await createUser({ ...user, role: 'admin' }, passwordHash, now);
}

/** @throws RuleBroken when the present password is not right */
export async function changePassword(id: Types.ObjectId, current: string, password: string): Promise<number> {
  const user = await User.findById(id).lean<UserRecord>();
  if (!user || !(await passwordMatches(user.passwordHash, current)))
    throw new RuleBroken('That is not your present password.');
  const sessionVersion = user.sessionVersion + 1;
  await User.updateOne({ _id: id }, { $set: { passwordHash: await hashPassword(password), sessionVersion } });
  await Link.deleteMany({ user: id, purpose: 'password-reset' });
  return sessionVersion;
}

/** Closes an account: its sessions end, what the person did stays. @throws RuleBroken for the last administrator */
export async function closeAccount(id: Types.ObjectId, now: Date): Promise<void> {
  const user = await findUser(id);
  const change = { $set: { closedAt: now }, $inc: { sessionVersion: 1 } };
  if (user.role !== 'admin') await User.updateOne({ _id: id }, change);
  else await leavingAnAdmin(id, change, { $unset: { closedAt: 1 } });
}
