import type { Types } from 'mongoose';
import { Recipient } from './recipient.model.js';

type Unread = { mail: Types.ObjectId; recipients: readonly Types.ObjectId[] };

/** Nothing is sent to these recipients until the message, which may be their answer, has been read. */
export async function untilRead(unread: readonly Unread[]): Promise<void> {
  const changes = unread
    .filter(({ recipients }) => recipients.length > 0)
    .map(({ mail, recipients }) => ({
      updateMany: { filter: { _id: { $in: recipients } }, update: { $addToSet: { unreadMail: mail } } },
    }));
  if (changes.length > 0) await Recipient.bulkWrite(changes, { ordered: false });
}

/** Whoever waits for this message to be read, but these. */
export async function waitingFor(
  mail: Types.ObjectId,
  except: readonly Types.ObjectId[] = [],
): Promise<Types.ObjectId[]> {
  const found = await Recipient.find(waiting(mail, except), { _id: 1 }).lean();
  return found.map(({ _id }) => _id);
}

/** It has been read, or is somebody else's. */
export async function noLongerUnread(
  mail: Types.ObjectId,
  except: readonly Types.ObjectId[] = [],
): Promise<void> {
  await Recipient.updateMany(waiting(mail, except), { $pull: { unreadMail: mail } });
}

const waiting = (mail: Types.ObjectId, except: readonly Types.ObjectId[]) => ({
  unreadMail: mail,
  _id: { $nin: except },
});
