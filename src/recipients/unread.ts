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

/** It has been read, or is somebody else's. */
export async function noLongerUnread(
  mail: Types.ObjectId,
  except: readonly Types.ObjectId[] = [],
): Promise<void> {
  await Recipient.updateMany({ unreadMail: mail, _id: { $nin: except } }, { $pull: { unreadMail: mail } });
}
