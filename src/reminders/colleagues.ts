import { presentStaff } from '../attention/seen.js';
import type { Deps } from '../deps.js';
import { sendNotice, type NoticeOutcome, type NoticeToSend } from '../mail/notices.js';
import { User, type UserRecord } from '../users/user.model.js';
import { unsubscribeHeaders, unsubscribeToken } from './unsubscribe-token.js';

export type Colleague = Pick<
  UserRecord,
  '_id' | 'name' | 'email' | 'role' | 'timeZone' | 'remindersOffSince' | 'reminderHour'
>;

/** Staff with an account that is open and in use. */
export const colleagues = (): Promise<Colleague[]> =>
  User.find(presentStaff, { name: 1, email: 1, role: 1, timeZone: 1, remindersOffSince: 1, reminderHour: 1 })
    .lean<Colleague[]>()
    .exec();

type Written = Pick<NoticeToSend, 'key' | 'kind' | 'subject' | 'text'>;

/** A mail that comes unasked: it says how to turn such mails off, in words and in its headers. */
export async function writeTo(
  { _id, name, email }: Colleague,
  { text, ...written }: Written,
  deps: Deps,
): Promise<NoticeOutcome> {
  const link = `${deps.baseUrl}/unsubscribe/${unsubscribeToken(String(_id), deps.sessionSecret)}`;
  const { state } = await sendNotice(deps, {
    ...written,
    to: { name, address: email },
    text: `${text}\n\nTurn these mails off:\n\n${link}`,
    headers: unsubscribeHeaders(link),
  });
  return state;
}
