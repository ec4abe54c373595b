import type { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { NotFound, RuleBroken } from '../errors.js';
import { inBackground } from '../in-background.js';
import { sendNotice, type NoticeEnd, type NoticeOutcome } from '../mail/notices.js';
import { createUser, type NewUser } from './accounts.js';
import {
  countResets,
  createLink,
  dropLink,
  findLink,
  forgetLinks,
  useLink,
  type Purpose,
} from './link.model.js';
import { hashPassword } from './passwords.js';
import { mayAttempt } from './sign-in-attempt.model.js';
import { User, type UserRecord } from './user.model.js';
import { normalizeEmail, roleNames } from './user.rules.js';

/** `link` is shown once to the administrator, `mail` says what came of the mail with it. */
export type Invitation = { link: string; mail: NoticeEnd };

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
  const mail = await sendNotice(deps, {
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
  return { link, mail };
}

/**
 * Says nothing about whether the address has an account, nor does the time it takes: whoever asked waits for neither the
 * look-up nor the mail.
 */
export async function requestPasswordReset(email: string, ip: string, deps: Deps): Promise<void> {
  const address = normalizeEmail(email);
  if (!(await mayAttempt({ email: `reset ${address}`, ip }, deps.now()))) return;
  inBackground('sending a link for a new password', () => sendPasswordReset(address, deps), deps.log);
}

/**
 * So many are sent in half an hour: whoever asks again and again, or for somebody else, fills nobody's mailbox. The owner's own
 * mailbox then holds a link that is not older than that.
 */
const MOST_RESETS = { links: 3, minutes: 30 };

async function sendPasswordReset(address: string, deps: Deps): Promise<void> {
  const user = await User.findOne({ emailNormalized: address }).lean<UserRecord>();
  if (!user?.passwordHash || user.closedAt) return;
  if ((await countResets(user._id, MOST_RESETS.minutes, deps.now())) >= MOST_RESETS.links) return;
  const token = await createLink('password-reset', user._id, deps.now());
  const { state } = await sendNotice(deps, {
    key: `password-reset ${String(user._id)} ${deps.now().toISOString()}`,
    kind: 'account',
    to: { name: user.name, address: user.email },
    subject: 'Choose a new password for Answerable',
    askedFor: true,
    text: [
      `Hello ${user.name},`,
      'Somebody, most likely you, asked for a new password. The link works once, for two hours:',
      `${deps.baseUrl}/password-resets/${token}`,
      'If it was not you, there is nothing to do: your password stays as it is.',
    ].join('\n\n'),
  });
  if (!mayHaveArrived.includes(state)) await dropLink(token);
}

const mayHaveArrived: readonly NoticeOutcome[] = ['sent', 'captured', 'uncertain'];

/** The person a one-time link is for. @throws NotFound when it was used, replaced or is too old */
export async function openLink(purpose: Purpose, token: string, now: Date) {
  const link = await findLink(purpose, token, now);
  const user = link?.user ? await User.findById(link.user).lean<UserRecord>() : null;
  if (!link || (purpose !== 'set-up' && (!user || user.closedAt))) {
    throw new NotFound(
      'This link has been used already, was replaced by a newer one, or is too old. If you chose a password with it, sign in with that; otherwise ask for a new link.',
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
  await forgetLinks(user!._id);
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
